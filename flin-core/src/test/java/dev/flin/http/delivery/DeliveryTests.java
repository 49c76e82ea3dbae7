package dev.flin.http.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.RequestBody;
import dev.flin.http.ResponseBody;
import dev.flin.value.FileValue;

/** How answers travel: parts of files, validators, compression, names of files, signed addresses, uploads. */
class DeliveryTests {

	private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

	private final Map<String, String> files = new LinkedHashMap<>();

	private final FlinEngine.Builder builder = FlinEngine.builder().clock(() -> this.now);

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private @Nullable FlinEngine engine;

	@AfterEach
	void close() {
		if (this.engine != null) {
			this.engine.close();
		}
	}

	private FlinEngine engine() {
		FlinEngine known = this.engine;
		if (known == null) {
			known = this.builder.root(SourceRoot.of(() -> this.files)).build().requireNoErrors();
			this.engine = known;
		}
		return known;
	}

	private HttpResponse send(String method, String target, String... headers) {
		return engine().handle(HttpRequest.of(method, target, HttpFields.of(headers), ""));
	}

	private HttpResponse get(String target, String... headers) {
		return send("GET", target, headers);
	}

	private static @Nullable String header(HttpResponse response, String name) {
		return response.headers().first(name);
	}

	private static byte[] bytes(HttpResponse response) {
		return switch (response.body()) {
			case ResponseBody.Bytes bytes -> Arrays.copyOf(bytes.array(), bytes.length());
			case ResponseBody.Content content -> read(content.file());
			case ResponseBody.Stream stream -> new byte[0];
		};
	}

	private static byte[] read(FileValue file) {
		try (InputStream in = file.open()) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String body(HttpResponse response) {
		return new String(bytes(response), StandardCharsets.UTF_8);
	}

	private static String unzipped(HttpResponse response) {
		try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes(response)))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Ranges

	@ParameterizedTest
	@CsvSource({ "bytes=0-3, abcd, 0-3", "bytes=23-, xyz, 23-25", "bytes=-2, yz, 24-25", "bytes=24-999, yz, 24-25",
			"bytes=-999, " + LETTERS + ", 0-25", "'bytes=100-, 5-6', fg, 5-6" })
	void aPartOfAFile(String range, String content, String place) {
		this.files.put("public/letters.txt", LETTERS);
		HttpResponse part = get("/letters.txt", "Range", range);
		assertThat(part.status()).isEqualTo(206);
		assertThat(body(part)).isEqualTo(content);
		assertThat(header(part, "Content-Range")).isEqualTo("bytes " + place + "/26");
		assertThat(header(part, "Content-Length")).isEqualTo(Integer.toString(content.length()));
	}

	@Test
	void filesThatLieThereCompressedAreSentAsTheyAre() {
		this.files.put("public/app.js", "x".repeat(3000));
		this.files.put("public/app.js.br", "brotli");
		this.files.put("public/app.js.gz", "zipped");
		this.files.put("public/other.js", "y".repeat(3000));
		HttpResponse best = get("/app.js", "Accept-Encoding", "gzip, deflate, br");
		assertThat(header(best, "Content-Encoding")).isEqualTo("br");
		assertThat(header(best, "Content-Length")).isEqualTo("6");
		assertThat(header(best, "Content-Type")).startsWith("text/javascript");
		assertThat(header(best, "Vary")).contains("Accept-Encoding");
		assertThat(body(best)).isEqualTo("brotli");
		String tag = String.valueOf(header(best, "ETag"));
		assertThat(tag).startsWith("W/");
		assertThat(get("/app.js", "Accept-Encoding", "br", "If-None-Match", tag).status()).isEqualTo(304);
		assertThat(body(get("/app.js", "Accept-Encoding", "br;q=0, gzip"))).isEqualTo("zipped");
		assertThat(body(get("/app.js", "Accept-Encoding", "br;q=0.5, gzip"))).isEqualTo("zipped");
		assertThat(header(get("/app.js", "Accept-Encoding", "gzip;q=0.5, br;q=0.8"), "Content-Encoding"))
			.isEqualTo("br");
		assertThat(header(get("/app.js", "Accept-Encoding", "identity, br;q=0.5, gzip;q=0.2"), "Content-Encoding"))
			.isNull();
		assertThat(body(get("/app.js"))).startsWith("xxx");
		assertThat(header(get("/app.js", "Accept-Encoding", "br", "Range", "bytes=0-1"), "Content-Encoding")).isNull();
		assertThat(header(get("/other.js", "Accept-Encoding", "br"), "Content-Encoding")).isNull();
		assertThat(header(get("/other.js", "Accept-Encoding", "br, gzip"), "Content-Encoding")).isEqualTo("gzip");
	}

