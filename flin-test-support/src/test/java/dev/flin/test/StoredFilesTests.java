package dev.flin.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.ResponseBody;

/** Files of records, from the upload to the last byte on disk. */
class StoredFilesTests {

	private static final Map<String, String> SOURCES = Map.of("entities/Doc.flin", """
			entity Folder {
			    name: text
			}
			entity Doc {
			    title: text @required
			    folder: Folder @on_delete(cascade)
			    file: file?
			    secret: text? @encrypted @unique
			    scan: file? @encrypted
			}
			""", "app/api/docs.flin", """
			route POST {
			    validate {
			        title: text @required
			        file: file @required
			    }
			    folder = Folder { name: body.title }
			    save folder
			    doc = Doc { title: body.title, folder: folder, file: body.file, scan: body.file, secret: body.title }
			    save doc
			    { url: doc.file.url, size: doc.file.size, shown: doc.file.size_formatted, type: doc.file.type }
			}
			""", "app/api/docs/[id].flin", """
			route GET {
			    doc = Doc.find(params.id)
			    if doc == none {
			        return error(404, "No such document")
			    }
			    doc.scan
			}
			""", "app/api/find.flin", """
			route GET { { found: Doc.where(secret == query.secret).count } }
			""", "app/api/erase.flin", """
			route POST {
			    destroy Folder.find(1)
			    { left: Doc.count }
			}
			""");

	@TempDir
	private Path directory;

	private FlinEngine engine = FlinEngine.builder().build();

	@AfterEach
	void close() {
		this.engine.close();
	}

	private void start() {
		this.engine.close();
		this.engine = FlinEngine.builder()
			.root(SourceRoot.of(() -> SOURCES))
			.dataDirectory(this.directory)
			.property("flin.store.encryption.keys.k1", Base64.getEncoder().encodeToString(new byte[32]))
			.property("flin.session.secret", "a secret of at least 32 characters")
			.build()
			.requireNoErrors();
	}

	private String upload(String title, String content) {
		String body = """
				--XBOUND
				Content-Disposition: form-data; name="title"

				%s
				--XBOUND
				Content-Disposition: form-data; name="file"; filename="%s plan.txt"
				Content-Type: text/plain

				%s
				--XBOUND--
				""".formatted(title, title, content).replace("\n", "\r\n");
		HttpResponse response = this.engine.handle(HttpRequest.of("POST", "/api/docs",
				HttpFields.of("Content-Type", "multipart/form-data; boundary=XBOUND"), body));
		assertThat(response.status()).as(text(response)).isEqualTo(200);
		return text(response);
	}

	private HttpResponse get(String path) {
		return this.engine.handle(HttpRequest.of("GET", path, HttpFields.of("Accept", "application/json"), ""));
	}

	private static String text(HttpResponse response) {
		return switch (response.body()) {
			case ResponseBody.Bytes(byte[] array, int length) -> new String(array, 0, length, StandardCharsets.UTF_8);
			case ResponseBody.Stream stream -> throw new AssertionError("a stream instead of a file");
			case ResponseBody.Content(var file, boolean asset) -> {
				try (InputStream content = file.open()) {
					yield new String(content.readAllBytes(), StandardCharsets.UTF_8);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
		};
	}

	private static String url(String json) {
		Matcher matcher = Pattern.compile("\"url\":\\s*\"([^\"]+)\"").matcher(json);
		assertThat(matcher.find()).as(json).isTrue();
		return matcher.group(1);
	}

	/** The files of the data directory in which a marker stands. */
	private List<Path> filesWith(String marker) throws IOException {
		try (Stream<Path> files = Files.walk(this.directory)) {
			return files.filter(Files::isRegularFile).filter((file) -> contains(file, marker)).toList();
		}
	}

	private static boolean contains(Path file, String marker) {
		try {
			return Files.readString(file, StandardCharsets.ISO_8859_1).contains(marker);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void aStoredFileHasAnAddressThatStreamsItAndNobodyGuesses() {
		start();
		String answer = upload("Yearly", "milk and tea");
		assertThat(answer).contains("\"size\":12", "\"shown\":\"12 B\"", "\"type\":\"text/plain\"");
		String url = url(answer);
		assertThat(url).startsWith("/_flin/files/Doc/1/1/file/").endsWith("/Yearly%20plan.txt");
		start();
		HttpResponse file = get(url);
		assertThat(file.status()).isEqualTo(200);
		assertThat(file.body()).isInstanceOf(ResponseBody.Content.class);
		assertThat(text(file)).isEqualTo("milk and tea");
		assertThat(file.headers().first("Content-Type")).isEqualTo("text/plain");
		assertThat(file.headers().first("Content-Length")).isEqualTo("12");
		assertThat(get(url.replace("/Doc/1/1/file/", "/Doc/1/1/scan/")).status()).isEqualTo(404);
		assertThat(get(url.replace("/Doc/1/", "/Doc/2/")).status()).isEqualTo(404);
		assertThat(get(url.replaceFirst("file/.", "file/_")).status()).isEqualTo(404);
	}

	@Test
	void aRouteStreamsTheFileOfAnEncryptedField() {
		start();
		upload("Yearly", "milk and tea");
		HttpResponse file = get("/api/docs/1");
		assertThat(text(file)).isEqualTo("milk and tea");
		assertThat(file.headers().first("Content-Disposition")).contains("Yearly plan.txt");
		assertThat(text(get("/api/find?secret=Yearly"))).isEqualTo("{\"found\":1}");
	}

	@Test
	void nothingIsLeftOnDiskAfterADestroyThatCascades() throws IOException {
		start();
		String url = url(upload("MARKER", "MARKER in the file ".repeat(2)));
		upload("OTHER", "OTHER in the file");
		this.engine.close();
		assertThat(filesWith("MARKER")).isNotEmpty();
		start();
		HttpResponse response = this.engine.handle(HttpRequest.of("POST", "/api/erase",
				HttpFields.of("Accept", "application/json"), ""));
		assertThat(text(response)).isEqualTo("{\"left\":1}");
		this.engine.close();
		assertThat(filesWith("MARKER")).isEmpty();
		assertThat(filesWith("OTHER")).isNotEmpty();
		start();
		assertThat(get(url).status()).isEqualTo(404);
		assertThat(get("/api/docs/1").status()).isEqualTo(404);
		assertThat(text(get("/api/docs/2"))).isEqualTo("OTHER in the file");
	}

}
