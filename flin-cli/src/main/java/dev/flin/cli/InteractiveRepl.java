package dev.flin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

import dev.flin.ReplCandidate;
import dev.flin.ReplSession;

/** A session at a terminal: prompts with line numbers, history, completion, Ctrl-C for what runs. */
final class InteractiveRepl {

	private static final int DESCRIPTION_MAX = 60;

	private final ReplSession session;

	private final Terminal terminal;

	private final LineReader reader;

	InteractiveRepl(ReplSession session, Terminal terminal, Path history) {
		this.session = session;
		this.terminal = terminal;
		this.reader = LineReaderBuilder.builder()
			.terminal(terminal)
			.appName("flin")
			.parser(new InputParser())
			.completer((reader, line, candidates) -> complete(line, candidates))
			.variable(LineReader.HISTORY_FILE, history)
			.variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P . ")
			.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
			.build();
	}

	void run() {
		PrintWriter out = this.terminal.writer();
		out.println("FLIN: :help shows the commands, :quit ends.");
		boolean goesOn = true;
		while (goesOn) {
			try {
				goesOn = answer(this.reader.readLine(this.session.line() + "> "), out);
			}
			catch (UserInterruptException ex) {
				// Ctrl-C while typing drops the line.
				out.flush();
			}
			catch (EndOfFileException ex) {
				goesOn = false;
			}
		}
	}

	private boolean answer(String input, PrintWriter out) {
		ReplSession.Answer[] answer = new ReplSession.Answer[1];
		Terminal.SignalHandler before = this.terminal.handle(Terminal.Signal.INT, (signal) -> this.session.interrupt());
		try {
			WithStack.run(ReplCommand.STACK_BYTES, () -> answer[0] = this.session.enter(input));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.terminal.handle(Terminal.Signal.INT, before);
		}
		if (!answer[0].text().isEmpty()) {
			out.println(answer[0].text());
		}
		out.flush();
		return !answer[0].ends();
	}

	private void complete(ParsedLine line, List<Candidate> candidates) {
		for (ReplCandidate each : this.session.complete(line.line().substring(0, line.cursor()))) {
			String text = each.description();
			String description = (text.length() > DESCRIPTION_MAX) ? text.substring(0, DESCRIPTION_MAX) + "…" : text;
			candidates.add(new Candidate(each.value(), each.value(), null, description, null, null, false,
					candidates.size()));
		}
	}

}