	@Test
	void severalPartsOfAFile() {
		this.files.put("public/letters.txt", LETTERS);
		HttpResponse parts = get("/letters.txt", "Range", "bytes=0-1, -1");
		String boundary = String.valueOf(header(parts, "Content-Type")).replace("multipart/byteranges; boundary=", "");
		assertThat(parts.status()).isEqualTo(206);
		assertThat(body(parts)).isEqualTo("\r\n--" + boundary
				+ "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 0-1/26\r\n\r\nab\r\n--"
						+ boundary
				+ "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 25-25/26\r\n\r\nz\r\n--"
						+ boundary
				+ "--\r\n");
		assertThat(header(parts, "Content-Length")).isEqualTo(Integer.toString(bytes(parts).length));
	}

	@Test
	void aRangeBehindTheEndCannotBeGiven() {
		this.files.put("public/letters.txt", LETTERS);
		for (String range : List.of("bytes=26-", "bytes=99999999999999999999-", "bytes=-0")) {
			HttpResponse refused = get("/letters.txt", "Range", range);
			assertThat(refused.status()).isEqualTo(416);
			assertThat(header(refused, "Content-Range")).isEqualTo("bytes */26");
		}
		assertThat(header(get("/letters.txt", "Range", "bytes=24-99999999999999999999"), "Content-Range"))
			.isEqualTo("bytes 24-25/26");
		assertThat(body(get("/letters.txt", "Range", "bytes=-99999999999999999999"))).isEqualTo(LETTERS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes=", "bytes=a-b", "bytes=5-2", "lines=1-2", "bytes=0-25,0-25", "bytes=--1",
			"bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,10-10,11-11,12-12,13-13,14-14,15-15,16-16" })
	void aRangeThatMakesNoSenseOrTooMuchWorkIsIgnored(String range) {
		this.files.put("public/letters.txt", LETTERS);
		HttpResponse whole = get("/letters.txt", "Range", range);
		assertThat(whole.status()).isEqualTo(200);
		assertThat(body(whole)).isEqualTo(LETTERS);
	}

	@Test
	void aPartIsGivenOnlyOfTheFileThatTheClientKnows() {
		this.files.put("public/letters.txt", LETTERS);
		String tag = String.valueOf(header(get("/letters.txt"), "ETag"));
		assertThat(get("/letters.txt", "Range", "bytes=0-1", "If-Range", tag).status()).isEqualTo(206);
		assertThat(get("/letters.txt", "Range", "bytes=0-1", "If-Range", "\"other\"").status()).isEqualTo(200);
		assertThat(get("/letters.txt", "Range", "bytes=0-1", "If-Range", "W/" + tag).status()).isEqualTo(200);
	}

	@Test
	void headAndJsonHaveNoParts() {
		this.files.put("public/letters.txt", LETTERS);
		this.files.put("app/data.flin", "route GET { { a: 1 } }\n");
		HttpResponse head = send("HEAD", "/letters.txt", "Range", "bytes=0-1");
		assertThat(head.status()).isEqualTo(200);
		assertThat(header(head, "Accept-Ranges")).isEqualTo("bytes");
		assertThat(header(head, "Content-Length")).isEqualTo("26");
		assertThat(get("/data", "Range", "bytes=0-1").status()).isEqualTo(200);
	}

