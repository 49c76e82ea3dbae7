package dev.flin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class FailuresTests {

	private static String told(Exception failure) {
		StringWriter err = new StringWriter();
		CommandLine command = new CommandLine(CommandSpec.create()).setErr(new PrintWriter(err));
		assertThat(new Failures().handleExecutionException(failure, command, command.parseArgs())).isEqualTo(1);
		return err.toString().strip();
	}

	@Test
	void filesThatCannotBeReadAreToldInWords() {
		assertThat(told(new AccessDeniedException("lib/a.flin")))
			.isEqualTo("error: lib/a.flin is closed to you: permission denied");
		assertThat(told(new UncheckedIOException(new AccessDeniedException("lib/a.flin"))))
			.isEqualTo("error: lib/a.flin is closed to you: permission denied");
		assertThat(told(new UncheckedIOException(new NoSuchFileException("lib/a.flin"))))
			.isEqualTo("error: there is no lib/a.flin");
	}

	@Test
	void whatIsKnownMoreIsTold() {
		assertThat(told(new UncheckedIOException("backup.flinbak cannot be written", new IOException("disk full"))))
			.isEqualTo("error: backup.flinbak cannot be written: disk full");
		assertThat(told(new UncheckedIOException("disk full", new IOException("disk full"))))
			.isEqualTo("error: disk full");
	}

}
