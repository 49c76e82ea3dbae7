package dev.flin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.flin.FlinEngine;

/** {@code flin render FILE [--props JSON]}. */
@Command(name = "render", description = "Writes the HTML of a component or page.", mixinStandardHelpOptions = true)
final class RenderCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "FILE", description = "The file with the component or page.")
	private Path file = Path.of("");

	@Option(names = "--props", paramLabel = "JSON", description = "The props, as a JSON object.")
	private String props = "{}";

	@Override
	public Integer call() {
		PrintWriter out = this.spec.commandLine().getOut();
		FlinEngine.Builder builder = FlinEngine.builder().root(FileSet.around(this.file).root());
		try (FlinEngine engine = Engines.open(builder)) {
			out.println(engine.renderJson(FileSet.nameOf(this.file), this.props));
		}
		out.flush();
		return 0;
	}

}