	// Validators

	@Test
	void whatTheClientHasIsNotSentAgain() {
		this.files.put("public/letters.txt", LETTERS);
		this.files.put("app/data.flin", "route GET { { a: 1 } }\nroute POST { { a: 1 } }\n");
		for (String target : List.of("/letters.txt", "/data")) {
			String tag = String.valueOf(header(get(target), "ETag"));
			HttpResponse known = get(target, "If-None-Match", "\"x\", " + tag);
			assertThat(known.status()).isEqualTo(304);
			assertThat(bytes(known)).isEmpty();
			assertThat(header(known, "ETag")).isEqualTo(tag);
			assertThat(header(known, "Content-Type")).isNull();
			assertThat(header(known, "X-Content-Type-Options")).isEqualTo("nosniff");
			assertThat(send("HEAD", target, "If-None-Match", "*").status()).isEqualTo(304);
			assertThat(get(target, "If-None-Match", "\"x\"").status()).isEqualTo(200);
		}
		assertThat(header(send("POST", "/data"), "ETag")).isNull();
	}

	@Test
	void datesOfTheProgramCount() {
		this.files.put("app/data.flin", """
				route GET { response { body: 1 headers: { "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT" } } }
				""");
		assertThat(get("/data", "If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT").status()).isEqualTo(304);
		assertThat(get("/data", "If-Modified-Since", "Wed, 31 Dec 2025 23:59:59 GMT").status()).isEqualTo(200);
		assertThat(get("/data", "If-Modified-Since", "yesterday").status()).isEqualTo(200);
	}

	@Test
	void pagesThatAreDifferentEachTimeHaveNoValidator() {
		this.files.put("app/index.flin", "<h1>A</h1>\n<script>a()</script>\n");
		assertThat(header(get("/"), "ETag")).isNull();
	}

	// Compression

	@Test
	void longTextsAreCompressed() {
		this.files.put("app/data.flin", "route GET { text(\"long \".repeat(500)) }\n");
		HttpResponse small = get("/data", "Accept-Encoding", "br, gzip;q=0.8");
		assertThat(header(small, "Content-Encoding")).isEqualTo("gzip");
		assertThat(unzipped(small)).isEqualTo("long ".repeat(500));
		assertThat(header(small, "Vary")).contains("Accept-Encoding");
		HttpResponse plain = get("/data");
		assertThat(header(plain, "Content-Encoding")).isNull();
		assertThat(header(plain, "Vary")).as("caches must know in both cases").contains("Accept-Encoding");
		assertThat(header(get("/data", "Accept-Encoding", "gzip;q=0"), "Content-Encoding")).isNull();
	}

	@Test
	void filesAreCompressedUnlessTheyAreAlready() {
		this.files.put("public/app.css", "a { color: red }\n".repeat(200));
		this.files.put("public/photo.jpg", "x".repeat(4000));
		this.files.put("public/tiny.txt", "x");
		HttpResponse css = get("/app.css", "Accept-Encoding", "gzip");
		assertThat(unzipped(css)).startsWith("a { color");
		assertThat(header(css, "ETag")).startsWith("W/");
		assertThat(get("/app.css", "Accept-Encoding", "gzip", "If-None-Match", String.valueOf(header(css, "ETag")))
			.status()).isEqualTo(304);
		assertThat(header(get("/photo.jpg", "Accept-Encoding", "gzip"), "Content-Encoding")).isNull();
		assertThat(header(get("/tiny.txt", "Accept-Encoding", "gzip"), "Content-Encoding")).isNull();
		HttpResponse part = get("/app.css", "Accept-Encoding", "gzip", "Range", "bytes=0-1");
		assertThat(header(part, "Content-Encoding")).isNull();
		assertThat(body(part)).isEqualTo("a ");
	}

