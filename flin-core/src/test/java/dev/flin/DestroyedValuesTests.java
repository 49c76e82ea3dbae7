package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

import com.github.luben.zstd.ZstdInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.flin.store.StoreConfig;
import dev.flin.store.StoreKeys;
import dev.flin.store.engine.Salvage;
import dev.flin.store.fs.RealFileSystem;
import dev.flin.value.EntityInstance;
import dev.flin.value.FileValue;

/**
 * A record with values wherever an application can put them leaves nothing behind in its directory, whatever happened
 * to it before: other files of the directory are searched too, and what is compressed in them.
 */
class DestroyedValuesTests {

	private static final String MARKER = "xmarkerx";

	private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

	private static final byte[] FRAME = { 0x28, (byte) 0xB5, 0x2F, (byte) 0xFD };

	private static final String PERSON = """
			entity Boss { name: text @index }
			entity Person {
			    name: text @index
			    email: text @unique
			    nick: text
			    bio: text
			    secret: text @encrypted @unique
			    passport: file? @encrypted
			    photo: file?
			    notes: any
			    boss: Boss?
			    label: text => name.upper @index
			    @index(name, email)
			}
			entity Audit { person: Person? @on_delete(set_null), what: text }
			""";

	/** With another name, without a field, and with one of another type. */
	private static final String LATER = PERSON.replace("nick: text", "alias: text @was(\"nick\") @unique")
		.replace("    bio: text\n", "")
		.replace("email: text @unique", "email: text? @unique");

	private static final String MIGRATION = """
			migrate {
			    for p in Person.with_deleted {
			        p.alias = "{old_record(p).nick} of {p.id}"
			        save p
			    }
			}
			""";

	@TempDir
	private Path directory;

	private final Map<String, String> sources = new LinkedHashMap<>(Map.of("entities/Person.flin", PERSON));

	private FlinEngine start(Path data) {
		return FlinEngine.builder()
			.root(SourceRoot.of(() -> this.sources))
			.dataDirectory(data)
			.properties(Map.of("flin.store.archive-log", "true", "flin.store.encryption.key-id", "k",
					"flin.store.encryption.keys.k", KEY))
			.compileExecutor(Runnable::run)
			.build()
			.requireNoErrors();
	}

	private static FileValue file(String text) {
		byte[] content = (text + "\n").repeat(300).getBytes(StandardCharsets.UTF_8);
		return new FileValue(text + ".txt", "text/plain", content.length, null,
				() -> new ByteArrayInputStream(content));
	}

	private static Map<String, Object> values(String mark, EntityInstance boss) {
		return Map.of("name", mark + " name", "email", mark + "@example.org", "nick", mark + " nick", "bio",
				mark + " bio", "secret", mark + " secret", "passport", file(mark + " passport"), "photo",
				file(mark + " photo"), "notes", List.of(mark, Map.of(mark, List.of(mark + " deep"))), "boss", boss);
	}

	/** Records with versions, valid times, deletions, holds, and one beside them that stays. */
	private static void fill(FlinStore store) {
		EntityInstance boss = store.create("Boss", Map.of("name", "the boss"));
		store.create("Person", values("staying", boss));
		EntityInstance person = store.create("Person", values(MARKER, boss));
		store.create("Audit", Map.of("person", person, "what", "created"));
		store.update(person, Map.of("name", MARKER + " later", "nick", MARKER + " later"));
		store.hold(person, "because of " + MARKER);
		store.release(person);
		store.delete(person);
		store.restore(person);
		person = person(store);
		person.set(person.shape().slotOf("name"), MARKER + " valid");
		store.save(person, Instant.parse("2020-01-01T00:00:00Z"),
				Instant.parse("2030-01-01T00:00:00Z"));
	}

	private static EntityInstance person(FlinStore store) {
		return Objects.requireNonNull(store.find("Person", 2));
	}

	private static void destroy(FlinStore store) {
		store.destroy(person(store));
	}

