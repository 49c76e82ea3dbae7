package dev.flin.autoconfigure.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;

/** Addresses of kept files in a directory that end with their time. */
class SignedAddressTests {

	@TempDir
	private Path directory;

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private FlinEngine engine;

	@BeforeEach
	void open() {
		this.engine = FlinEngine.builder()
			.root(SourceRoot.of(() -> Map.of("app/up.flin", """
					route POST {
						kept = save_file(body.f, "docs")
						{ url: signed_url(kept, 10.minutes), own: kept.url }
					}
					""", "app/path.flin", "route GET { { url: signed_url(\"/files/7\") } }\n", "app/bad.flin",
					"route POST { { url: signed_url(body.f) } }\n", "app/into.flin",
					"route POST { save_file(body.f, body.dir) }\n", "app/name.flin",
					"route POST { sanitize_filename(body).len }\n")))
			.dataDirectory(this.directory)
			.clock(() -> this.now)
			.compileExecutor(Runnable::run)
			.build()
			.requireNoErrors();
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void anAddressEndsWithItsTime() {
		String answer = upload("/up").text();
		String url = answer.substring(answer.indexOf("/_flin"), answer.indexOf("\","));
		HttpResponse file = get(url, HttpFields.EMPTY);
		assertThat(file.status()).isEqualTo(200);
		assertThat(file.headers().first("Cache-Control")).isEqualTo("private, no-store");
		assertThat(file.headers().first("Content-Disposition")).contains("filename=\"a_b.txt\"");
		HttpResponse part = get(url, HttpFields.of("Range", "bytes=1-2"));
		assertThat(part.status()).isEqualTo(206);
		String later = url.replaceFirst("/storage/\\d+", "/storage/9999999999");
		String bare = url.replaceFirst("/storage/\\d+~", "/storage/");
		for (String changed : List.of(later, bare, url.replaceFirst("~.", "~"), url + "x")) {
			assertThat(get(changed, HttpFields.EMPTY).status()).as(changed).isEqualTo(404);
		}
		this.now = this.now.plusSeconds(600);
		assertThat(get(url, HttpFields.EMPTY).status()).isEqualTo(404);
		String own = answer.substring(answer.lastIndexOf("/_flin"), answer.lastIndexOf('"'));
		assertThat(get(own, HttpFields.EMPTY).status()).isEqualTo(200);
	}

	@Test
	void pathsAreSignedAsBefore() {
		assertThat(get("/path", HttpFields.EMPTY).text()).contains("/files/7?expires=");
	}

	/** To look for what is at the end of a text from each of its characters takes hours. */
	@Test
	@Timeout(30)
	void charactersThatAreCutOffAtAnEndTakeNoTime() {
		String parts = "--x\r\nContent-Disposition: form-data; name=\"dir\"\r\n\r\na" + "/".repeat(1_500_000)
				+ "a\r\n--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nx\r\n--x--\r\n";
		assertThat(this.engine
			.handle(HttpRequest.of("POST", "/into", HttpFields.of("Content-Type", "multipart/form-data; boundary=x"),
					parts))
			.status()).isEqualTo(500);
		assertThat(this.engine
			.handle(HttpRequest.of("POST", "/name", HttpFields.of("Content-Type", "text/plain"),
					"a" + ".".repeat(1_500_000) + "a"))
			.status()).isEqualTo(200);
	}

	@Test
	void whatIsNotKeptHasNoAddress() {
		assertThat(upload("/bad").status()).isEqualTo(500);
	}

	private HttpResponse upload(String path) {
		String body = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a b.txt\"\r\n"
				+ "Content-Type: text/plain\r\n\r\nhello\r\n--x--\r\n";
		return this.engine
			.handle(HttpRequest.of("POST", path, HttpFields.of("Content-Type", "multipart/form-data; boundary=x"),
					body));
	}

	private HttpResponse get(String path, HttpFields fields) {
		return this.engine.handle(HttpRequest.of("GET", path, fields, ""));
	}

}