	@Test
	void compressionCanBeSwitchedOff() {
		this.builder.property("flin.web.compression", "false");
		this.files.put("app/data.flin", "route GET { text(\"long \".repeat(500)) }\n");
		assertThat(header(get("/data", "Accept-Encoding", "gzip"), "Content-Encoding")).isNull();
	}

	// Files of public/

	@Test
	void aNameWithTheDigestMayBeKeptForEver() {
		this.files.put("public/css/my app.css", "a { color: red }");
		this.files.put("app/link.flin", "route GET { text(asset_url(\"css/my app.css\")) }\n");
		String url = body(get("/link"));
		assertThat(url).matches("/css/my%20app-[0-9a-f]{16}\\.css");
		HttpResponse file = get(url);
		assertThat(body(file)).isEqualTo("a { color: red }");
		assertThat(header(file, "Cache-Control")).contains("immutable", "max-age=31536000");
		assertThat(header(get("/css/my%20app.css"), "Cache-Control")).isEqualTo("public, no-cache");
	}

	@Test
	void aNameWithAnotherDigestIsNotKept() {
		this.files.put("public/app.css", "a { color: red }");
		HttpResponse file = get("/app-0123456789abcdef.css");
		assertThat(file.status()).isEqualTo(200);
		assertThat(header(file, "Cache-Control")).isEqualTo("public, no-cache");
	}

