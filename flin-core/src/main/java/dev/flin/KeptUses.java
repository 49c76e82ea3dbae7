package dev.flin;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.OneTimeUses;
import dev.flin.runtime.entity.Entities;
import dev.flin.runtime.entity.EntityQuery;
import dev.flin.runtime.entity.EntitySession;
import dev.flin.store.crypt.AesGcm;
import dev.flin.value.EntityInstance;

/**
 * Remembers as records of the built-in entity {@code OneTimeUse}, so that neither a restart nor a backup forgets. Each
 * decision is a transaction of its own, forced before it counts. Programs that speak of no codes and tokens do not have
 * the entity; what is theirs, such as a sign-in that is under way, is remembered in memory.
 */
final class KeptUses implements OneTimeUses {

	static final String ENTITY = "OneTimeUse";

	private static final int TURNS = 64;

	private static final String VALUE = "value";

	private static final String UNTIL = "expires_at";

	private final EngineContexts contexts;

	private final Records records;

	private final byte[] key;

	private final OneTimeUses memory = new UsesInMemory();

	/** One process has a store, so a lock is enough to decide about a key alone. */
	private final ReentrantLock[] turns = Stream.generate(ReentrantLock::new)
		.limit(TURNS)
		.toArray(ReentrantLock[]::new);

	KeptUses(EngineContexts contexts, Records records, byte[] secret) {
		this.contexts = contexts;
		this.records = records;
		this.key = AesGcm.derive(secret, "flin one-time uses");
	}

	@Override
	public @Nullable Object find(String key, Instant now) {
		if (!this.records.has(ENTITY)) {
			return this.memory.find(key, now);
		}
		FlinContext context = open();
		try {
			Known known = known(query(context, name(key)), now);
			return (known != null) ? known.value() : null;
		}
		finally {
			EntitySession.of(context).close();
		}
	}

	@Override
	public boolean change(String key, Instant now, Decision decision) {
		if (!this.records.has(ENTITY)) {
			return this.memory.change(key, now, decision);
		}
		String name = name(key);
		ReentrantLock turn = this.turns[Math.floorMod(name.hashCode(), TURNS)];
		AtomicBoolean accepted = new AtomicBoolean();
		turn.lock();
		try {
			FlinContext context = open();
			try {
				Entities.inTransaction(context, (session) -> accepted.set(decide(context, name, now, decision)));
			}
			finally {
				EntitySession.of(context).close();
			}
		}
		finally {
			turn.unlock();
		}
		return accepted.get();
	}

	private static boolean decide(FlinContext context, String name, Instant now, Decision decision) {
		EntityQuery query = query(context, name);
		Known known = known(query, now);
		Outcome outcome = decision.decide(known);
		Known left = outcome.left();
		if (left == null || !left.equals(known)) {
			query.destroy();
			if (left != null) {
				Entities.save(context, Entities.create(context, ENTITY, "key", name, VALUE, left.value(), UNTIL,
						left.until()));
			}
		}
		return outcome.accepted();
	}

	private static @Nullable Known known(EntityQuery query, Instant now) {
		if (!(Entities.operation(query, "first", null) instanceof EntityInstance kept)) {
			return null;
		}
		Object value = kept.get(kept.shape().slotOf(VALUE));
		Object end = kept.get(kept.shape().slotOf(UNTIL));
		return (value != null && end instanceof Instant until && now.isBefore(until)) ? new Known(value, until) : null;
	}

	private static EntityQuery query(FlinContext context, String name) {
		EntityQuery all = Entities.query(context, ENTITY);
		return Entities.where(all, Entities.compare(all, "key", "==", name));
	}

	/** A context that has nothing but the records, with a transaction apart from those of whoever asks. */
	private FlinContext open() {
		FlinContext context = this.contexts.bare();
		this.records.open(context, () -> null);
		return context;
	}

	/** What a key is stored under. It may name a telephone, and what was used may not be told by a backup. */
	private String name(String key) {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(AesGcm.hmac(this.key, key.getBytes(StandardCharsets.UTF_8)));
	}

}
