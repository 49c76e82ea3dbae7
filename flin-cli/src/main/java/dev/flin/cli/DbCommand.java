package dev.flin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.flin.FlinBackups;
import dev.flin.store.VerifyReport;

/** {@code flin db …}. */
@Command(name = "db", description = "Looks after records.", mixinStandardHelpOptions = true,
		subcommands = { DbCommand.Verify.class, DbCommand.Copy.class })
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
			out.println(String.join(", ", Counts.of(report.records(), "record"),
					Counts.of(report.versions(), "older version"), Counts.of(report.indexEntries(), "index entry"),
					Counts.of(report.damages().size(), "damage")));
			out.flush();
			return report.damages().isEmpty() ? 0 : 1;
		}

	}

	/** {@code flin db copy FROM TO}. */
	@Command(name = "copy", mixinStandardHelpOptions = true,
			description = { "Copies records into an empty directory, to encrypt them, to decrypt them, or to give them "
					+ "another key.", "The key is taken from FLIN_STORE_ENCRYPTIONKEY or the file that "
							+ "FLIN_STORE_ENCRYPTIONKEYFILE names." })
	static final class Copy implements Callable<Integer> {

		@Spec
		private CommandSpec spec = CommandSpec.create();

		@Parameters(index = "0", paramLabel = "FROM", description = "The records, which no application uses.")
		private Path from = Path.of("");

		@Parameters(index = "1", paramLabel = "TO", description = "An empty or new directory.")
		private Path to = Path.of("");

		@Option(names = "--plain", description = "The copy is not encrypted.")
		private boolean plain;

		@Option(names = "--new-key-file", paramLabel = "FILE", description = "The copy has the key in this file.")
		private @Nullable Path newKeyFile;

		@Override
		public Integer call() throws IOException {
			Path file = this.newKeyFile;
			FlinBackups.copy(this.from, this.to, this.plain, (file == null) ? null : Files.readString(file).strip());
			PrintWriter out = this.spec.commandLine().getOut();
			out.println("Copied to " + this.to);
			out.flush();
			return 0;
		}

	}

}
