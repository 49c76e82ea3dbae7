package dev.flin.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A connection of the generator: one request out, its answer in, again and again. Answers must tell their length. */
final class LoadConnection implements AutoCloseable {

	private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

	private final SocketChannel channel;

	private final ByteBuffer request;

	private ByteBuffer answer = ByteBuffer.allocate(16 * 1024);

	/** Bytes of the whole answer once its head is there, 0 before. */
	private int whole;

	private long sentAt;

	LoadConnection(int port, byte[] request) throws IOException {
		this.channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		this.request = ByteBuffer.allocateDirect(request.length).put(request).flip();
	}

	void register(Selector selector) throws IOException {
		this.channel.configureBlocking(false);
		this.channel.register(selector, SelectionKey.OP_READ, this);
	}

	/** Requests are small: they fit into what the system takes at once. */
	void send() throws IOException {
		this.answer.clear();
		this.whole = 0;
		this.sentAt = System.nanoTime();
		while (this.request.hasRemaining()) {
			this.channel.write(this.request);
		}
		this.request.rewind();
	}

	/**
	 * Reads what is there.
	 * @return nanoseconds since the request when the answer is complete, -1 before
	 */
	long receive() throws IOException {
		if (!this.answer.hasRemaining()) {
			ByteBuffer larger = ByteBuffer.allocate(this.answer.capacity() * 2);
			this.answer = larger.put(this.answer.flip());
		}
		if (this.channel.read(this.answer) < 0) {
			throw new EOFException("the server closed the connection");
		}
		if (this.whole == 0) {
			this.whole = whole();
		}
		return (this.whole > 0 && this.answer.position() >= this.whole) ? System.nanoTime() - this.sentAt : -1;
	}

	private int whole() throws IOException {
		byte[] bytes = this.answer.array();
		int end = this.answer.position();
		int length = -1;
		for (int i = 0; i + 3 < end; i++) {
			if (bytes[i] != '\r' || bytes[i + 1] != '\n') {
				continue;
			}
			if (bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
				check(bytes, length);
				return i + 4 + length;
			}
			if (isLength(bytes, i + 2, end)) {
				length = number(bytes, i + 2 + LENGTH.length);
			}
		}
		return 0;
	}

	private static void check(byte[] bytes, int length) throws IOException {
		if (!Arrays.equals(bytes, 0, OK.length, OK, 0, OK.length) || length < 0) {
			throw new IOException("under load: " + new String(bytes, 0, 200, StandardCharsets.ISO_8859_1).strip());
		}
	}

	private static boolean isLength(byte[] bytes, int from, int end) {
		if (from + LENGTH.length >= end) {
			return false;
		}
		for (int i = 0; i < LENGTH.length; i++) {
			if (Character.toLowerCase(bytes[from + i]) != LENGTH[i]) {
				return false;
			}
		}
		return true;
	}

	private static int number(byte[] bytes, int from) {
		int number = 0;
		for (int i = from; bytes[i] != '\r'; i++) {
			number = (bytes[i] == ' ') ? number : number * 10 + bytes[i] - '0';
		}
		return number;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
