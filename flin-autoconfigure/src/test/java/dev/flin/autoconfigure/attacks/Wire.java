package dev.flin.autoconfigure.attacks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A client that sends what it is told, byte by byte, and corrects nothing. It keeps cookies as a browser does.
 */
final class Wire {

	private static final int WAIT_MILLIS = 60_000;

	private final int port;

	private final Map<String, String> cookies = new LinkedHashMap<>();

	Wire(int port) {
		this.port = port;
	}

	Answer get(String target, String... headers) {
		return send("GET", target, "", headers);
	}

	/** A request with a JSON body. */
	Answer post(String target, String json, String... headers) {
		String[] all = Arrays.copyOf(headers, headers.length + 2);
		all[headers.length] = "Content-Type";
		all[headers.length + 1] = "application/json";
		return send("POST", target, json, all);
	}

	/** As {@link #post}, with the token of the session. */
	Answer postOwn(String target, String json) {
		return post(target, json, "X-CSRF-Token", cookie("flin-csrf"));
	}

	Answer send(String method, String target, String body, String... headers) {
		byte[] content = body.getBytes(StandardCharsets.UTF_8);
		StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
		boolean host = false;
		for (int i = 0; i < headers.length; i += 2) {
			host |= headers[i].equalsIgnoreCase("Host");
			head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
		}
		head.append(host ? "" : "Host: localhost\r\n");
		if (!this.cookies.isEmpty()) {
			head.append("Cookie: ")
				.append(this.cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")))
				.append("\r\n");
		}
		if (content.length > 0 || !method.equals("GET")) {
			head.append("Content-Length: ").append(content.length).append("\r\n");
		}
		head.append("Connection: close\r\n\r\n");
		Answer answer = raw(join(head.toString().getBytes(StandardCharsets.UTF_8), content));
		for (String field : answer.headers("Set-Cookie")) {
			String[] pair = (field + ";").substring(0, (field + ";").indexOf(';')).split("=", 2);
			if (field.contains("Max-Age=0")) {
				this.cookies.remove(pair[0]);
			}
			else {
				this.cookies.put(pair[0], pair[1]);
			}
		}
		return answer;
	}

	/** Sends bytes as they are and reads until the connection ends. */
	Answer raw(byte[] bytes) {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(WAIT_MILLIS);
			try {
				OutputStream out = socket.getOutputStream();
				out.write(bytes);
				out.flush();
			}
			catch (IOException refused) {
				// The server may answer and close before it has read everything.
			}
			read(socket.getInputStream(), answer);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Answer.parse(answer.toByteArray());
	}

	private static void read(InputStream in, ByteArrayOutputStream to) throws IOException {
		byte[] buffer = new byte[8192];
		try {
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				to.write(buffer, 0, count);
			}
		}
		catch (SocketTimeoutException ex) {
			throw ex;
		}
		catch (IOException closed) {
			// What came before the connection was reset is the answer.
		}
	}

	String cookie(String name) {
		return this.cookies.getOrDefault(name, "");
	}

	void plant(String name, String value) {
		this.cookies.put(name, value);
	}

	static byte[] join(byte[] first, byte[] second) {
		byte[] all = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, all, first.length, second.length);
		return all;
	}

}
