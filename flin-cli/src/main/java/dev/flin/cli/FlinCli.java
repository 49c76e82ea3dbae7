package dev.flin.cli;

import java.io.PrintWriter;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code flin}: runs, checks, formats and renders FLIN files.
 */
@Command(name = "flin", mixinStandardHelpOptions = true, versionProvider = FlinCli.Version.class,
		description = "Runs, checks, tests, formats and renders FLIN files; answers line by line; looks after records.",
		subcommands = { RunCommand.class, CheckCommand.class, TestCommand.class, FmtCommand.class, RenderCommand.class,
				ReplCommand.class, BackupCommand.class, RestoreCommand.class, RecoverCommand.class, DbCommand.class,
				MigrateCommand.class })
public final class FlinCli implements Runnable {

	@Spec
	private CommandSpec spec;

	private FlinCli() {
		this.spec = CommandSpec.create();
	}

	public static void main(String[] args) {
		System.exit(run(args, new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
	}

	/** Runs a command and gives its exit status: 0, 1 for errors in files or programs, 2 for wrong usage. */
	static int run(String[] args, PrintWriter out, PrintWriter err) {
		return new CommandLine(new FlinCli()).setOut(out)
			.setErr(err)
			.setExecutionExceptionHandler(new Failures())
			.execute(args);
	}

	@Override
	public void run() {
		throw new ParameterException(this.spec.commandLine(), "Missing command");
	}

	/** The version of the jar. */
	static final class Version implements CommandLine.IVersionProvider {

		@Override
		public String[] getVersion() {
			String version = FlinCli.class.getPackage().getImplementationVersion();
			return new String[] { "flin " + ((version != null) ? version : "development") };
		}

	}

}
