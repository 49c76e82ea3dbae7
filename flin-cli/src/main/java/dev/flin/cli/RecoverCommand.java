package dev.flin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.flin.FlinBackups;
import dev.flin.store.Counted;
import dev.flin.store.SalvageReport;

/** {@code flin recover DIR NEW}. */
@Command(name = "recover",
		description = "Copies what can be read of damaged records into a new directory; they stay as they are.",
		mixinStandardHelpOptions = true)
final class RecoverCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(index = "0", paramLabel = "DIR", description = "The damaged records.")
	private Path damaged = Path.of("");

	@Parameters(index = "1", paramLabel = "NEW", description = "The new directory.")
	private Path target = Path.of("");

	@Override
	public Integer call() {
		PrintWriter out = this.spec.commandLine().getOut();
		SalvageReport report = FlinBackups.recover(FileSet.requireDirectory(this.damaged), this.target);
		report.damages().forEach(out::println);
		out.println("%s: %s and %s; %s of the log applied, %s skipped, %d failed, see recovery.json".formatted(
				this.target, Counted.of(report.records(), "record"), Counted.of(report.versions(), "older version"),
				Counted.of(report.recovery().recovered(), "transaction"),
				Counted.of(report.recovery().skipped(), "entry", "entries"), report.recovery().failed()));
		out.flush();
		return 0;
	}

}
