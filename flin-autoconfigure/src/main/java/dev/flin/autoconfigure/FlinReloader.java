package dev.flin.autoconfigure;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;

/**
 * Takes changed files over while the application runs. A file with an error keeps its last good version, and what is
 * wrong with it goes to the log and into its page.
 */
public final class FlinReloader implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(FlinReloader.class);

	/** Editors write a file in several steps; so long after the last one it is complete. */
	private static final long QUIET_MILLIS = 20;

	private final FlinEngine engine;

	private final @Nullable Path directory;

	private volatile @Nullable WatchService watcher;

	/**
	 * @param directory what to watch; null for nothing
	 */
	FlinReloader(FlinEngine engine, @Nullable Path directory) {
		this.engine = engine;
		this.directory = directory;
	}

	@Override
	public void start() {
		Path root = this.directory;
		if (root == null || isRunning()) {
			return;
		}
		try {
			WatchService service = root.getFileSystem().newWatchService();
			register(root, service);
			this.watcher = service;
			Thread.ofPlatform().daemon().name("flin-reload").start(() -> watch(root, service));
			logger.info("FLIN takes changes in {} over while the application runs", root);
		}
		catch (IOException ex) {
			logger.warn("Changes in {} are not seen: {}", root, ex.toString());
		}
	}

	@Override
	public void stop() {
		WatchService service = this.watcher;
		this.watcher = null;
		if (service != null) {
			try {
				service.close();
			}
			catch (IOException ex) {
				logger.warn("Watching {} did not end cleanly", this.directory, ex);
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.watcher != null;
	}

	private void watch(Path root, WatchService service) {
		try {
			while (true) {
				WatchKey key = service.take();
				while (key != null) {
					boolean newDirectories = hasNewEntries(key);
					key.reset();
					if (newDirectories) {
						register(root, service);
					}
					key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
				}
				reload();
			}
		}
		catch (ClosedWatchServiceException ex) {
			logger.debug("Stopped watching {}", root);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			logger.warn("Changes in {} are not seen any more", root, ex);
		}
	}

	private static boolean hasNewEntries(WatchKey key) {
		return key.pollEvents().stream().anyMatch((event) -> event.kind() != StandardWatchEventKinds.ENTRY_MODIFY);
	}

	private void reload() {
		long start = System.nanoTime();
		try {
			this.engine.reload();
		}
		catch (RuntimeException ex) {
			if (ex.getCause() instanceof NoSuchFileException) {
				// It went while all were read, which is a change of its own: another reload follows.
				logger.debug("A file was gone before it could be read", ex);
				return;
			}
			logger.error("The changed files could not be taken over; what was there before stays in service", ex);
			return;
		}
		if (this.engine.hasErrors()) {
			logger.error("The last good versions stay in service:\n{}", this.engine.renderedDiagnostics());
		}
		else {
			logger.info("Took over changes in {} ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
		}
	}

	/**
	 * Registers a directory and all below it that is the application's; one that is registered already stays so.
	 * Editors write into files beside the one that they replace, so what was there a moment ago may be gone.
	 */
	private static void register(Path root, WatchService service) throws IOException {
		Files.walkFileTree(root, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
					throws IOException {
				if (SourceRoot.isForeign(root, directory)) {
					return FileVisitResult.SKIP_SUBTREE;
				}
				try {
					directory.register(service, StandardWatchEventKinds.ENTRY_CREATE,
							StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE);
				}
				catch (NoSuchFileException | NotDirectoryException ex) {
					return ended(directory, ex);
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
				return ended(file, problem);
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
					throws IOException {
				return (problem != null) ? ended(directory, problem) : FileVisitResult.CONTINUE;
			}

			private FileVisitResult ended(Path path, IOException problem) throws IOException {
				if (path.equals(root) || Files.exists(path)) {
					throw problem;
				}
				return FileVisitResult.SKIP_SUBTREE;
			}

		});
	}

}
