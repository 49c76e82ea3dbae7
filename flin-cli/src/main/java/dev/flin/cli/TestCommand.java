package dev.flin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.flin.FlinEngine;
import dev.flin.FlinTest;
import dev.flin.FlinTests;

/** {@code flin test PATH…}. */
@Command(name = "test", description = "Runs the tests of all *.test.flin files at or below the paths.",
		mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {

	private static final long STACK_BYTES = 64L << 20;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "PATH", arity = "0..*",
			description = "Files and folders that are one application; the present folder when none is given.")
	private List<Path> paths = List.of(Path.of(""));

	@Option(names = "--name", paramLabel = "REGEX", description = "Only tests whose name this matches somewhere.")
	private @Nullable String name;

	private int passed;

	private int failed;

	@Override
	public Integer call() throws Exception {
		Pattern names = pattern();
		FlinTests tests = FlinEngine.builder().servicesOfClassPath().root(FileSet.at(this.paths).root()).tests();
		PrintWriter out = this.spec.commandLine().getOut();
		tests.errors().values().forEach((errors) -> {
			this.failed++;
			out.println(errors);
		});
		List<FlinTest> chosen = tests.byFile()
			.values()
			.stream()
			.flatMap(List::stream)
			.filter((test) -> names.matcher(test.name()).find())
			.toList();
		if (this.name != null && chosen.isEmpty() && this.failed == 0) {
			out.println("no test has a name that '" + this.name + "' matches");
			out.flush();
			return 1;
		}
		WithStack.run(STACK_BYTES, () -> chosen.forEach((test) -> run(tests, test, out)));
		out.println(this.passed + " passed, " + this.failed + " failed");
		out.flush();
		return (this.failed > 0) ? 1 : 0;
	}

	private Pattern pattern() {
		try {
			return Pattern.compile((this.name != null) ? this.name : "");
		}
		catch (PatternSyntaxException ex) {
			throw new ParameterException(this.spec.commandLine(), "--name: " + ex.getMessage());
		}
	}

	private void run(FlinTests tests, FlinTest test, PrintWriter out) {
		FlinTests.Result result = tests.run(test);
		out.println((result.passed() ? "ok    " : "FAIL  ") + test.title());
		if (result.passed()) {
			this.passed++;
		}
		else {
			this.failed++;
			result.printed().forEach((line) -> out.println("      > " + line));
			out.print(result.report().indent(6));
		}
	}

}
