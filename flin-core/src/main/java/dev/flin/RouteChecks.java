package dev.flin;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.compiler.Program;
import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.http.route.RoutePath;
import dev.flin.http.route.RouteSpec;
import dev.flin.http.route.RouteTable;
import dev.flin.ir.IrRoute;
import dev.flin.ir.IrSocket;
import dev.flin.source.SourceFile;
import dev.flin.source.Span;

/** Finds what is wrong with the addresses of files and routes: malformed ones, and those that are declared twice. */
final class RouteChecks {

	private static final String APP = "app/";

	private record Place(SourceFile file, Span span) {
	}

	private final Map<RouteSpec, Place> places = new IdentityHashMap<>();

	private final List<RouteSpec> specs = new ArrayList<>();

	private final List<Diagnostic> diagnostics = new ArrayList<>();

	private RouteChecks() {
	}

	static List<Diagnostic> of(Program program, Map<String, SourceFile> files) {
		RouteChecks checks = new RouteChecks();
		program.web().forEach((path, web) -> {
			SourceFile file = files.get(path);
			if (file != null) {
				checks.file(file, web, program.isView(path));
			}
		});
		RouteTable.of(checks.specs).conflicts().forEach(checks::conflict);
		return checks.diagnostics;
	}

	private void file(SourceFile file, Program.Web web, boolean page) {
		String path = file.path();
		Place whole = new Place(file, new Span(0, file.line(1).length()));
		RoutePath own = null;
		boolean malformed = false;
		try {
			own = path.startsWith(APP) ? RoutePath.ofFile(path.substring(APP.length())) : null;
		}
		catch (IllegalArgumentException ex) {
			malformed = true;
			report(Code.E0501, whole, "the name of this file is no address: " + ex.getMessage());
		}
		if (page && own != null) {
			add(RouteSpec.Kind.PAGE, "GET", own, whole);
		}
		for (IrRoute route : web.routes()) {
			add(RouteSpec.Kind.ROUTE, route.method(), address(route.path(), own, malformed,
					new Place(file, route.head()), "route " + route.method()), new Place(file, route.head()));
		}
		for (IrSocket socket : web.sockets()) {
			add(RouteSpec.Kind.SOCKET, "GET",
					address(socket.path(), own, malformed, new Place(file, socket.head()), "ws"),
					new Place(file, socket.head()));
		}
	}

	/** The address that is written, or the file's; null where neither is one, which is reported. */
	private @Nullable RoutePath address(@Nullable String path, @Nullable RoutePath own, boolean malformed, Place place,
			String keyword) {
		RoutePath address = (path != null) ? written(path, place) : own;
		if (address == null && path == null && !malformed) {
			this.diagnostics.add(Diagnostic
				.of(Code.E0501, place.file(), place.span(), "this route has no path, and its file has none either")
				.withHelp("write the path, as in '" + keyword + " \"/api/things\"', or move the file to "
						+ "app/; names with an underscore at their start are no paths"));
		}
		return address;
	}

	private @Nullable RoutePath written(String path, Place place) {
		try {
			return RoutePath.of(path);
		}
		catch (IllegalArgumentException ex) {
			report(Code.E0501, place, String.valueOf(ex.getMessage()));
			return null;
		}
	}

	private void add(RouteSpec.Kind kind, String method, @Nullable RoutePath path, Place place) {
		if (path == null) {
			return;
		}
		RouteSpec spec = new RouteSpec(kind, method, path, place.file().path(), List.of(), null, null,
				(context, exchange) -> null);
		this.places.put(spec, place);
		this.specs.add(spec);
	}

	private void conflict(RouteTable.Conflict conflict) {
		Place first = this.places.get(conflict.first());
		Place second = this.places.get(conflict.second());
		if (first != null && second != null) {
			String what = switch (conflict.second().kind()) {
				case PAGE -> "the page ";
				case SOCKET -> "the WebSocket ";
				case ROUTE, SYSTEM -> conflict.second().method() + " ";
			};
			this.diagnostics.add(Diagnostic
				.of(Code.E0502, second.file(), second.span(), what + conflict.second().path() + " is declared twice")
				.withHelp("the first is in " + first.file().path() + ":"
						+ first.file().lineOf(first.span().start())));
		}
	}

	private void report(Code code, Place place, String message) {
		this.diagnostics.add(Diagnostic.of(code, place.file(), place.span(), message));
	}

	/** The address of a file below {@code app/}; null when it has none, also because its name is malformed. */
	static @Nullable RoutePath addressOf(String path) {
		try {
			return path.startsWith(APP) ? RoutePath.ofFile(path.substring(APP.length())) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
