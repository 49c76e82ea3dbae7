package dev.flin.compiler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.flin.lower.BuiltinTargets;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.BuiltinEntry;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.Syntax;
import dev.flin.types.BuiltinSignatures;
import dev.flin.value.FlinBugException;

/**
 * The built-ins of a catalog as the compile side sees them: names, signatures, targets. Names and signatures are for
 * many threads at once, targets for one.
 */
final class CatalogSignatures implements BuiltinSignatures, BuiltinTargets {

	private final BuiltinCatalog catalog;

	private final Map<String, List<Row>> rows = new ConcurrentHashMap<>();

	/** By identity: an entry has many parts to compare. */
	private final Map<BuiltinEntry, Stmt.Fn> parsed = new IdentityHashMap<>();

	private final Map<BuiltinEntry, Target> targets = new IdentityHashMap<>();

	CatalogSignatures(BuiltinCatalog catalog) {
		this.catalog = catalog;
	}

	@Override
	public List<Row> rows(String name) {
		List<Row> known = this.rows.get(name);
		return (known != null) ? known : read(name);
	}

	/** Other names are as many as programs have: they are not kept. */
	private synchronized List<Row> read(String name) {
		List<BuiltinEntry> entries = this.catalog.named(name);
		if (entries.isEmpty()) {
			return List.of();
		}
		List<Row> rows = new ArrayList<>(entries.size());
		for (BuiltinEntry entry : entries) {
			rows.add(row(name, entry));
		}
		List<Row> read = List.copyOf(rows);
		this.rows.put(name, read);
		return read;
	}

	@Override
	public Collection<String> names() {
		return this.catalog.names();
	}

	@Override
	public boolean isGroup(String name) {
		return this.catalog.isGroup(name);
	}

	@Override
	public Target target(Row row) {
		return this.targets.computeIfAbsent((BuiltinEntry) row.id(), entry -> new Target(entry.owner(), entry.method(),
				entry.descriptor(), entry.takesContext(), entry.specializations()));
	}

	private Row row(String name, BuiltinEntry entry) {
		return new Row(name, this.parsed.computeIfAbsent(entry, CatalogSignatures::parse), entry, entry.mutates(),
				entry.browserOnly(), entry.isValue(), missing(this.catalog.missing(entry)));
	}

	private static @Nullable Missing missing(BuiltinEntry.@Nullable Service service) {
		return (service != null) ? new Missing(service.what(), service.dependencies()) : null;
	}

	private static Stmt.Fn parse(BuiltinEntry entry) {
		return switch (Syntax.parseSignature(plain(entry.signature()))) {
			case Stmt.Fn function -> function;
			case Stmt.Var value -> new Stmt.Fn(value.id(), value.span(), value.span(), entry.name(), List.of(),
					List.of(),
					value.type(), null, false, null);
			default -> throw new FlinBugException("bad signature of a built-in: " + entry.signature());
		};
	}

	/** Functions with a dot in their names are read as if it were an underscore. */
	private static String plain(String signature) {
		int at = 0;
		while (at < signature.length() && isPartOfName(signature.charAt(at))) {
			at++;
		}
		return (at > 0 && at < signature.length() && signature.charAt(at) == '.')
				? signature.substring(0, at) + "_" + signature.substring(at + 1) : signature;
	}

	private static boolean isPartOfName(char c) {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
	}

}
