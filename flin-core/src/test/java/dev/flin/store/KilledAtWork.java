package dev.flin.store;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import dev.flin.store.engine.Backups;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.RealFileSystem;
import dev.flin.store.fs.StoreFile;

/**
 * A process that migrates, destroys, backs up or recovers until it is killed. It says each operation on its files
 * before it does it, and in the end that it is done.
 */
public final class KilledAtWork {

	static final StoreConfig CONFIG = StoreConfig.defaults().withLog(16 << 10, 1 << 20).withArchiveLog(true);

	static final StoreSchema LATER = new StoreSchema(List.of(Shop.MAKER, EntitySchema.of("Product",
			FieldSchema.required("name", FieldType.TEXT).asIndexed(),
			FieldSchema.required("price", FieldType.INT).asIndexed(),
			FieldSchema.required("stock", FieldType.INT).asIndexed().withInitial(7L))));

	static final String DONE = "done";

	/** What the process does. */
	enum Work {

		RECOVER, MIGRATE, MIGRATE_WITH_CODE, DESTROY, BACK_UP

	}

	private KilledAtWork() {
	}

	/**
	 * Does one work and closes the store.
	 * @param arguments the data directory, the folder of backups and the work
	 * @throws IOException when a backup cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true,
				StandardCharsets.US_ASCII);
		FileSystem files = new Telling(new RealFileSystem(Path.of(arguments[0])), out);
		FileSystem folder = new Telling(new RealFileSystem(Path.of(arguments[1])), out);
		switch (Work.valueOf(arguments[2].toUpperCase(Locale.ROOT))) {
			case RECOVER -> open(files, Shop.SCHEMA).close();
			case MIGRATE -> open(files, LATER).close();
			case MIGRATE_WITH_CODE -> migrate(files);
			case DESTROY -> destroy(files);
			case BACK_UP -> backUp(files, folder);
		}
		out.println(DONE);
	}

	static Store open(FileSystem files, StoreSchema schema) {
		return Stores.open(files, CONFIG, schema, new ManualClock());
	}

	private static void migrate(FileSystem files) {
		try (Store store = Stores.openUnchanged(files, CONFIG, new ManualClock())) {
			store.migrate(LATER, List.of(new MigrationStep("stocks", (old) -> {
				for (RecordVersion product : old.query(Query.of("Product")).toList()) {
					try (WriteTransaction tx = store.begin("migration")) {
						Object price = product.value(Shop.PRICE);
						tx.update("Product", product.id(), new Object[] { product.value(Shop.NAME), price, price },
								null);
						tx.commit();
					}
				}
			})));
		}
	}

	private static void destroy(FileSystem files) {
		try (Store store = open(files, Shop.SCHEMA)) {
			Shop.destroy(store, 1);
			store.eraseDestroyed();
			Shop.destroy(store, 2);
		}
	}

	private static void backUp(FileSystem files, FileSystem folder) throws IOException {
		Backups backups = new Backups(folder);
		try (Store store = open(files, Shop.SCHEMA)) {
			backups.full(store, "1" + Backups.SUFFIX, null, new Random(1));
			Shop.insert(store, "after the first piece", null, 0);
			store.checkpoint();
			backups.incremental(store, "2" + Backups.SUFFIX, "1" + Backups.SUFFIX, null, new Random(2));
		}
	}

	/** Files that tell each operation. */
	private static final class Telling extends OtherFiles {

		private final PrintStream out;

		Telling(FileSystem files, PrintStream out) {
			super(files);
			this.out = out;
		}

		@Override
		public void delete(String name) throws IOException {
			this.out.println("delete");
			super.delete(name);
		}

		@Override
		public void rename(String from, String to) throws IOException {
			this.out.println("rename");
			super.rename(from, to);
		}

		@Override
		StoreFile wrap(String name, StoreFile file) {
			PrintStream teller = this.out;
			return new OtherFile(file) {
				@Override
				public void write(ByteBuffer bytes, long position) throws IOException {
					teller.println("write");
					super.write(bytes, position);
				}

				@Override
				public void force(boolean metadata) throws IOException {
					teller.println("force");
					super.force(metadata);
				}
			};
		}

	}

}
