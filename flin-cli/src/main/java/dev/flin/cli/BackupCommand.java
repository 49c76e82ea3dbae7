package dev.flin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.flin.FlinBackups;
import dev.flin.store.BackupInfo;

/** {@code flin backup DIR|FILE}. */
@Command(name = "backup", description = "Writes a backup of records that no application has open.",
		mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "DIR|FILE", description = "The file, or a folder in which the time becomes the name.")
	private Path target = Path.of("");

	@Option(names = "--data", paramLabel = "DIR", description = "The records, .flindb when not given.")
	private Path data = Path.of(".flindb");

	@Option(names = "--incremental-from", paramLabel = "FILE", description = "Writes what came since another backup.")
	private @Nullable Path since;

	@Option(names = "--encrypt", description = "Encrypts with a passphrase.")
	private boolean encrypt;

	@Mixin
	private Passphrase passphrase = new Passphrase();

	@Override
	public Integer call() {
		PrintWriter out = this.spec.commandLine().getOut();
		FlinBackups.Piece piece = FlinBackups.backup(this.data, this.target, this.since,
				this.encrypt ? this.passphrase.require() : null, new SecureRandom());
		BackupInfo info = piece.info();
		out.println("%s: %s, up to transaction %d at %s".formatted(piece.file(), switch (info.kind()) {
			case FULL -> "everything";
			case LOG -> "each transaction since " + info.from();
			case CHANGES -> "what changed since " + info.from();
		}, info.lastSequence(), info.to()));
		out.flush();
		return 0;
	}

}
