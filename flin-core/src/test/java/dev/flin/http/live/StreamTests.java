package dev.flin.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.ResponseBody;
import dev.flin.http.StreamSink;

/** Answers that are made while they are sent. */
class StreamTests {

	private final Map<String, String> files = new LinkedHashMap<>();

	private @Nullable FlinEngine engine;

	/** A client that reads until it has seen so many pauses. */
	private static class Client implements StreamSink {

		private final StringBuilder read = new StringBuilder();

		private final List<Duration> pauses = new ArrayList<>();

		private final int pausesMax;

		private int writesMax = Integer.MAX_VALUE;

		private @Nullable String keptAlive;

		Client(int pausesMax) {
			this.pausesMax = pausesMax;
		}

		@Override
		public void write(byte[] bytes) throws IOException {
			if (this.writesMax-- == 0) {
				throw new IOException("connection reset");
			}
			this.read.append(new String(bytes, StandardCharsets.UTF_8));
		}

		@Override
		public boolean pause(Duration time) {
			this.pauses.add(time);
			return this.pauses.size() < this.pausesMax;
		}

		@Override
		public void keepAlive(byte[] sign, Duration silence) {
			this.keptAlive = new String(sign, StandardCharsets.UTF_8) + silence;
		}

	}

	@AfterEach
	void close() {
		if (this.engine != null) {
			this.engine.close();
		}
	}

	private HttpResponse get(String target, String... headers) {
		FlinEngine known = this.engine;
		if (known == null) {
			known = FlinEngine.builder().root(SourceRoot.of(() -> this.files)).build().requireNoErrors();
			this.engine = known;
		}
		return known.handle(HttpRequest.of("GET", target, HttpFields.of(headers), ""));
	}

	private Client read(int pauses, String target, String... headers) {
		Client client = new Client(pauses);
		stream(get(target, headers)).source().writeTo(client);
		return client;
	}

	private static ResponseBody.Stream stream(HttpResponse response) {
		assertThat(response.body()).isInstanceOf(ResponseBody.Stream.class);
		return (ResponseBody.Stream) response.body();
	}

	private static String withoutIds(CharSequence text) {
		return text.toString().replaceAll("id: .*\n", "");
	}

	@Test
	void aStreamSendsWhatIsEmitted() {
		this.files.put("app/lines.flin", """
				route GET {
				    last = 3
				    stream {
				        emit "go\\n"
				        for i in 1..last { emit({ n: i }) }
				    }
				}
				""");
		HttpResponse answer = get("/lines");
		assertThat(answer.headers().first("Content-Type")).startsWith("text/plain");
		Client client = new Client(1);
		stream(answer).source().writeTo(client);
		assertThat(client.read).hasToString("go\n{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");
	}

	@Test
	void eventsComeAgainAndAgain() {
		this.files.put("app/ticks.flin", """
				sse {
				    n = 0
				    every 5s {
				        n = n + 1
				        emit({ tick: n }, event: "tick")
				    }
				}
				""");
		HttpResponse answer = get("/ticks");
		assertThat(answer.headers().first("Content-Type")).isEqualTo("text/event-stream");
		assertThat(answer.headers().first("Cache-Control")).contains("no-cache", "no-transform");
		Client client = read(3, "/ticks");
		assertThat(withoutIds(client.read)).isEqualTo("""
				event: tick
				data: {"tick":1}

				event: tick
				data: {"tick":2}

				event: tick
				data: {"tick":3}

				""");
		assertThat(client.pauses).containsOnly(Duration.ofSeconds(5));
	}

	@Test
	void aClientHasSoManyStreamsAtOnce() {
		this.files.put("app/ticks.flin", "sse { every 5s { emit(1) } }\n");
		this.engine = FlinEngine.builder()
			.root(SourceRoot.of(() -> this.files))
			.property("flin.web.events.max-per-client", "1")
			.build();
		HttpResponse early = get("/ticks");
		List<Integer> meanwhile = new ArrayList<>();
		stream(get("/ticks")).source().writeTo(new Client(1) {

			@Override
			public boolean pause(Duration time) {
				meanwhile.add(get("/ticks").status());
				Client another = new Client(1);
				stream(early).source().writeTo(another);
				assertThat(another.read).as("both asked when there was a place").isEmpty();
				return super.pause(time);
			}

		});
		assertThat(meanwhile).containsExactly(429);
		assertThat(read(1, "/ticks").read).isNotEmpty();
	}

