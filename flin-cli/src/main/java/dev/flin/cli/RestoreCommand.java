package dev.flin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.flin.FlinBackups;
import dev.flin.store.RestoreReport;

/** {@code flin restore FROM DIR}. */
@Command(name = "restore", description = "Makes a directory of records out of a backup, as of a moment.",
		mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(index = "0", paramLabel = "FROM",
			description = "A backup, a folder of backups, or records with an archive of their log.")
	private Path from = Path.of("");

	@Parameters(index = "1", paramLabel = "DIR", description = "The new directory.")
	private Path target = Path.of("");

	@Option(names = "--at", paramLabel = "TIME",
			description = "The moment, such as \"2026-11-20 14:30\" or 2026-11-20T14:30:00Z; the end when not given.")
	private @Nullable String at;

	@Option(names = "--zone", paramLabel = "ZONE", description = "The zone of a moment without one, UTC otherwise.")
	private ZoneId zone = ZoneOffset.UTC;

	@Option(names = "--replace", description = "Replaces a directory with records; it is kept under another name.")
	private boolean replace;

	@Mixin
	private Passphrase passphrase = new Passphrase();

	@Override
	public Integer call() {
		PrintWriter out = this.spec.commandLine().getOut();
		RestoreReport report = FlinBackups.restore(this.from, this.target,
				(this.at != null) ? moment(this.at, this.zone) : null, this.passphrase.find(), this.replace);
		out.println("%s: %s, %s, up to transaction %d at %s".formatted(this.target,
				Counts.of(report.records(), "record"), Counts.of(report.versions(), "older version"),
				report.sequence(), report.systemTime()));
		report.forgotten()
			.forEach((record) -> out.println(record + " is left out: retention has erased its values since"));
		out.flush();
		return 0;
	}

	static Instant moment(String text, ZoneId zone) {
		String iso = text.strip().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T");
		try {
			if (iso.length() == 10) {
				return LocalDate.parse(iso).atStartOfDay(zone).toInstant();
			}
			return iso.matches(".*(Z|[+-]\\d{2}:\\d{2})") ? OffsetDateTime.parse(iso).toInstant()
					: LocalDateTime.parse(iso).atZone(zone).toInstant();
		}
		catch (DateTimeException ex) {
			throw new CommandFailure("'" + text + "' is no time such as \"2026-11-20 14:30\"");
		}
	}

}
