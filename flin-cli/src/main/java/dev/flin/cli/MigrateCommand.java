package dev.flin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.flin.FlinEngine;
import dev.flin.MigrationPlan;
import dev.flin.store.Counted;

/** {@code flin migrate [--plan] [DIR]}. */
@Command(name = "migrate",
		description = "Takes records to the entities of an application, or shows what that would do.",
		mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "DIR", arity = "0..1", description = "The application, this directory when not given.")
	private Path application = Path.of(".");

	@Option(names = "--data", paramLabel = "DIR", description = "The records, .flindb in the application otherwise.")
	private @Nullable Path data;

	@Option(names = "--plan", description = "Shows what would happen and changes nothing.")
	private boolean plan;

	@Override
	public Integer call() {
		PrintWriter out = this.spec.commandLine().getOut();
		Path records = (this.data != null) ? this.data : this.application.resolve(".flindb");
		FlinEngine.Builder builder = FlinEngine.builder()
			.servicesOfClassPath()
			.root(FileSet.at(List.of(FileSet.requireDirectory(this.application))).root())
			.property("flin.limits.time", "PT24H")
			.storeKeysOf(System.getenv())
			.print(out::println)
			.dataDirectory(records);
		MigrationPlan found = builder.plan();
		show(found, out);
		if (this.plan || !found.errors().isEmpty()) {
			out.flush();
			return found.isPossible() ? 0 : 1;
		}
		builder.build().requireNoErrors().close();
		out.println("Done");
		out.flush();
		return 0;
	}

	private static void show(MigrationPlan plan, PrintWriter out) {
		out.print(plan.errors());
		plan.steps().forEach(out::println);
		plan.migrations().forEach((name) -> out.println("Run migrations/" + name + ".flin"));
		if (plan.unreadable() > 0) {
			out.println("Lost: " + Counted.of(plan.unreadable(), "value")
					+ " of older versions cannot be read in the new type");
		}
		String refused = plan.migrations().isEmpty() ? "Refused: " : "To be mended by the migrations: ";
		plan.problems().forEach((problem) -> out.println(refused + problem));
		if (plan.errors().isEmpty() && plan.steps().isEmpty() && plan.migrations().isEmpty()
				&& plan.problems().isEmpty()) {
			out.println("Nothing to do");
		}
	}

}
