package dev.flin.types;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.BuiltinEntry;
import dev.flin.runtime.lib.StandardLibrary;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.Syntax;

/** The standard library's signatures for tests of the checker. */
final class TestBuiltins implements BuiltinSignatures {

	private final Map<String, List<Row>> rows = new HashMap<>();

	TestBuiltins() {
		BuiltinCatalog catalog = StandardLibrary.catalog();
		for (String name : catalog.names()) {
			List<Row> found = new ArrayList<>();
			for (BuiltinEntry entry : catalog.named(name)) {
				found.add(new Row(name, signature(entry), entry, entry.mutates(), entry.browserOnly(),
						entry.isValue(), null));
			}
			this.rows.put(name, found);
		}
	}

	private static Stmt.Fn signature(BuiltinEntry entry) {
		String header = entry.signature().replaceFirst("^[A-Za-z_]+\\.(?=[A-Za-z])", "");
		Stmt read = Syntax.parseSignature(header);
		if (read instanceof Stmt.Fn fn) {
			return fn;
		}
		Stmt.Var value = (Stmt.Var) read;
		return new Stmt.Fn(0, value.span(), value.span(), entry.name(), List.of(), List.of(), value.type(), null, false,
				null);
	}

	@Override
	public List<Row> rows(String name) {
		return this.rows.getOrDefault(name, List.of());
	}

	@Override
	public Collection<String> names() {
		return this.rows.keySet();
	}

	@Override
	public boolean isGroup(String name) {
		return this.rows.keySet().stream().anyMatch((each) -> each.startsWith(name + "."));
	}

}
