package dev.flin;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.ApiKeyFunctions;
import dev.flin.value.EntityInstance;

/**
 * The keys of {@code guard api_key}, for Java. They are records of the entity {@code ApiKey}, which is there in
 * applications whose files have that guard, call {@code create_api_key} or name the entity.
 */
public final class FlinApiKeys {

	private final EngineContexts contexts;

	private final FlinStore store;

	FlinApiKeys(EngineContexts contexts) {
		this.contexts = contexts;
		this.store = new FlinStore(contexts);
	}

	/**
	 * Makes a key.
	 * @param name what it is for
	 * @param owner whose it is, for the program to know
	 * @param lifetime how long it is good; null for as long as it is not revoked
	 * @return the key, which cannot be read again
	 */
	public String create(String name, @Nullable String owner, @Nullable Duration lifetime) {
		return inRun((context) -> ApiKeyFunctions.createApiKey(context, name, owner, lifetime));
	}

	/** The records of all keys that were not revoked: {@code id}, {@code name}, {@code owner}, {@code expires_at}. */
	public List<EntityInstance> list() {
		return this.store.all(ApiKeyFunctions.ENTITY);
	}

	/**
	 * Refuses a key from now on.
	 * @return whether there was one of this id
	 */
	public boolean revoke(long id) {
		EntityInstance known = this.store.find(ApiKeyFunctions.ENTITY, id);
		if (known != null) {
			this.store.delete(known);
		}
		return known != null;
	}

	/** The record of a key that is good now; null for any other. */
	public @Nullable EntityInstance find(String key) {
		return inRun((context) -> ApiKeyFunctions.find(context, key));
	}

	private <T extends @Nullable Object> T inRun(Function<FlinContext, T> work) {
		FlinContext context = this.contexts.open(null);
		try {
			return work.apply(context);
		}
		finally {
			this.contexts.close(context);
		}
	}

}