	@Test
	void thereAreSoManyStreamsOfAllClients() {
		StreamPlaces places = new StreamPlaces(new StreamPlaces.Limits(2, 5));
		assertThat(places.take("a") && places.take("b")).isTrue();
		assertThat(places.take("c")).isFalse();
		assertThat(places.statusFor("c")).isEqualTo(503);
		places.giveBack("a");
		assertThat(places.take("c")).isTrue();
	}

	@Test
	void sseTakesStreamsAndLists() {
		this.files.put("app/a.flin", "route GET { sse(stream { emit \"one\\ntwo\" }) }\n");
		this.files.put("app/b.flin", "route GET { sse([1, \"x\"]) }\n");
		assertThat(withoutIds(read(1, "/a").read)).isEqualTo("data: one\ndata: two\n\n");
		assertThat(withoutIds(read(1, "/b").read)).isEqualTo("data: 1\n\ndata: x\n\n");
	}

	@Test
	void whatOthersSaveIsSeenAtTheNextTurn() {
		this.files.put("entities/Note.flin", "entity Note { body: text }\n");
		this.files.put("app/count.flin", "sse { every 1s { emit(Note.all.count()) } }\n");
		this.files.put("app/add.flin", "route GET {\n    save Note { body: \"x\" }\n    none\n}\n");
		ResponseBody.Stream stream = stream(get("/count"));
		List<String> seen = new ArrayList<>();
		stream.source().writeTo(new StreamSink() {

			@Override
			public void write(byte[] bytes) {
				seen.add(withoutIds(new String(bytes, StandardCharsets.UTF_8)));
			}

			@Override
			public boolean pause(Duration time) {
				get("/add");
				return seen.size() < 3;
			}

			@Override
			public void keepAlive(byte[] sign, Duration silence) {
				assertThat(seen).isEmpty();
			}

		});
		assertThat(seen).containsExactly("data: 0\n\n", "data: 1\n\n", "data: 2\n\n");
	}

	@Test
	void aSilentStreamOfEventsShowsThatItIsAlive() {
		this.files.put("app/slow.flin", "sse { every 40s { emit(1) } }\n");
		this.files.put("app/plain.flin", "route GET { stream { every 40s { emit 1 } } }\n");
		assertThat(read(1, "/slow").keptAlive).isEqualTo(": still here\n\nPT15S");
		assertThat(read(1, "/plain").keptAlive).isNull();
	}

	@Test
	void whoComesBackGetsWhatHeMissed() {
		this.files.put("app/ticks.flin", "sse { every 1s { emit(request.id) } }\n");
		Client first = read(3, "/ticks");
		Matcher ids = Pattern.compile("id: (.*-2)\n").matcher(first.read);
		assertThat(ids.find()).isTrue();
		String third = first.read.substring(first.read.lastIndexOf("id: "));
		assertThat(read(1, "/ticks", "Last-Event-ID", ids.group(1)).read.toString()).startsWith(third);
		assertThat(read(1, "/ticks", "Last-Event-ID", "made-up").read.toString()).doesNotContain(third);
	}

	@Test
	void nobodyComesBackToTheStreamOfAnother() {
		this.files.put("app/ticks.flin", "sse { every 1s { emit(\"secret of \" ++ params.to_text()) } }\n");
		this.files.put("app/other.flin", "sse { every 1s { emit(1) } }\n");
		Client first = read(2, "/ticks");
		Matcher ids = Pattern.compile("id: (.*)-1\n").matcher(first.read);
		assertThat(ids.find()).isTrue();
		assertThat(read(1, "/other", "Last-Event-ID", ids.group(1) + "-0").read).doesNotContain("secret");
		assertThat(ids.group(1)).as("cannot be guessed").hasSize(22);
	}

	@Test
	void onlySoMuchIsRemembered() {
		this.files.put("app/list.flin", "route GET { sse((1..200).map(n => n)) }\n");
		Client first = read(1, "/list");
		Matcher ids = Pattern.compile("id: (.*)-1\n").matcher(first.read);
		assertThat(ids.find()).isTrue();
		Client again = read(1, "/list", "Last-Event-ID", ids.group(1) + "-1");
		assertThat(again.read.toString().split("\n\n")).hasSize(Events.REMEMBERED_EVENTS);
	}

