package dev.flin;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.compiler.Program;
import dev.flin.http.lib.WebLibrary;
import dev.flin.http.route.GuardSpec;
import dev.flin.http.route.MiddlewareSpec;
import dev.flin.http.route.RouteHandler;
import dev.flin.http.route.RoutePath;
import dev.flin.http.route.RouteSpec;
import dev.flin.http.route.ValidateSpec;
import dev.flin.ir.IrGuard;
import dev.flin.ir.IrInput;
import dev.flin.ir.IrMiddleware;
import dev.flin.ir.IrRoute;
import dev.flin.ir.IrShape;
import dev.flin.ir.IrSocket;
import dev.flin.value.EnumType;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;

/** Turns what one file declares for the web into what the dispatcher works with. */
final class WebDeclarations {

	private static final String APP = "app/";

	private final Program program;

	private final String file;

	WebDeclarations(Program program, String file) {
		this.program = program;
		this.file = file;
	}

	/** The route; null for one without a path in a file that has none either. */
	@Nullable RouteSpec route(IrRoute route) {
		RoutePath path = path(route.path());
		if (path == null) {
			return null;
		}
		return new RouteSpec(RouteSpec.Kind.ROUTE, route.method(), path, this.file, guards(route.guards()),
				validation(route.body()), validation(route.query()),
				route.events() ? events(code(route.code())) : code(route.code()),
				new RouteSpec.Traits(route.idempotent(), route.events(), route.prompt(), null, null));
	}

	/** The WebSocket; null for one without a path in a file that has none either. */
	@Nullable RouteSpec socket(IrSocket socket) {
		RoutePath path = path(socket.path());
		if (path == null) {
			return null;
		}
		RouteHandler connect = codeOrNull(socket.connect());
		return new RouteSpec(RouteSpec.Kind.SOCKET, "GET", path, this.file, guards(socket.guards()), null,
				validation(socket.query()), (connect != null) ? connect : (context, exchange) -> null,
				new RouteSpec.Traits(false, false, false, codeOrNull(socket.message()), codeOrNull(socket.close())));
	}

	private @Nullable RoutePath path(@Nullable String written) {
		return (written != null) ? RoutePath.of(written)
				: this.file.startsWith(APP) ? RoutePath.ofFile(this.file.substring(APP.length())) : null;
	}

	private @Nullable RouteHandler codeOrNull(int index) {
		return (index >= 0) ? code(index) : null;
	}

	List<GuardSpec> guards(List<IrGuard> guards) {
		return guards.stream().map(this::guard).toList();
	}

	MiddlewareSpec middleware(IrMiddleware middleware) {
		int slash = this.file.lastIndexOf('/');
		String directory = (slash < APP.length()) ? "" : this.file.substring(APP.length(), slash);
		return new MiddlewareSpec(directory, middleware.only(), middleware.except(), code(middleware.code()));
	}

	private static RouteHandler events(RouteHandler code) {
		return (context, exchange) -> WebLibrary.sse(new FlinFunction(0) {

			@Override
			public @Nullable Object call0() {
				return code.handle(context, exchange);
			}

		});
	}

	private RouteHandler code(int index) {
		return (context, exchange) -> this.program.call(this.file, index, context);
	}

	private GuardSpec guard(IrGuard guard) {
		return switch (guard) {
			case IrGuard.Rule rule -> new GuardSpec.Rule(rule.name(), this.file + "#" + rule.arguments(),
					arguments(rule.arguments()));
			case IrGuard.Own own -> new GuardSpec.Own(own.name(), code(own.code()));
			case IrGuard.Any any -> new GuardSpec.Any(guards(any.rules()));
			case IrGuard.Not not -> new GuardSpec.Not(guard(not.rule()));
		};
	}

	private GuardSpec.Arguments arguments(int code) {
		return (context, exchange) -> (this.program.call(this.file, code, context) instanceof FlinList list)
				? list.toArray() : new @Nullable Object[0];
	}

	/** What a {@code validate} block demands; null for none. */
	@Nullable ValidateSpec validation(@Nullable List<IrInput> inputs) {
		if (inputs == null) {
			return null;
		}
		return new ValidateSpec(fields(inputs));
	}

	private List<ValidateSpec.Field> fields(List<IrInput> inputs) {
		return inputs.stream().map(this::field).toList();
	}

	private ValidateSpec.Field field(IrInput input) {
		List<ValidateSpec.Rule> rules = input.rules()
			.stream()
			.map((rule) -> new ValidateSpec.Rule(rule.name(), arguments(rule.arguments())))
			.toList();
		return new ValidateSpec.Field(input.name(), shape(input.shape()), rules,
				(input.defaultCode() >= 0) ? code(input.defaultCode()) : null, input.constantDefault());
	}

	private ValidateSpec.Shape shape(IrShape shape) {
		return switch (shape) {
			case IrShape.Scalar(String type) -> new ValidateSpec.Scalar(type);
			case IrShape.Choice(List<String> texts) -> new ValidateSpec.Choice(texts);
			case IrShape.Variants variants -> new ValidateSpec.Variants(EnumType.of(variants.name(), variants.variants()
				.stream()
				.map((variant) -> variant.name() + "/" + variant.payload().size())
				.toArray(String[]::new)), variants.variants()
					.stream()
					.map((variant) -> elements(variant.payload()))
					.toList());
			case IrShape.Reference(String entity) -> new ValidateSpec.Reference(entity);
			case IrShape.ListOf(IrShape.Element element) -> new ValidateSpec.ListOf(element(element));
			case IrShape.MapOf(IrShape key, IrShape.Element value) ->
				new ValidateSpec.MapOf(shape(key), element(value));
			case IrShape.TupleOf(List<IrShape.Element> elements) -> new ValidateSpec.TupleOf(elements(elements));
			case IrShape.Nested(List<IrInput> fields) -> new ValidateSpec.Nested(fields(fields));
		};
	}

	private List<ValidateSpec.Element> elements(List<IrShape.Element> elements) {
		return elements.stream().map(this::element).toList();
	}

	private ValidateSpec.Element element(IrShape.Element element) {
		return new ValidateSpec.Element(shape(element.shape()), element.hole());
	}

}
