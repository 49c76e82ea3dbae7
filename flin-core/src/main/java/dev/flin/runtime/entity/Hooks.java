package dev.flin.runtime.entity;

/**
 * Runs the hooks of an entity.
 */
final class Hooks {

	private Hooks() {
	}

	static void run(RecordInstance instance, boolean before, String operation) {
		EntityType type = instance.type();
		for (EntityDefinition.Hook hook : type.definition().hooks()) {
			if (hook.before() == before && hook.operation().equals(operation)) {
				instance.session().call(type, hook.code(), instance);
			}
		}
	}

	static boolean any(EntityType type, String operation) {
		return type.definition().hooks().stream().anyMatch(hook -> hook.operation().equals(operation));
	}

}
