package dev.flin.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One connection that stays open: a request out, its answer in. Does as little as a client can do. */
public final class HttpConnection implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 20_000;

	private final Socket socket;

	private final OutputStream out;

	private final InputStream in;

	private byte[] buffer = new byte[16 * 1024];

	private int filled;

	public HttpConnection(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(TIMEOUT_MILLIS);
		this.out = this.socket.getOutputStream();
		this.in = this.socket.getInputStream();
	}

	public static byte[] get(String path) {
		return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	/** Sends a request and reads the whole answer. */
	public Answer exchange(byte[] request) throws IOException {
		this.out.write(request);
		int headEnd = readHead();
		String head = new String(this.buffer, 0, headEnd, StandardCharsets.ISO_8859_1);
		int status = Integer.parseInt(head.substring(9, 12));
		int end = bodyEnd(head, headEnd);
		byte[] body = Arrays.copyOfRange(this.buffer, headEnd, end);
		System.arraycopy(this.buffer, end, this.buffer, 0, this.filled - end);
		this.filled -= end;
		return new Answer(status, head, body);
	}

	private int readHead() throws IOException {
		int from = 0;
		while (true) {
			for (int i = from; i + 3 < this.filled; i++) {
				if (this.buffer[i] == '\r' && this.buffer[i + 1] == '\n' && this.buffer[i + 2] == '\r'
						&& this.buffer[i + 3] == '\n') {
					return i + 4;
				}
			}
			from = Math.max(0, this.filled - 3);
			fill();
		}
	}

	private int bodyEnd(String head, int headEnd) throws IOException {
		int at = head.toLowerCase(Locale.ROOT).indexOf("content-length:");
		if (at >= 0) {
			int lineEnd = head.indexOf('\r', at);
			int end = headEnd + Integer.parseInt(head.substring(at + "content-length:".length(), lineEnd).trim());
			while (this.filled < end) {
				fill();
			}
			return end;
		}
		if (head.startsWith("204", 9)) {
			return headEnd;
		}
		while (!endsWithLastChunk()) {
			fill();
		}
		return this.filled;
	}

	private boolean endsWithLastChunk() {
		byte[] last = { '0', '\r', '\n', '\r', '\n' };
		return this.filled >= last.length
				&& Arrays.equals(this.buffer, this.filled - last.length, this.filled, last, 0, last.length);
	}

	private void fill() throws IOException {
		if (this.filled == this.buffer.length) {
			this.buffer = Arrays.copyOf(this.buffer, this.buffer.length * 2);
		}
		int count = this.in.read(this.buffer, this.filled, this.buffer.length - this.filled);
		if (count < 0) {
			throw new EOFException("the server closed the connection");
		}
		this.filled += count;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * An answer.
	 *
	 * @param status the status code
	 * @param head the status line and the headers
	 * @param body the body's bytes; with its chunk lines when it came in chunks
	 */
	public record Answer(int status, String head, byte[] body) {

		public String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

	}

}