	@Test
	void aMissingFileIsAnErrorNotADeadLink() {
		this.files.put("app/link.flin", "route GET { text(asset_url(\"nothing.css\")) }\n");
		assertThat(get("/link").status()).isEqualTo(500);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/../app/secret.flin", "/%2e%2e/app/secret.flin", "/..%2fapp%2fsecret.flin",
			"/%2e%2e%2fapp/secret.flin", "/a/..%5c..%5capp/secret.flin", "/.%00/letters.txt",
			"/%252e%252e/app/secret.flin",
			"//letters.txt", "/./letters.txt", "/letters.txt%00.css", "/app/secret.flin", "/..;/app/secret.flin",
			"/letters-..%2f..%2f0123456789abcdef.txt" })
	void noPathLeadsOutOfPublic(String path) {
		this.files.put("public/letters.txt", LETTERS);
		this.files.put("app/secret.flin", "secret = \"4711\"\nroute GET { 1 }\n");
		HttpResponse response = get(path);
		assertThat(response.status()).isIn(400, 404);
		assertThat(body(response)).doesNotContain("4711").doesNotContain(LETTERS);
	}

	@Test
	void filesAreOnlyRead() {
		this.files.put("public/letters.txt", LETTERS);
		HttpResponse refused = send("POST", "/letters.txt");
		assertThat(refused.status()).isEqualTo(405);
		assertThat(header(refused, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
		assertThat(send("OPTIONS", "/letters.txt").status()).isEqualTo(204);
	}

	// Signed addresses

	private String signed() {
		this.files.put("app/link.flin", "route GET { text(signed_url(\"/files/7?kind=pdf\", 10m)) }\n");
		this.files.put("app/files/[id].flin", "guard signed\nroute GET { text(params.id ++ (query.kind || \"\")) }\n");
		return body(get("/link"));
	}

	@Test
	void aSignedAddressIsGoodUntilItsTimeIsOver() {
		String url = signed();
		assertThat(body(get(url))).isEqualTo("7pdf");
		this.now = this.now.plusSeconds(599);
		assertThat(get(url).status()).isEqualTo(200);
		this.now = this.now.plusSeconds(1);
		assertThat(get(url).status()).isEqualTo(403);
	}

	@Test
	void aSignedAddressThatWasChangedIsNot() {
		String url = signed();
		int at = url.indexOf("expires=") + "expires=".length();
		for (String forged : List.of("/files/7?kind=pdf", url.replace("/7", "/8"), url.replace("pdf", "exe"),
				url.substring(0, at) + "9" + url.substring(at), url.substring(0, url.length() - 1), url + "x",
				url + "&kind=exe", url.replace("kind=pdf", "kind=pdf&kind=exe"), url.replace("/files/7", "/files/%37"),
				url.replaceAll("signature=.*", "signature="), url.replace("signature", "Signature"),
				"/files/8" + url.substring(url.indexOf('?')), url.replaceAll("&signature.*", ""))) {
			assertThat(get(forged).status()).as(forged).isEqualTo(403);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example/", "//evil.example/", "/a\\b", "/a b", "/a#b", "files/7" })
	void onlyOwnPathsAreSigned(String path) {
		this.files.put("app/link.flin", "route GET { text(signed_url(query.path)) }\n");
		assertThat(get("/link?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8)).status()).isEqualTo(500);
	}

	// Uploads

	private static byte[] form(String boundary, String... namesAndContents) {
		StringBuilder out = new StringBuilder();
		for (int i = 0; i < namesAndContents.length; i += 2) {
			out.append("--").append(boundary).append("\r\nContent-Disposition: form-data; ")
					.append(namesAndContents[i]);
			out.append("\r\n\r\n").append(namesAndContents[i + 1]).append("\r\n");
		}
		return out.append("--").append(boundary).append("--\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
	}

	private HttpResponse upload(byte[] body) {
		return engine().handle(HttpRequest.of("POST", "/up",
				HttpFields.of("Content-Type", "multipart/form-data; boundary=XX"), body));
	}

	@Test
	void aLargeUploadIsTakenThroughTheDisk() {
		this.files.put("app/up.flin", "route POST { response { body: body.f } }\n");
		String content = "0123456789\r\n--X\r\n".repeat(50_000);
		HttpResponse back = upload(form("XX", "name=\"a\"", "1", "name=\"f\"; filename=\"../../big.bin\"", content));
		assertThat(back.status()).isEqualTo(200);
		assertThat(bytes(back)).isEqualTo(content.getBytes(StandardCharsets.ISO_8859_1));
		assertThat(header(back, "Content-Disposition")).contains("filename=\"big.bin\"");
	}

	@Test
	void theLimitsOfUploads() {
		this.builder.property("flin.web.max-upload", "10KB").property("flin.web.max-body", "1KB");
		this.files.put("app/up.flin", "route POST { { size: body.f.size } }\n");
		assertThat(upload(form("XX", "name=\"f\"; filename=\"a\"", "x".repeat(9000))).status()).isEqualTo(200);
		assertThat(upload(form("XX", "name=\"f\"; filename=\"a\"", "x".repeat(11_000))).status()).isEqualTo(413);
		assertThat(upload(form("XX", "name=\"t\"", "x".repeat(2000))).status()).as("texts count as a body")
			.isEqualTo(413);
	}

	@Test
	void aBodyThatNeverEndsIsStopped() {
		this.files.put("app/up.flin", "route POST { 1 }\n");
		HttpFields type = HttpFields.of("Content-Type", "multipart/form-data; boundary=XX");
		RequestBody endless = () -> new InputStream() {

			@Override
			public int read() {
				return 'x';
			}

		};
		HttpResponse refused = engine()
			.handle(new HttpRequest("POST", "/up", "", type, endless, "127.0.0.1", false));
		assertThat(refused.status()).isEqualTo(413);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--XX", "--XX\r\n", "--XX\r\n\r\nx\r\n--XX--",
			"--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--",
			"--XXfoo\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--XX--",
			"--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nx", "no boundary at all" })
	void aMalformedFormIsTheClientsFault(String body) {
		this.files.put("app/up.flin", "route POST { 1 }\n");
		assertThat(upload(body.getBytes(StandardCharsets.ISO_8859_1)).status()).isEqualTo(400);
	}

}
