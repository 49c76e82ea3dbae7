package dev.flin.autoconfigure.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** More than an application can bear: it refuses, and goes on answering others. */
@ExtendWith(Target.Running.class)
class ExhaustionTests {

	private final Target target;

	ExhaustionTests(Target target) {
		this.target = target;
	}

	@Test
	void aBodyHasALimit() {
		assertThat(this.target.wire().post("/api/echo", "\"" + "x".repeat(70_000) + "\"").status()).isEqualTo(413);
		alive();
	}

	@Test
	void aBodyThatDoesNotSayHowLongItIsHasALimitToo() {
		StringBuilder request = new StringBuilder("POST /api/echo HTTP/1.1\r\nHost: localhost\r\n"
				+ "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
		for (int i = 0; i < 100; i++) {
			request.append("3e8\r\n").append("x".repeat(1000)).append("\r\n");
		}
		request.append("0\r\n\r\n");
		assertThat(raw(request.toString()).status()).isEqualTo(413);
		alive();
	}

	@Test
	void aLengthThatIsNotTrueDoesNotHelp() {
		assertThat(raw("POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
				+ "Content-Length: 99999999999\r\nConnection: close\r\n\r\nx").status()).isIn(400, 413);
		alive();
	}

	@Test
	void aBodyThatNeverEndsHoldsNobodyUp() throws IOException {
		Socket[] slow = new Socket[30];
		try {
			for (int i = 0; i < slow.length; i++) {
				slow[i] = new Socket(InetAddress.getLoopbackAddress(), this.target.port());
				slow[i].getOutputStream()
					.write(("POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
							+ "Content-Length: 1000\r\n\r\nslow").getBytes(StandardCharsets.US_ASCII));
			}
			alive();
		}
		finally {
			for (Socket socket : slow) {
				socket.close();
			}
		}
		alive();
	}

	@Test
	void headersThatNeverEndHoldNobodyUp() throws IOException {
		Socket[] slow = new Socket[30];
		try {
			for (int i = 0; i < slow.length; i++) {
				slow[i] = new Socket(InetAddress.getLoopbackAddress(), this.target.port());
				slow[i].getOutputStream().write("GET /open HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
			}
			alive();
		}
		finally {
			for (Socket socket : slow) {
				socket.close();
			}
		}
	}

	@Test
	void aCompressedBodyIsNotUnpacked() throws IOException {
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
			byte[] zeros = new byte[1 << 20];
			for (int i = 0; i < 30; i++) {
				gzip.write(zeros);
			}
		}
		byte[] head = ("POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
				+ "Content-Encoding: gzip\r\nConnection: close\r\nContent-Length: " + bomb.size() + "\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
		assertThat(this.target.wire().raw(Wire.join(head, bomb.toByteArray())).status()).isIn(400, 413, 415);
		alive();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "{\"a\":", "[[{\"b\":" })
	void jsonIsNotNestedForEver(String open) {
		String deep = open.repeat(20_000);
		assertThat(this.target.wire().post("/api/echo", deep.substring(0, Math.min(deep.length(), 60_000))).status())
			.isEqualTo(400);
		alive();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e999999999", "-1e-999999999", "99999999999999999999999999999999999999", "{\"a\":1,}",
			"\"\\ud800\"", "NaN", "'a'", "[1,2", "\u0000" })
	void oddJsonIsAnAnswerAndNoFailure(String json) {
		assertThat(this.target.wire().post("/api/echo", json).status()).isIn(200, 400);
	}

	@Test
	void aNumberWithManyDigitsTakesNoTime() {
		assertThat(this.target.wire().post("/api/echo", "1" + "0".repeat(50_000)).status()).isIn(200, 400);
		alive();
	}

	@Test
	void manyPartsAreRefused() {
		StringBuilder body = new StringBuilder();
		for (int i = 0; i < 5000; i++) {
			body.append("--b\r\nContent-Disposition: form-data; name=\"f" + i + "\"\r\n\r\nx\r\n");
		}
		assertThat(multipart(body + "--b--\r\n").status()).isIn(400, 413);
		alive();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
			"--b\r\n\r\n--b--\r\n", "--c\r\nx\r\n--c--\r\n", "--b\r\nContent-Disposition: form-data; name=\"document" })
	void malformedPartsAreAnAnswerAndNoFailure(String body) {
		assertThat(multipart(body).status()).isIn(200, 400, 500).isNotEqualTo(0);
		alive();
	}

	@Test
	void aHeaderOfAPartHasALimit() {
		assertThat(multipart("--b\r\nContent-Disposition: form-data; name=\"" + "x".repeat(40_000)
				+ "\"\r\n\r\nx\r\n--b--\r\n").status()).isIn(400, 413);
	}

