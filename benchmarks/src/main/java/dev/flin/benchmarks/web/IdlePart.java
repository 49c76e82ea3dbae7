package dev.flin.benchmarks.web;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.flin.benchmarks.report.Table;

/** What ten thousand clients that say nothing cost: half of them WebSockets, half of them streams of events. */
final class IdlePart {

	private static final int CLIENTS = 10_000;

	private static final double LIMIT_MEGABYTES = 300;

	private static final String SOCKET = "GET /flin/socket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
			+ "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

	private static final String EVENTS = "GET /flin/ticks HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
			+ "\r\n";

	private final Path data;

	IdlePart(Path data) {
		this.data = data;
	}

	boolean run(PrintStream out) throws IOException {
		List<SocketChannel> clients = new ArrayList<>();
		try (WebServer server = WebServer.start(this.data, false)) {
			clients.add(open(server.port(), SOCKET, "101"));
			clients.add(open(server.port(), EVENTS, "200"));
			long before = server.heap();
			for (int i = clients.size(); i < CLIENTS; i++) {
				clients.add((i % 2 == 0) ? open(server.port(), SOCKET, "101") : open(server.port(), EVENTS, "200"));
			}
			double used = (server.heap() - before) / 1e6;
			Table table = new Table(CLIENTS + " idle clients", "MB of heap", "KB each");
			table.row("WebSockets and streams, half each", Table.whole(used),
					Table.fraction(used * 1000 / CLIENTS, 1));
			table.print(out);
			out.printf("web idle: %s clients take %s MB of heap (at most %s)%n", Table.whole(CLIENTS),
					Table.whole(used), Table.whole(LIMIT_MEGABYTES));
			return used <= LIMIT_MEGABYTES;
		}
		finally {
			for (SocketChannel client : clients) {
				client.close();
			}
		}
	}

	private static SocketChannel open(int port, String request, String status) throws IOException {
		SocketChannel channel = SocketChannel.open();
		channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
		channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
		ByteBuffer answer = ByteBuffer.allocate(12);
		while (answer.hasRemaining()) {
			if (channel.read(answer) < 0) {
				throw new IOException("the server closed an idle client");
			}
		}
		String head = new String(answer.array(), StandardCharsets.US_ASCII);
		if (!head.endsWith(status)) {
			throw new IOException("an idle client was answered with " + head);
		}
		return channel;
	}

}
