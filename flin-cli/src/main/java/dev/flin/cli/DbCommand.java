package dev.flin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.flin.FlinBackups;
import dev.flin.store.VerifyReport;

/** {@code flin db …}. */
@Command(name = "db", description = "Looks after records.", mixinStandardHelpOptions = true,
		subcommands = DbCommand.Verify.class)
final class DbCommand implements Runnable {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public void run() {
		CommandLine line = this.spec.commandLine();
		throw new ParameterException(line, "Missing command");
	}

	/** {@code flin db verify [DIR]}. */
	@Command(name = "verify", description = "Reads and checks all records, their history, indexes, files and log.",
			mixinStandardHelpOptions = true)
	static final class Verify implements Callable<Integer> {

		@Spec
		private CommandSpec spec = CommandSpec.create();

		@Parameters(paramLabel = "DIR", arity = "0..1", description = "The records, .flindb when not given.")
		private Path data = Path.of(".flindb");

		@Override
		public Integer call() {
			PrintWriter out = this.spec.commandLine().getOut();
			VerifyReport report = FlinBackups.verify(this.data);
			report.damages().forEach(out::println);
			out.println("%d records, %d older versions, %d index entries, %d damages".formatted(report.records(),
					report.versions(), report.indexEntries(), report.damages().size()));
			out.flush();
			return report.damages().isEmpty() ? 0 : 1;
		}

	}

}