	private static List<Path> files(Path data) throws IOException {
		try (Stream<Path> files = Files.walk(data)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

	/** The files that have a text, as it is or in something compressed, whatever its case, or in their names. */
	private static List<String> filesWith(Path data, String text) throws IOException {
		List<String> found = new ArrayList<>();
		for (Path file : files(data)) {
			byte[] bytes = Files.readAllBytes(file);
			if (has(bytes, text) || file.getFileName().toString().contains(text)) {
				found.add(data.relativize(file).toString());
			}
			for (int at = 0; at + FRAME.length <= bytes.length; at++) {
				if (bytes[at] == FRAME[0] && bytes[at + 1] == FRAME[1] && bytes[at + 2] == FRAME[2]
						&& bytes[at + 3] == FRAME[3] && has(decompressed(bytes, at), text)) {
					found.add(data.relativize(file) + ", compressed");
				}
			}
		}
		return found;
	}

	private static boolean has(byte[] bytes, String text) {
		return new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT).contains(text);
	}

	private static byte[] decompressed(byte[] bytes, int at) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(bytes, at, bytes.length - at))) {
			in.transferTo(content);
		}
		catch (IOException ex) {
			assertThat(content.size()).as("what follows a frame is none: " + ex.getMessage()).isNotNegative();
		}
		return content.toByteArray();
	}

	private static void copy(Path from, Path to) throws IOException {
		for (Path file : files(from)) {
			Path target = to.resolve(from.relativize(file).toString());
			Files.createDirectories(target.getParent());
			Files.copy(file, target);
		}
	}

	@Test
	void nothingIsLeftOfWhatWasKeptInAnyWay() throws IOException {
		Path data = this.directory.resolve("data");
		try (FlinEngine engine = start(data)) {
			fill(engine.store());
		}
		assertThat(filesWith(data, MARKER)).anyMatch((name) -> name.endsWith("store.mv"))
			.anyMatch((name) -> name.startsWith("archive/") && name.endsWith("compressed"))
			.anyMatch((name) -> name.startsWith("blobs/") && name.endsWith("compressed"));
		try (FlinEngine engine = start(data)) {
			destroy(engine.store());
		}
		assertThat(filesWith(data, MARKER)).isEmpty();
		assertThat(filesWith(data, "staying")).hasSizeGreaterThan(2);
	}

	@Test
	void norOfWhatWasRenamedRemovedOrMigrated() throws IOException {
		Path data = this.directory.resolve("data");
		try (FlinEngine engine = start(data)) {
			fill(engine.store());
		}
		this.sources.put("entities/Person.flin", LATER);
		this.sources.put("migrations/2026-11-22-aliases.flin", MIGRATION);
		try (FlinEngine engine = start(data)) {
			FlinStore store = engine.store();
			assertThat(store.get(person(store), "alias")).isEqualTo(MARKER + " later of 2");
		}
		try (FlinEngine engine = start(data)) {
			destroy(engine.store());
		}
		assertThat(filesWith(data, MARKER)).isEmpty();
		assertThat(filesWith(data, "staying")).hasSizeGreaterThan(2);
	}

	@Test
	void norAfterItWasKilledAndRecovered() throws IOException {
		Path killed = this.directory.resolve("killed");
		Path recovered = this.directory.resolve("recovered");
		try (FlinEngine engine = start(this.directory.resolve("data"))) {
			fill(engine.store());
			copy(this.directory.resolve("data"), killed);
			StoreConfig config = StoreConfig.defaults()
				.withKeys(StoreKeys.with(new Random(5)).withFieldKeys(Map.of("k", KEY), "k"));
			assertThat(Salvage.run(new RealFileSystem(killed), new RealFileSystem(recovered), config,
					Clock.systemUTC()).records()).isEqualTo(4);
		}
		Files.writeString(killed.resolve("recovery.json"), "{ \"values\": { \"name\": \"" + MARKER + "\" } }");
		for (Path data : List.of(killed, recovered)) {
			assertThat(filesWith(data, MARKER)).isNotEmpty();
			try (FlinEngine engine = start(data)) {
				destroy(engine.store());
			}
			assertThat(filesWith(data, MARKER)).as(data.toString()).isEmpty();
			assertThat(filesWith(data, "staying")).as(data.toString()).hasSizeGreaterThan(1);
		}
	}

}
