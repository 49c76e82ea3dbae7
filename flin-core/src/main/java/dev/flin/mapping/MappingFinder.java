package dev.flin.mapping;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.entity.EntityCatalog;
import dev.flin.runtime.entity.EntityType;
import dev.flin.runtime.entity.FieldOutline;
import dev.flin.value.EntityInstance;

/**
 * Finds how a Java type and an entity fit together, or all that keeps them from it.
 *
 * @param <T> the type
 */
public final class MappingFinder<T> {

	/** What a record has beside its fields. */
	private static final Map<String, Function<EntityInstance, @Nullable Object>> META = Map.ofEntries(
			Map.entry("id", EntityInstance::id), Map.entry("version", EntityInstance::version),
			Map.entry("created_at", EntityInstance::createdAt), Map.entry("updated_at", EntityInstance::updatedAt),
			Map.entry("deleted_at", EntityInstance::deletedAt), Map.entry("valid_from", EntityInstance::validFrom),
			Map.entry("valid_to", EntityInstance::validTo));

	private static final Set<String> NUMBERS = Set.of("id", "version");

	private final Class<T> type;

	private final EntityType entity;

	private final EntityCatalog catalog;

	/** The types that this one is a part of. */
	private final List<Class<?>> around;

	private final Map<String, FieldOutline> fields = new LinkedHashMap<>();

	private final List<String> problems = new ArrayList<>();

	private final List<JavaProperty> properties = new ArrayList<>();

	public MappingFinder(Class<T> type, EntityType entity, EntityCatalog catalog) {
		this(type, entity, catalog, List.of());
	}

	private MappingFinder(Class<T> type, EntityType entity, EntityCatalog catalog, List<Class<?>> around) {
		this.type = type;
		this.entity = entity;
		this.catalog = catalog;
		this.around = around;
		entity.outline().forEach((field) -> this.fields.put(field.name(), field));
	}

	public TypedMapping<T> find() {
		if (!this.type.isRecord() && !this.type.isInterface()) {
			throw new IllegalArgumentException(this.type.getName() + " is neither a record nor an interface");
		}
		try {
			MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(this.type, MethodHandles.lookup());
			MethodHandle constructor = this.type.isRecord() ? ofRecord(lookup) : ofInterface(lookup);
			if (!this.problems.isEmpty()) {
				throw new IllegalArgumentException(this.type.getName() + " does not fit the entity "
						+ this.entity.name() + ":\n- " + String.join("\n- ", this.problems));
			}
			return new TypedMapping<>(this.type, List.copyOf(this.properties), constructor);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalArgumentException(this.type.getName() + " cannot be used: its package is not open", ex);
		}
	}

	private MethodHandle ofRecord(MethodHandles.Lookup lookup) throws ReflectiveOperationException {
		RecordComponent[] components = this.type.getRecordComponents();
		for (RecordComponent component : components) {
			add(component.getName(), List.of(component.getName()), component.getGenericType(), component.getType(),
					lookup.unreflect(component.getAccessor()));
		}
		Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
		return lookup.findConstructor(this.type, MethodType.methodType(void.class, types))
			.asSpreader(Object[].class, types.length)
			.asType(MethodType.methodType(Object.class, Object[].class));
	}

	private @Nullable MethodHandle ofInterface(MethodHandles.Lookup lookup) throws ReflectiveOperationException {
		Method[] methods = this.type.getMethods();
		Arrays.sort(methods, (one, other) -> one.getName().compareTo(other.getName()));
		for (Method method : methods) {
			if (!Modifier.isAbstract(method.getModifiers()) || isOfObject(method)) {
				continue;
			}
			if (method.getParameterCount() > 0 || method.getReturnType() == void.class) {
				this.problems.add(method.getName() + ": is no getter; give it a body or leave it out");
			}
			else {
				add(method.getName(), candidates(method), method.getGenericReturnType(), method.getReturnType(),
						lookup.unreflect(method));
			}
		}
		return null;
	}

	private static boolean isOfObject(Method method) {
		return Arrays.stream(Object.class.getMethods())
			.anyMatch((known) -> known.getName().equals(method.getName())
					&& Arrays.equals(known.getParameterTypes(), method.getParameterTypes()));
	}