	@Test
	void anUploadHasALimitAndLeavesNothing() throws IOException {
		long before = spooled();
		assertThat(upload("a.bin", 1_500_000).status()).isEqualTo(413);
		assertThat(upload("b.bin", 500_000).status()).isEqualTo(200);
		assertThat(spooled()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "../../evil.txt", "..\\\\..\\\\evil.txt", "/etc/passwd", "C:\\\\evil.txt" })
	void theNameOfAnUploadIsNoPath(String name) {
		assertThat(upload(name, 10).body()).doesNotContain("..").doesNotContain("/").doesNotContain("C:");
	}

	@Test
	void aLineOfHeadersHasALimit() {
		assertThat(this.target.wire().get("/open", "X-Long", "x".repeat(100_000)).status()).isIn(0, 400, 413, 431);
		assertThat(this.target.wire().get("/open?" + "x".repeat(100_000)).status()).isIn(0, 400, 413, 414, 431);
		alive();
	}

	@Test
	void manyCookiesAndParametersAreBearable() {
		Wire wire = this.target.wire();
		for (int i = 0; i < 150; i++) {
			wire.plant("c" + i, "v");
		}
		assertThat(wire.get("/api/echo?" + "a=1&".repeat(800)).status()).isIn(200, 400, 413, 414, 431);
		alive();
	}

	@Test
	void aPatternThatDoesNotEndIsStopped() {
		Answer answer = this.target.wire().get("/api/match?s=" + "a".repeat(60) + "!");
		assertThat(answer.status()).isIn(200, 500, 503);
		alive();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/sleep", "/api/deep", "/api/big" })
	void aProgramThatDoesNotEndIsStopped(String path) {
		assertThat(this.target.wire().get(path).status()).isIn(500, 503);
		alive();
	}

	@ParameterizedTest
	@CsvSource({ "url, http://, a., ' /'", "email, a@, a., !", "words, '', a-, '-'", "words, '', a, ''",
			"twice, '', a, ''" })
	void aTextThatNoPatternIsMeantForIsRefused(String field, String start, String repeated, String end) {
		String text = start + repeated.repeat(50_000 / repeated.length()) + end;
		assertThat(this.target.wire().post("/api/checked", "{\"" + field + "\": \"" + text + "\"}").status())
			.isEqualTo(400);
		assertThat(this.target.wire().post("/api/checked", "{}").status()).isEqualTo(204);
	}

	@Test
	void keysOfOneHashTakeNoLongerThanOthers() {
		StringBuilder keys = new StringBuilder();
		for (int i = 0; i < 1 << 11; i++) {
			StringBuilder key = new StringBuilder();
			for (int bit = 0; bit < 11; bit++) {
				key.append(((i >> bit & 1) == 0) ? "Aa" : "BB");
			}
			keys.append((i == 0) ? "" : ",").append('"').append(key).append("\":").append(i);
		}
		Answer answer = this.target.wire().post("/api/echo", "{" + keys + "}");
		assertThat(answer.body()).isEqualTo("{" + keys + "}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: "
			+ "5\r\nTransfer-Encoding: chunked\r\n",
			"Transfer-Encoding: chunked, identity\r\nContent-Length: 5\r\n", "Content-Length: -1\r\n",
			"Content-Length : 5\r\n", "Transfer-Encoding : chunked\r\n", "Content-Length: 5, 5\r\n" })
	void oneRequestDoesNotHideAnother(String fields) {
		String second = "GET /api/admin/stats HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
		Answer answer = raw("POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n" + fields
				+ "\r\n0\r\n\r\n" + second);
		assertThat(answer.body()).doesNotContain("admin-figures");
	}

	@Test
	void manyRangesAreNotManyAnswers() {
		Answer answer = this.target.wire().get("/plain.txt", "Range", "bytes=" + "0-1,".repeat(5000) + "0-1");
		assertThat(answer.status()).isIn(200, 206, 400, 416, 431);
		assertThat(answer.body().length()).isLessThan(1000);
	}

	private Answer raw(String request) {
		return this.target.wire().raw(request.getBytes(StandardCharsets.UTF_8));
	}

	private Answer multipart(String body) {
		return this.target.wire()
			.send("POST", "/api/upload", body, "Content-Type", "multipart/form-data; boundary=b");
	}

	private Answer upload(String name, int size) {
		return multipart("--b\r\nContent-Disposition: form-data; name=\"document\"; filename=\"" + name
				+ "\"\r\nContent-Type: text/plain\r\n\r\n" + "x".repeat(size) + "\r\n--b--\r\n");
	}

	private static long spooled() throws IOException {
		long count = 0;
		try (DirectoryStream<Path> files = Files.newDirectoryStream(
				Path.of(System.getProperty("java.io.tmpdir")), "flin-upload-*")) {
			for (Path each : files) {
				count += Files.exists(each) ? 1 : 0;
			}
		}
		return count;
	}

	/** Others are still answered. */
	private void alive() {
		assertThat(this.target.wire().get("/open", "Accept", "text/html").status()).isEqualTo(200);
	}

}
