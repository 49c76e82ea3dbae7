package dev.flin.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

import dev.flin.store.engine.Stores;
import dev.flin.store.fs.RealFileSystem;

/** A process that writes until it is killed, and says what was acknowledged. */
public final class Killed {

	private Killed() {
	}

	/**
	 * Writes pairs of records whose prices add up to nothing, and after each commit its number.
	 * @param arguments the data directory and a seed
	 */
	public static void main(String[] arguments) {
		StoreConfig config = StoreConfig.defaults().withLog(64 << 10, 32 << 10);
		Random random = new Random(Long.parseLong(arguments[1]));
		PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true,
				StandardCharsets.US_ASCII);
		Store store = Stores.open(new RealFileSystem(Path.of(arguments[0])), config, Shop.SCHEMA, new ManualClock());
		while (true) {
			long amount = random.nextInt(1000);
			try (WriteTransaction tx = store.begin(null)) {
				RecordVersion one = tx.insert("Product", Shop.product("plus", null, amount, null), null);
				RecordVersion two = tx.insert("Product", Shop.product("minus", null, -amount, null), null);
				if (one.id() > 2) {
					tx.update("Product", one.id() - 2, Shop.product("plus", null, amount, null), null);
					tx.update("Product", two.id() - 2, Shop.product("minus", null, -amount, null), null);
				}
				tx.commit();
				out.println(two.id());
			}
		}
	}

}
