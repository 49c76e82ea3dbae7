package dev.flin.compiler;

import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.lower.BuiltinTargets;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.BuiltinEntry;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.Syntax;
import dev.flin.types.BuiltinSignatures;
import dev.flin.value.FlinBugException;

/** The built-ins of a catalog as the compile side sees them: names, signatures, targets. */
final class CatalogSignatures implements BuiltinSignatures, BuiltinTargets {

	private final BuiltinCatalog catalog;

	private final Map<String, List<Row>> rows = new HashMap<>();

	/** By identity: an entry has many parts to compare. */
	private final Map<BuiltinEntry, Stmt.Fn> parsed = new IdentityHashMap<>();

	private final Map<BuiltinEntry, Target> targets = new IdentityHashMap<>();

	CatalogSignatures(BuiltinCatalog catalog) {
		this.catalog = catalog;
	}

	@Override
	public List<Row> rows(String name) {
		return this.rows.computeIfAbsent(name, key -> this.catalog.named(key).stream().map(each -> row(key, each))
				.toList());
	}

	@Override
	public Collection<String> names() {
		return this.catalog.names();
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
		String plainName = entry.signature().replaceFirst("^([A-Za-z_][A-Za-z0-9_]*)\\.", "$1_");
		return switch (Syntax.parseSignature(plainName)) {
			case Stmt.Fn function -> function;
			case Stmt.Var value -> new Stmt.Fn(value.id(), value.span(), value.span(), entry.name(), List.of(),
					List.of(),
					value.type(), null, false, null);
			default -> throw new FlinBugException("bad signature of a built-in: " + entry.signature());
		};
	}

}
