package dev.flin.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collection;
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

	private final BuiltinTable table;

	/** The names of the ports that the host has; null while it is not known. */
	private final @Nullable Set<String> services;

	/** By signature. */
	private final Map<String, HostFunction> hostFunctions;

	private BuiltinCatalog(BuiltinTable table, @Nullable Set<String> services,
			Map<String, HostFunction> hostFunctions) {
		this.table = table;
		this.services = services;
		this.hostFunctions = Map.copyOf(hostFunctions);
	}

	/** Reads the annotations of library classes. */
	public static BuiltinCatalog of(List<Class<?>> libraries) {
		return new BuiltinCatalog(new BuiltinTable(lines(BuiltinReader.read(libraries))), null, Map.of());
	}

	/**
	 * Reads what {@link #toIndex} wrote, which is much faster than reading annotations: of what nobody asks for only
	 * the names are read.
	 */
	public static BuiltinCatalog ofIndex(String... indexes) {
		List<BuiltinLine> lines = new ArrayList<>(800);
		for (String index : indexes) {
			BuiltinIndex.read(index, lines);
		}
		return new BuiltinCatalog(new BuiltinTable(lines), null, Map.of());
	}

	private static List<BuiltinLine> lines(List<BuiltinEntry> entries) {
		List<BuiltinLine> lines = new ArrayList<>(entries.size());
		for (BuiltinEntry entry : entries) {
			lines.add(new BuiltinLine(entry));
		}
		return lines;
	}

	/** This catalog and the built-ins of further library classes. */
	public BuiltinCatalog plus(List<Class<?>> libraries) {
		if (libraries.isEmpty()) {
			return this;
		}
		return new BuiltinCatalog(this.table.with(lines(BuiltinReader.read(libraries))), this.services,
				this.hostFunctions);
	}

	/** This catalog for a host that has these services and no others. */
	public BuiltinCatalog withServices(Collection<Class<?>> ports) {
		return new BuiltinCatalog(this.table,
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
		List<BuiltinLine> more = new ArrayList<>();
		Map<String, HostFunction> known = new HashMap<>(this.hostFunctions);
		for (HostFunction function : functions) {
			if (this.table.contains(function.name())) {
				throw new IllegalArgumentException("'" + function.name() + "' is a built-in of FLIN already");
			}
			if (known.put(function.signature(), function) != null) {
				throw new IllegalArgumentException("The function " + function.signature() + " is there twice");
			}
			more.add(new BuiltinLine(function.entry()));
		}
		return new BuiltinCatalog(this.table.with(more), this.services, known);
	}

	/** The functions of the host, by signature. */
	Map<String, HostFunction> hostFunctions() {
		return this.hostFunctions;
	}

	/** All entries as text. */
	public String toIndex() {
		return BuiltinIndex.write(entries());
	}

	public List<BuiltinEntry> entries() {
		return this.table.entries();
	}

	/** The overloads of a name or alias, in the order in which they are tried; empty for an unknown name. */
	public List<BuiltinEntry> named(String name) {
		return this.table.named(name);
	}

	/** All names and aliases, in their order. */
	public List<String> names() {
		return this.table.names();
	}

	/** Whether it stands before the dot in names, such as {@code tax} of {@code tax.rate}. */
	public boolean isGroup(String name) {
		return this.table.isGroup(name);
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

}
