package dev.flin.runtime.entity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * An entity as it is declared: what the compiler reads off the syntax tree. Code is named by its index in
 * {@link EntityCode}.
 *
 * @param name the name
 * @param was earlier names
 * @param fields the fields in order, computed ones among them
 * @param indexes indexes and uniques over several fields
 * @param hooks the hooks in order
 * @param retention what is forgotten; null to keep everything
 * @param code the code
 */
public record EntityDefinition(String name, List<String> was, List<FieldDefinition> fields, List<Index> indexes,
		List<Hook> hooks, @Nullable Retention retention, EntityCode code) {

	/** Copies the lists. */
	public EntityDefinition {
		was = List.copyOf(was);
		fields = List.copyOf(fields);
		indexes = List.copyOf(indexes);
		hooks = List.copyOf(hooks);
	}

	/**
	 * An index over fields.
	 *
	 * @param fields their names
	 * @param unique whether the values may occur only once together
	 */
	public record Index(List<String> fields, boolean unique) {
	}

	/**
	 * A hook.
	 *
	 * @param before whether it runs before the operation
	 * @param operation save, create, update, delete, restore or destroy
	 * @param code the function of the instance
	 */
	public record Hook(boolean before, String operation, int code) {
	}

	/**
	 * {@code @retention} and {@code @compact} of an entity.
	 *
	 * @param age prune versions whose end is older
	 * @param versions keep so many; 0 for no such rule
	 * @param compactAfter keep one version of each period among older ones
	 * @param compactTo hourly, daily, weekly or monthly
	 */
	public record Retention(@Nullable Duration age, int versions, @Nullable Duration compactAfter,
			@Nullable String compactTo) {
	}

	/** The same declaration with its code, once that is loaded. */
	public EntityDefinition withCode(EntityCode loaded) {
		return new EntityDefinition(this.name, this.was, this.fields, this.indexes, this.hooks, this.retention, loaded);
	}

	public static Builder named(String name) {
		return new Builder(name);
	}

	/** Collects a declaration. */
	public static final class Builder {

		private final String name;

		private final List<String> was = new ArrayList<>();

		private final List<FieldDefinition> fields = new ArrayList<>();

		private final List<Index> indexes = new ArrayList<>();

		private final List<Hook> hooks = new ArrayList<>();

		private @Nullable Duration age;

		private int versions;

		private @Nullable Duration compactAfter;

		private @Nullable String compactTo;

		private EntityCode code = EntityCode.NONE;

		private Builder(String name) {
			this.name = name;
		}

		public Builder was(String earlier) {
			this.was.add(earlier);
			return this;
		}

		public Builder field(String field, String type) {
			return field(field, type, more -> {
			});
		}

		public Builder field(String field, String type, Consumer<FieldDefinition.Builder> more) {
			FieldDefinition.Builder builder = new FieldDefinition.Builder(field, type);
			more.accept(builder);
			this.fields.add(builder.build());
			return this;
		}

		public Builder index(boolean unique, String... over) {
			this.indexes.add(new Index(List.of(over), unique));
			return this;
		}

		public Builder hook(boolean before, String operation, int function) {
			this.hooks.add(new Hook(before, operation, function));
			return this;
		}

		public Builder retention(Duration keep) {
			this.age = keep;
			return this;
		}

		public Builder retention(int count) {
			this.versions = count;
			return this;
		}

		public Builder compact(Duration after, String period) {
			this.compactAfter = after;
			this.compactTo = period;
			return this;
		}

		public Builder code(EntityCode functions) {
			this.code = functions;
			return this;
		}

		public EntityDefinition build() {
			boolean forgets = this.age != null || this.versions > 0 || this.compactAfter != null;
			Retention retention = forgets
					? new Retention(this.age, this.versions, this.compactAfter, this.compactTo) : null;
			return new EntityDefinition(this.name, this.was, this.fields, this.indexes, this.hooks, retention,
					this.code);
		}

	}

}
