package dev.flin.autoconfigure.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.port.TokenSigner;
import dev.flin.value.FlinError;

/** An engine that runs one script again and again, at a time that tests choose. */
final class Script implements AutoCloseable {

	private final StringBuilder printed = new StringBuilder();

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private String code = "";

	private final FlinEngine engine;

	Script(String code, FlinEngine.@Nullable Builder given) {
		this.code = code;
		FlinEngine.Builder builder = (given != null) ? given : FlinEngine.builder().servicesOfClassPath();
		this.engine = builder.root(SourceRoot.of(() -> Map.of("main.flin", this.code)))
			.clock(() -> this.now)
			.compileExecutor(Runnable::run)
			.print((line) -> this.printed.append(line).append('\n'))
			.build();
	}

	static Script of(String code) {
		return new Script(code, null);
	}

	/** With tokens that are signed by the keys of a configuration. */
	static Script withKeys(Map<String, String> keys, @Nullable String current, String code) {
		FlinEngine.Builder builder = FlinEngine.builder().servicesOfClassPath();
		builder.service(TokenSigner.class, new NimbusTokenSigner(keys, current, "https://shop.example",
				Duration.ofHours(1)));
		return new Script(code, builder);
	}

	/** What a program prints when it runs once. */
	static String output(String code) {
		try (Script script = of(code)) {
			return script.run();
		}
	}

	Script later(Duration time) {
		this.now = this.now.plus(time);
		return this;
	}

	/** Runs other code in the same engine. */
	String run(String other) {
		this.code = other;
		this.engine.reload();
		return run();
	}

	String run() {
		this.engine.requireNoErrors();
		this.printed.setLength(0);
		try {
			this.engine.run("main.flin");
		}
		catch (FlinError ex) {
			this.printed.append("error: ").append(ex.message()).append('\n');
		}
		return this.printed.toString().strip();
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
