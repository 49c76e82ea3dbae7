package dev.flin.runtime.lib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.runtime.Contexts;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Operations;
import dev.flin.runtime.text.JsonWriter;
import dev.flin.value.EntityShape;
import dev.flin.value.EnumType;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;
import dev.flin.value.Money;
import dev.flin.value.SampleEntity;

class CallbackTests {

	private final FlinContext context = Contexts.plain();

	@Test
	void mapKeepsIntsUnboxedAndOffersAnIndex() {
		FlinList xs = FlinList.ofLongs(1, 2, 3);
		FlinList squares = ListFunctions.map(xs, one(x -> (long) x * (long) x));
		assertThat(squares.longStorage()).containsExactly(1, 4, 9);
		assertThat(ListFunctions.map(xs, two((x, i) -> x + "@" + i)).toString())
			.isEqualTo("[\"1@0\", \"2@1\", \"3@2\"]");
		assertThat(ListFunctions.filter(xs, one(x -> (long) x > 1)).longStorage()).startsWith(2, 3);
	}

	@Test
	void reduceTakesFunctionAndStartInEitherPlace() {
		FlinList xs = FlinList.ofLongs(1, 2, 3);
		FlinFunction add = two((a, b) -> (long) a + (long) b);
		assertThat(call("reduce", xs, add, 0L)).isEqualTo(6L);
		assertThat(call("fold", xs, 0L, add)).isEqualTo(6L);
		assertThat(call("reduce", xs, add)).isEqualTo(6L);
		assertThatThrownBy(() -> call("reduce", new FlinList(), add))
			.hasMessage("reduce of an empty list needs a start");
		assertThat(call("scan", xs, 0L, add)).hasToString("[1, 3, 6]");
	}

	@Test
	void groupsKeepTheOrderOfTheFirstElements() {
		FlinList xs = FlinList.of("fig", "pear", "plum", "apple");
		FlinFunction len = one(x -> (long) ((String) x).length());
		assertThat(call("group_by", xs, len)).hasToString("[3: [\"fig\"], 4: [\"pear\", \"plum\"], 5: [\"apple\"]]");
		assertThat(call("count_by", xs, len)).hasToString("[3: 1, 4: 2, 5: 1]");
		assertThat(call("sum_by", xs, len)).isEqualTo(16L);
		assertThat(call("sort_by", xs, len)).hasToString("[\"fig\", \"pear\", \"plum\", \"apple\"]");
		assertThat(call("max_by", xs, len)).isEqualTo("apple");
		assertThat(call("partition", xs, one(x -> ((String) x).startsWith("p"))))
			.hasToString("([\"pear\", \"plum\"], [\"fig\", \"apple\"])");
	}

	@Test
	void sortTakesAComparingFunction() {
		FlinList sorted = ListOrder.sort(FlinList.ofLongs(1, 3, 2), two((a, b) -> (long) b - (long) a));
		assertThat(sorted.longStorage()).containsExactly(3, 2, 1);
	}

	@Test
	void sortEndsWhenItsFunctionContradictsItself() {
		FlinList many = ListFunctions.range(this.context, 0, 1000, 1);
		FlinList sorted = ListOrder.sort(many, two((a, b) -> ((long) a * 31 + (long) b) % 3 - 1));
		assertThat(ListOrder.sort(sorted)).isEqualTo(many);
	}

	@Test
	void tryOrAndRetry() {
		List<Long> attempts = new ArrayList<>();
		FlinFunction flaky = none(() -> {
			attempts.add(1L);
			if (attempts.size() < 3) {
				throw new FlinError("try " + attempts.size());
			}
			return "done";
		});
		assertThat(ControlFunctions.retry(this.context, flaky, 5)).isEqualTo("done");
		assertThat(attempts).hasSize(3);
		FlinFunction failing = none(() -> Operations.div(1, 0));
		assertThat(ControlFunctions.tryOr(this.context, failing, 7L)).isEqualTo(7L);
		assertThatThrownBy(() -> ControlFunctions.retry(this.context, failing, 2)).hasMessage("division by zero");
	}

	@Test
	void memoizeCallsOnce() {
		List<Object> calls = new ArrayList<>();
		FlinFunction square = ControlFunctions.memoize(one(n -> {
			calls.add(n);
			return (long) n * (long) n;
		}));
		assertThat(square.call1(4L)).isEqualTo(16L);
		assertThat(square.call1(4.0)).isEqualTo(16L);
		assertThat(calls).containsExactly(4L);
	}

