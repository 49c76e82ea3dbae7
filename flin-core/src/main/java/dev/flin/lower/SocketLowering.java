package dev.flin.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrGuard;
import dev.flin.ir.IrSocket;
import dev.flin.ir.IrUnit;
import dev.flin.resolve.Frame;
import dev.flin.source.Span;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.types.Type;

/** Lowers {@code ws { }}: guards, and the code of each event. */
final class SocketLowering {

	private static final String CONNECT = "connect";

	private static final String MESSAGE = "message";

	private static final String CLOSE = "close";

	/** How many parameters the code of an event may take. */
	private static final Map<String, Integer> EVENTS = Map.of(CONNECT, 0, MESSAGE, 1, CLOSE, 2);

	private final WebLowering web;

	private final IrUnit unit;

	private final GuardLowering guards;

	SocketLowering(WebLowering web, IrUnit unit, GuardLowering guards) {
		this.web = web;
		this.unit = unit;
		this.guards = guards;
	}

	void lower(Stmt.WebSocket socket, Frame frame) {
		List<IrGuard> rules = new ArrayList<>(this.unit.guards());
		for (Stmt statement : socket.setup()) {
			if (statement instanceof Stmt.Guard guard) {
				rules.addAll(this.guards.rules(guard, frame));
			}
			else {
				report(Code.E0016, statement.span(),
						"only guards and 'on connect', 'on message', 'on close' stand in 'ws'");
			}
		}
		Map<String, Integer> handlers = new HashMap<>();
		for (Part.On on : socket.handlers()) {
			if (handlers.putIfAbsent(on.event(), -1) != null) {
				report(Code.E0108, on.span(), "'on " + on.event() + "' is declared twice");
			}
			else {
				handlers.put(on.event(), handler(on));
			}
		}
		Span head = new Span(socket.span().start(), socket.span().start() + "ws".length());
		this.unit.sockets().add(new IrSocket(socket.path(), head, rules, this.unit.query(),
				handlers.getOrDefault(CONNECT, -1), handlers.getOrDefault(MESSAGE, -1), handlers.getOrDefault(CLOSE,
						-1)));
	}

	private int handler(Part.On on) {
		Integer most = EVENTS.get(on.event());
		Frame frame = this.web.frame(on);
		if (most == null || frame == null) {
			report(Code.E0016, on.span(), "a socket has no event '" + on.event() + "'; there are "
					+ String.join(", ", Set.copyOf(EVENTS.keySet()).stream().sorted().toList()));
			return -1;
		}
		if (on.params().size() > most) {
			report(Code.E0203, on.span(), "'on " + on.event() + "' takes " + most + " parameters, not "
					+ on.params().size());
			return -1;
		}
		return this.web.code("ws$" + on.event(), frame, on, (body) -> {
			for (int i = 0; i < on.params().size(); i++) {
				Part.Param param = on.params().get(i);
				body.patterns.bind(param.target(), HostSide.socketArgument(i, body.lineOf(param)), Type.Basic.ANY);
			}
			body.block(on.body(), Dest.RETURN);
		});
	}

	private void report(Code code, Span span, String message) {
		this.web.report(Diagnostic.of(code, this.web.file(), span, message));
	}

}
