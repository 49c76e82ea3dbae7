package dev.flin.autoconfigure.actuate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import dev.flin.FlinBackups;
import dev.flin.FlinEngine;
import dev.flin.store.BackupInfo;

/**
 * Lists and writes backups of the records while the application runs. Where they go is a property, never a parameter.
 */
@Endpoint(id = "flinbackup")
public final class FlinBackupEndpoint {

	private final FlinEngine engine;

	private final Path directory;

	private final @Nullable String passphrase;

	FlinBackupEndpoint(FlinEngine engine, Path directory, @Nullable String passphrase) {
		this.engine = engine;
		this.directory = directory;
		this.passphrase = passphrase;
	}

	/**
	 * A piece.
	 *
	 * @param file its name
	 * @param kind {@code FULL}, {@code LOG} or {@code CHANGES}
	 * @param encrypted whether a passphrase is needed
	 * @param transaction the transaction that it ends with
	 * @param from the moment at which it starts
	 * @param to the moment at which it ends
	 */
	public record Piece(String file, BackupInfo.Kind kind, boolean encrypted, long transaction, Instant from,
			Instant to) {

		static Piece of(FlinBackups.Piece piece) {
			BackupInfo info = piece.info();
			return new Piece(String.valueOf(piece.file().getFileName()), info.kind(), info.encrypted(),
					info.lastSequence(), info.from(), info.to());
		}

	}

	/** The pieces in the directory of backups, the oldest end first. */
	@ReadOperation
	public List<Piece> backups() {
		return Files.isDirectory(this.directory) ? FlinBackups.list(this.directory).stream().map(Piece::of).toList()
				: List.of();
	}

	/**
	 * Writes a piece.
	 * @param incremental whether only what came since the last one; then there must be one
	 * @throws IOException when the directory cannot be made
	 */
	@WriteOperation
	public Piece backup(@Nullable Boolean incremental) throws IOException {
		Files.createDirectories(this.directory);
		FlinBackups backups = this.engine.backups();
		if (!Boolean.TRUE.equals(incremental)) {
			return Piece.of(backups.full(this.directory, this.passphrase));
		}
		List<FlinBackups.Piece> known = FlinBackups.list(this.directory);
		if (known.isEmpty()) {
			throw new IllegalStateException("There is no backup yet that an incremental one could continue");
		}
		return Piece.of(backups.incremental(this.directory, known.getLast().file(), this.passphrase));
	}

}
