package dev.flin;

import java.time.Instant;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.http.route.Idempotency;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.Entities;
import dev.flin.runtime.entity.EntityQuery;
import dev.flin.runtime.entity.EntitySession;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinMap;

/** Answers that are given again, as records of the built-in entity {@code IdempotencyLog}. */
final class RememberedAnswers implements Idempotency.Log {

	static final String ENTITY = "IdempotencyLog";

	@Override
	public @Nullable FlinMap find(FlinContext context, String key, Instant now) {
		EntitySession.of(context).refresh();
		Object found = Entities.operation(query(context, key), "first", null);
		if (!(found instanceof EntityInstance kept) || !(kept.get(kept.shape().slotOf("expires_at")) instanceof
				Instant until) || !until.isAfter(now)) {
			return null;
		}
		return (kept.get(kept.shape().slotOf("response_data")) instanceof FlinMap data) ? data : null;
	}

	@Override
	public void keep(FlinContext context, String key, Instant until, Supplier<@Nullable FlinMap> work) {
		Entities.inTransaction(context, (session) -> {
			FlinMap data = work.get();
			if (data != null) {
				query(context, key).destroy();
				Entities.save(context,
						Entities.create(context, ENTITY, "key", key, "response_data", data, "expires_at", until));
			}
		});
	}

	private static EntityQuery query(FlinContext context, String key) {
		EntityQuery all = Entities.query(context, ENTITY);
		return Entities.where(all, Entities.compare(all, "key", "==", key));
	}

}