	private static List<String> candidates(Method getter) {
		String name = getter.getName();
		List<String> candidates = new ArrayList<>(List.of(name));
		for (String prefix : List.of("get", "is")) {
			if (name.length() > prefix.length() && name.startsWith(prefix)
					&& Character.isUpperCase(name.charAt(prefix.length()))) {
				candidates.add(name.substring(prefix.length(), prefix.length() + 1).toLowerCase(Locale.ROOT)
						+ name.substring(prefix.length() + 1));
			}
		}
		return candidates;
	}

	private void add(String name, List<String> candidates, Type generic, Class<?> javaType, MethodHandle getter) {
		Class<?> boxed = MethodType.methodType(javaType).wrap().returnType();
		MethodHandle reader = getter.asType(MethodType.methodType(Object.class, Object.class));
		for (String candidate : candidates) {
			for (String field : List.of(candidate, snake(candidate))) {
				FieldOutline outline = this.fields.get(field);
				Function<EntityInstance, @Nullable Object> meta = META.get(field);
				if (outline != null || meta != null) {
					TypedMapping<?> nested = (outline != null) ? nested(name, outline, generic) : null;
					String problem = (nested != null) ? null
							: (outline != null) ? misfit(outline, boxed, javaType.isPrimitive())
									: metaMisfit(field, boxed);
					if (problem != null) {
						this.problems.add(name + ": " + problem);
					}
					this.properties.add(new JavaProperty(name, field, outline, boxed, javaType.isPrimitive(),
							(outline != null) ? null : meta, reader, nested));
					return;
				}
			}
		}
		this.problems.add(name + ": " + this.entity.name() + " has no such field; it has "
				+ String.join(", ", new TreeSet<>(this.fields.keySet())));
	}

	/**
	 * The mapping of what a reference, or a list of them, leads to; null for other fields, and for records as they are.
	 */
	private @Nullable TypedMapping<?> nested(String name, FieldOutline field, Type generic) {
		EntityType target = this.catalog.find(field.target());
		Type wanted = (field.javaType() == List.class && generic instanceof ParameterizedType list
				&& list.getRawType() == List.class) ? list.getActualTypeArguments()[0] : generic;
		boolean whole = wanted == generic && field.javaType() == List.class;
		if (target == null || whole || !(wanted instanceof Class<?> part)
				|| part.isAssignableFrom(EntityInstance.class) || !part.isRecord() && !part.isInterface()) {
			return null;
		}
		if (part == this.type || this.around.contains(part)) {
			this.problems.add(name + ": " + part.getSimpleName() + " would contain itself");
			return null;
		}
		List<Class<?>> inside = new ArrayList<>(this.around);
		inside.add(this.type);
		try {
			return new MappingFinder<>(part, target, this.catalog, inside).find();
		}
		catch (IllegalArgumentException ex) {
			this.problems.add(name + ": " + ex.getMessage());
			return null;
		}
	}

	private static String snake(String name) {
		StringBuilder snake = new StringBuilder();
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (Character.isUpperCase(c) && i > 0) {
				snake.append('_');
			}
			snake.append(Character.toLowerCase(c));
		}
		return snake.toString();
	}

	private static @Nullable String misfit(FieldOutline field, Class<?> boxed, boolean primitive) {
		String what = "the field '" + field.name() + "' is " + field.type();
		if (boxed.isEnum() && !field.choices().isEmpty()) {
			List<String> constants = Arrays.stream(boxed.getEnumConstants())
				.map((constant) -> ((Enum<?>) constant).name())
				.toList();
			List<String> missing = field.choices().stream().filter((choice) -> !constants.contains(choice)).toList();
			return missing.isEmpty() ? null
					: what + ", and " + boxed.getSimpleName() + " lacks " + String.join(", ", missing);
		}
		boolean narrowed = boxed == Integer.class && field.javaType() == Long.class;
		boolean id = boxed == Long.class && field.javaType() == EntityInstance.class;
		boolean any = field.javaType() == Object.class;
		if (!narrowed && !id && !any && !boxed.isAssignableFrom(field.javaType())) {
			return what + ", which is " + field.javaType().getSimpleName() + " in Java, not " + boxed.getSimpleName();
		}
		return (primitive && field.optional() && !field.computed())
				? what + ", which may be none; declare it as " + boxed.getSimpleName() : null;
	}

	private static @Nullable String metaMisfit(String name, Class<?> boxed) {
		boolean number = NUMBERS.contains(name);
		Class<?> expected = number ? Long.class : Instant.class;
		return boxed.isAssignableFrom(expected) ? null
				: "'" + name + "' of a record is " + expected.getSimpleName() + " in Java, not "
						+ boxed.getSimpleName();
	}

}
