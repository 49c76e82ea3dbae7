package dev.flin.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinBugException;

/**
 * All built-ins of an engine, as data: what the checker, code generation, documentation and completion work with.
 */
public final class BuiltinCatalog {

	private static final String OBJECT = "Ljava/lang/Object;";

	private static final String CONTEXT = "Ldev/flin/runtime/FlinContext;";

	private final List<BuiltinEntry> entries;

	private final Map<String, List<BuiltinEntry>> byName;

	private final List<String> names;

	/** The names of the ports that the host has; null while it is not known. */
	private final @Nullable Set<String> services;

	/** By signature. */
	private final Map<String, HostFunction> hostFunctions;

	private BuiltinCatalog(List<BuiltinEntry> entries, @Nullable Set<String> services,
			Map<String, HostFunction> hostFunctions) {
		this.services = services;
		this.hostFunctions = Map.copyOf(hostFunctions);
		this.entries = Collections.unmodifiableList(entries);
		this.byName = new HashMap<>(entries.size() * 4);
		for (BuiltinEntry entry : entries) {
			name(entry.name(), entry);
			for (String alias : entry.aliases()) {
				name(alias, entry);
			}
		}
		List<String> sorted = new ArrayList<>(this.byName.keySet());
		Collections.sort(sorted);
		this.names = Collections.unmodifiableList(sorted);
	}

	/** Reads the annotations of library classes. */
	public static BuiltinCatalog of(List<Class<?>> libraries) {
		return new BuiltinCatalog(BuiltinReader.read(libraries), null, Map.of());
	}

	/** Reads what {@link #toIndex} wrote, which is much faster than reading annotations. */
	public static BuiltinCatalog ofIndex(String index) {
		return new BuiltinCatalog(BuiltinIndex.read(index), null, Map.of());
	}

	/** This catalog and the built-ins of further library classes. */
	public BuiltinCatalog plus(List<Class<?>> libraries) {
		if (libraries.isEmpty()) {
			return this;
		}
		List<BuiltinEntry> all = new ArrayList<>(this.entries);
		all.addAll(BuiltinReader.read(libraries));
		return new BuiltinCatalog(all, this.services, this.hostFunctions);
	}

	/** This catalog and the built-ins of an index. */
	public BuiltinCatalog plusIndex(String index) {
		List<BuiltinEntry> all = new ArrayList<>(this.entries);
		all.addAll(BuiltinIndex.read(index));
		return new BuiltinCatalog(all, this.services, this.hostFunctions);
	}

	/** This catalog for a host that has these services and no others. */
	public BuiltinCatalog withServices(Collection<Class<?>> ports) {
		return new BuiltinCatalog(this.entries,
				ports.stream().map(Class::getName).collect(Collectors.toUnmodifiableSet()),
				this.hostFunctions);
	}

	/** The service that a built-in needs and the host does not have; null when it has what is needed. */
	public BuiltinEntry.@Nullable Service missing(BuiltinEntry entry) {
		BuiltinEntry.Service needed = entry.service();
		return (needed == null || this.services == null || this.services.contains(needed.port())) ? null : needed;
	}

	/**
	 * This catalog and functions of the host.
	 * @throws IllegalArgumentException when two of them have the same signature
	 */
	public BuiltinCatalog plusHost(List<HostFunction> functions) {
		List<BuiltinEntry> all = new ArrayList<>(this.entries);
		Map<String, HostFunction> known = new HashMap<>(this.hostFunctions);
		for (HostFunction function : functions) {
			if (this.byName.containsKey(function.name())) {
				throw new IllegalArgumentException("'" + function.name() + "' is a built-in of FLIN already");
			}
			if (known.put(function.signature(), function) != null) {
				throw new IllegalArgumentException("The function " + function.signature() + " is there twice");
			}
			all.add(function.entry());
		}
		return new BuiltinCatalog(all, this.services, known);
	}

	/** The functions of the host, by signature. */
	Map<String, HostFunction> hostFunctions() {
		return this.hostFunctions;
	}

	/** All entries as text. */
	public String toIndex() {
		return BuiltinIndex.write(this.entries);
	}

	public List<BuiltinEntry> entries() {
		return this.entries;
	}

	/** The overloads of a name or alias, in the order in which they are tried; empty for an unknown name. */
	public List<BuiltinEntry> named(String name) {
		List<BuiltinEntry> overloads = this.byName.get(name);
		return (overloads != null) ? Collections.unmodifiableList(overloads) : List.of();
	}

	/** All names and aliases, in their order. */
	public List<String> names() {
		return this.names;
	}

	/** The Java method of an entry. */
	static MethodHandle method(BuiltinEntry entry) {
		try {
			ClassLoader loader = BuiltinCatalog.class.getClassLoader();
			Class<?> owner = Class.forName(entry.owner().replace('/', '.'), true, loader);
			MethodType type = MethodType.fromMethodDescriptorString(entry.descriptor(), owner.getClassLoader());
			return MethodHandles.publicLookup().findStatic(owner, entry.method(), type);
		}
		catch (ReflectiveOperationException ex) {
			throw new FlinBugException("built-in '" + entry.signature() + "' has no Java method", ex);
		}
	}

	/** Adds an overload at its place: those with special parameter types before those that take anything. */
	private void name(String name, BuiltinEntry entry) {
		List<BuiltinEntry> overloads = this.byName.get(name);
		if (overloads == null) {
			overloads = new ArrayList<>(1);
			this.byName.put(name, overloads);
		}
		String rank = overloads.isEmpty() ? "" : rank(entry);
		int at = overloads.size();
		while (at > 0 && rank.compareTo(rank(overloads.get(at - 1))) < 0) {
			at--;
		}
		if (at == 0 || overloads.get(at - 1) != entry) {
			overloads.add(at, entry);
		}
	}

	/** One letter for each parameter; what is generic comes last. */
	private static String rank(BuiltinEntry entry) {
		StringBuilder rank = new StringBuilder();
		String descriptor = entry.descriptor();
		int at = 1;
		while (descriptor.charAt(at) != ')') {
			char type = descriptor.charAt(at);
			int end = (type == 'L') ? descriptor.indexOf(';', at) + 1 : at + 1;
			if (descriptor.startsWith(OBJECT, at)) {
				rank.append('z');
			}
			else if (!descriptor.startsWith(CONTEXT, at)) {
				rank.append((type == 'J') ? 'a' : (type == 'D') ? 'b' : 'c');
			}
			at = end;
		}
		return rank.append((entry.signature().indexOf('<') >= 0) ? 'z' : 'a').append(descriptor).toString();
	}

}
