package dev.flin;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.diag.DiagnosticRenderer;
import dev.flin.http.MiddlewareSpec;
import dev.flin.http.RouteSpec;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.EntityCatalog;
import dev.flin.store.SchemaPlan;
import dev.flin.value.FlinMap;
import dev.flin.value.Html;
import dev.flin.view.Component;

final class CompilerLoader implements ProgramLoader {

	CompilerLoader(BuiltinCatalog builtins, EngineProperties properties) {
	}

	static String render(List<Diagnostic> diagnostics) {
		return DiagnosticRenderer.render(diagnostics);
	}

	@Override
	public Program load(Map<String, String> sources) {
		return new Empty();
	}

	private static final class Empty implements Program {

		@Override
		public List<Diagnostic> diagnostics() {
			return List.of();
		}

		@Override
		public boolean isRunnable() {
			return true;
		}

		@Override
		public boolean has(String path) {
			return false;
		}

		@Override
		public EntityCatalog entities() {
			return new EntityCatalog(List.of(), Map.of());
		}

		@Override
		public List<Diagnostic> schemaProblems(SchemaPlan plan) {
			return List.of();
		}

		@Override
		public @Nullable Object run(String path, FlinContext context) {
			return null;
		}

		@Override
		public Component component(String path) {
			throw new IllegalArgumentException(path);
		}

		@Override
		public Html render(String name, FlinContext context, FlinMap props) {
			return Html.EMPTY;
		}

		@Override
		public Html page(String path, FlinContext context, FlinMap props) {
			return Html.EMPTY;
		}

		@Override
		public List<RouteSpec> routes() {
			return List.of();
		}

		@Override
		public List<RouteSpec> pages() {
			return List.of();
		}

		@Override
		public List<MiddlewareSpec> middleware() {
			return List.of();
		}

	}

}
