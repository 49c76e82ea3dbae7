package dev.flin.benchmarks.language;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import javax.script.Invocable;
import javax.script.ScriptEngine;
import javax.script.ScriptException;

import groovy.lang.GroovyClassLoader;
import groovy.transform.CompileStatic;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.Scriptable;
import org.openjdk.nashorn.api.scripting.NashornScriptEngineFactory;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.benchmarks.language.java.JavaPrograms;

/** What runs a program. */
enum Engine {

	JAVA("Java") {

		@Override
		Callable<Object> load(Program program) {
			IntFunction<Object> bench = JavaPrograms.find(program.name());
			return () -> bench.apply(program.size());
		}

	},

	FLIN_ANNOTATED("FLIN annotated") {

		@Override
		Callable<Object> load(Program program) {
			return flin(program, program.source("flin"));
		}

	},

	FLIN("FLIN") {

		@Override
		Callable<Object> load(Program program) {
			return flin(program, Annotations.left(program.source("flin")));
		}

	},

	FLIN_ANY("FLIN any") {

		@Override
		Callable<Object> load(Program program) {
			return flin(program, Annotations.dynamic(program.source("flin")));
		}

	},

	GROOVY_STATIC("Groovy static") {

		@Override
		Callable<Object> load(Program program) {
			CompilerConfiguration configuration = new CompilerConfiguration();
			configuration.addCompilationCustomizers(new ASTTransformationCustomizer(CompileStatic.class));
			return groovy(program, configuration);
		}

	},

	GROOVY("Groovy") {

		@Override
		Callable<Object> load(Program program) {
			return groovy(program, new CompilerConfiguration());
		}

	},

	NASHORN("Nashorn") {

		@Override
		Callable<Object> load(Program program) throws ScriptException {
			ScriptEngine engine = new NashornScriptEngineFactory().getScriptEngine();
			engine.eval(program.source("js"));
			Invocable functions = (Invocable) engine;
			return () -> functions.invokeFunction("bench", program.size());
		}

	},

	RHINO("Rhino") {

		@Override
		Callable<Object> load(Program program) {
			org.mozilla.javascript.Context context = org.mozilla.javascript.Context.enter();
			context.setLanguageVersion(org.mozilla.javascript.Context.VERSION_ES6);
			Scriptable scope = context.initStandardObjects();
			context.evaluateString(scope, program.source("js"), program.name() + ".js", 1, null);
			Function bench = (Function) scope.get("bench", scope);
			return () -> bench.call(context, scope, scope, new Object[] { program.size() });
		}

	},

	/** Without the Graal compiler, which a stock JDK does not have, it interprets. */
	GRAAL_JS("GraalJS interpreted") {

		@Override
		Callable<Object> load(Program program) {
			Context context = Context.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();
			context.eval("js", program.source("js"));
			Value bench = context.getBindings("js").getMember("bench");
			return () -> {
				Value result = bench.execute(program.size());
				return result.isString() ? result.asString() : (Object) result.asDouble();
			};
		}

	};

	private final String label;

	Engine(String label) {
		this.label = label;
	}

	String label() {
		return this.label;
	}

	/** Whether a quick measurement leaves it out unless it is named. */
	boolean isExtra() {
		return this == GROOVY_STATIC || interprets();
	}

	/** Whether it is here for its place only, as no compiler makes much of it. */
	boolean interprets() {
		return this == RHINO || this == GRAAL_JS;
	}

	/** Reads and compiles a program. */
	abstract Callable<Object> load(Program program) throws ScriptException, IOException;

	private static Callable<Object> flin(Program program, String source) {
		String main = source + "\nbench(" + program.size() + ")\n";
		FlinEngine engine = FlinEngine.builder()
			.root(() -> new SourceRoot.Tree(Map.of("main.flin", main), Map.of()))
			.property("flin.limits.time", "PT10M")
			.build()
			.requireNoErrors();
		return () -> {
			Object result = engine.run("main.flin");
			if (result == null) {
				throw new IllegalStateException(program.name() + " has no result");
			}
			return result;
		};
	}

	private static Callable<Object> groovy(Program program, CompilerConfiguration configuration) {
		GroovyClassLoader loader = new GroovyClassLoader(Engine.class.getClassLoader(), configuration);
		Class<?> script = loader.parseClass(program.source("groovy"), program.name() + ".groovy");
		return () -> InvokerHelper.invokeStaticMethod(script, "bench", program.size());
	}

}