	@Test
	void allStreamsTogetherRememberOnlySoMuch() {
		this.files.put("app/list.flin", "route GET { sse((1..64).map(n => \"x\".repeat(60000))) }\n");
		String first = idOfTheFirst(read(1, "/list"));
		for (int i = 0; i < 4; i++) {
			read(1, "/list");
		}
		String last = idOfTheFirst(read(1, "/list"));
		assertThat(idOfTheFirst(read(1, "/list", "Last-Event-ID", first))).as("begins anew").endsWith("-1")
			.isNotEqualTo(first);
		assertThat(idOfTheFirst(read(1, "/list", "Last-Event-ID", last))).as("goes on")
			.isEqualTo(last.replaceFirst("-1$", "-2"));
	}

	private static String idOfTheFirst(Client client) {
		return client.read.substring("id: ".length(), client.read.indexOf("\n"));
	}

	@Test
	void aStreamThatWasFinishedIsNotBegunAgain() {
		this.files.put("app/steps.flin", "route GET { sse(stream { for i in 1..3 { emit(i) } }) }\n");
		Client first = read(1, "/steps");
		Matcher ids = Pattern.compile("id: (.*)-1\n").matcher(first.read);
		assertThat(ids.find()).isTrue();
		String name = ids.group(1);
		assertThat(read(1, "/steps", "Last-Event-ID", name + "-1").read.toString())
			.isEqualTo("id: " + name + "-2\ndata: 2\n\nid: " + name + "-3\ndata: 3\n\n");
		assertThat(get("/steps", "Last-Event-ID", name + "-3").status()).as("nothing left").isEqualTo(204);
		assertThat(read(1, "/steps", "Last-Event-ID", "another").read).contains("data: 1\n");
	}

	@Test
	void aStreamThatWasCutGoesOn() {
		this.files.put("app/ticks.flin", "sse { every 1s { emit(\"tick\") } }\n");
		Client first = read(2, "/ticks");
		Matcher ids = Pattern.compile("id: (.*)-2\n").matcher(first.read);
		assertThat(ids.find()).isTrue();
		assertThat(read(1, "/ticks", "Last-Event-ID", ids.group(1) + "-2").read).contains("-3\ndata: tick");
	}

	@ParameterizedTest
	@ValueSource(strings = { "event: \"a\\ndata: forged\"", "id: \"1\\n\\ndata: forged\"" })
	void noEventIsForgedThroughANameOrId(String forged) {
		this.files.put("app/a.flin", "route GET { sse(stream { emit(1, " + forged + ") }) }\n");
		assertThat(read(1, "/a").read).isEmpty();
	}

	@Test
	void aClientThatIsGoneEndsTheStream() {
		this.files.put("app/ticks.flin", "sse { every 1s { emit(1) } }\n");
		Client client = new Client(1000);
		client.writesMax = 2;
		stream(get("/ticks")).source().writeTo(client);
		assertThat(client.pauses).hasSize(2);
	}

	@Test
	void guardsHoldBeforeTheFirstByte() {
		this.files.put("app/a.flin", "guard auth\nsse { every 1s { emit(1) } }\n");
		this.files.put("app/b.flin", "sse {\n    guard ip_whitelist(\"10.0.0.1\")\n    emit(1)\n}\n");
		assertThat(get("/a").status()).isEqualTo(401);
		assertThat(get("/b").status()).isEqualTo(403);
	}

	@Test
	void headAsksForNothing() {
		this.files.put("app/ticks.flin", "sse { every 1s { emit(1) } }\n");
		get("/ticks");
		HttpResponse head = Objects.requireNonNull(this.engine)
			.handle(HttpRequest.of("HEAD", "/ticks"));
		assertThat(head.body()).isEqualTo(ResponseBody.EMPTY);
		assertThat(head.headers().first("Content-Type")).isEqualTo("text/event-stream");
	}

	@Test
	void theWrongPlaces() {
		assertThat(FlinEngine.render(FlinEngine.check(Map.of("main.flin", "every 5s { print(1) }\n"))))
				.contains("E0099");
		assertThat(FlinEngine.render(FlinEngine.check(Map.of("lib/a.flin", "sse { emit(1) }\n")))).contains("E0501");
		this.files.put("app/a.flin", "route GET {\n    emit(1)\n    2\n}\n");
		this.files.put("app/b.flin", "route GET { sse(stream { every 0s { emit(1) } }) }\n");
		assertThat(get("/a").status()).isEqualTo(500);
		assertThat(read(9, "/b").read).isEmpty();
	}

}