	@Test
	void timeoutStopsWhatTakesTooLong() {
		assertThat(ControlFunctions.timeout(this.context, Duration.ofSeconds(60), none(() -> 42L))).isEqualTo(42L);
		FlinFunction endless = none(() -> {
			while (true) {
				this.context.poll();
			}
		});
		assertThatThrownBy(() -> ControlFunctions.timeout(this.context, Duration.ofMillis(5), endless))
			.isInstanceOf(FlinError.class)
			.hasMessage("not done within 5ms");
		this.context.poll();
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void aRegularExpressionOutOfControlCanBeStopped() {
		this.context.stop(new FlinError("enough"));
		assertThatThrownBy(
				() -> RegexFunctions.testRegex(this.context, "a".repeat(10_000), "b"))
			.hasMessage("enough");
	}

	@Test
	void printWritesLines() {
		List<String> lines = Contexts.lines();
		FlinContext printing = Contexts.printingTo(lines);
		ControlFunctions.print(printing, FlinList.of("a", 1L, null));
		ControlFunctions.print(printing, FlinList.of(FlinList.of("a")));
		assertThat(lines).containsExactly("a 1 none", "[\"a\"]");
	}

	@Test
	void jsonHasEveryKindOfValue() {
		EntityShape shape = new EntityShape("Product", List.of(new EntityShape.Field("name", "text", false),
				new EntityShape.Field("secret", "text", true), new EntityShape.Field("parent", "Product?", false)));
		SampleEntity grandparent = entity(shape, 1, null);
		SampleEntity parent = entity(shape, 2, grandparent);
		SampleEntity product = entity(shape, 3, parent);
		assertThat(JsonWriter.write(product)).isEqualTo(
				"{\"id\":3,\"name\":\"p3\",\"parent\":{\"id\":2,\"name\":\"p2\",\"parent\":{\"id\":1}}}");
		FlinList others = FlinList.of(Money.of(new BigDecimal("10.00"), "XOF"), new BigDecimal("2.50"),
				Instant.parse("2026-01-01T00:00:00Z"), Duration.ofHours(26), FlinTuple.of(1L, "a"),
				EnumType.of("Light", "Red").value(0), Double.NaN);
		assertThat(JsonWriter.write(others))
			.isEqualTo("[{\"amount\":\"10.00\",\"currency\":\"XOF\"},\"2.50\",\"2026-01-01T00:00:00Z\","
					+ "\"PT26H\",[1,\"a\"],\"Red\",null]");
		assertThat(JsonWriter.write(FlinMap.of("a", FlinList.ofLongs(1)), "  "))
			.isEqualTo("{\n  \"a\": [\n    1\n  ]\n}");
	}

	@Test
	void secrets() {
		String sealed = CryptoFunctions.encrypt(this.context, "secret", "key");
		assertThat(CryptoFunctions.decrypt(sealed, "key")).isEqualTo("secret");
		assertThatThrownBy(() -> CryptoFunctions.decrypt(sealed, "other")).isInstanceOf(FlinError.class);
		assertThat(TextChecks.isUuid(CryptoFunctions.uuidV7(this.context))).isTrue();
	}

	@Test
	void calendar() {
		Instant t = Instant.parse("2026-02-10T15:04:09Z");
		assertThat(TimeFunctions.format(this.context, t, "dddd, MMMM D, YYYY hh:mm A", null))
			.isEqualTo("Tuesday, February 10, 2026 03:04 PM");
		assertThat(TimeFunctions.startOf(this.context, t, "week")).isEqualTo("2026-02-09T00:00:00Z");
		assertThat(TimeFunctions.endOf(this.context, t, "month")).isEqualTo("2026-02-28T23:59:59.999999Z");
		assertThat(TimeSources.parseTime(this.context, "15/03/2026", "DD/MM/YYYY")).isEqualTo("2026-03-15T00:00:00Z");
		assertThat(TimeSources.time(this.context, "2026-03-15T11:20:30+01:00")).isEqualTo("2026-03-15T10:20:30Z");
		assertThat(TimeSources.lastMonth(this.context)).isEqualTo("2025-12-02T00:00:00Z");
		assertThat(TimeFunctions.age(this.context, Instant.parse("2000-06-15T00:00:00Z"))).isEqualTo(25);
		assertThat(DurationFunctions.timeAgo(this.context, Instant.parse("2025-12-31T21:00:00Z")))
			.isEqualTo("3 hours ago");
	}

	private static SampleEntity entity(EntityShape shape, long id, @Nullable Object parent) {
		SampleEntity entity = new SampleEntity(shape);
		entity.id(id);
		entity.set(0, "p" + id);
		entity.set(1, "hidden");
		entity.set(2, parent);
		return entity;
	}

	private @Nullable Object call(String name, Object... args) {
		return this.context.builtins().callFunction(this.context, name, args);
	}

	private static FlinFunction none(Supplier<Object> body) {
		return new FlinFunction(0) {
			@Override
			public Object call0() {
				return body.get();
			}
		};
	}

	private static FlinFunction one(UnaryOperator<Object> body) {
		return new FlinFunction(1) {
			@Override
			public Object call1(@Nullable Object a) {
				return body.apply(a);
			}
		};
	}

	private static FlinFunction two(BinaryOperator<Object> body) {
		return new FlinFunction(2) {
			@Override
			public Object call2(@Nullable Object a, @Nullable Object b) {
				return body.apply(a, b);
			}
		};
	}

}
