package dev.flin.autoconfigure.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.flin.FlinCompilationException;
import dev.flin.FlinEngine;
import dev.flin.FlinStore;
import dev.flin.autoconfigure.FlinAutoConfiguration;

class FlinFunctionAutoConfigurationTests {

	@TempDir
	private Path root;

	private ApplicationContextRunner runner = new ApplicationContextRunner();

	@BeforeEach
	void setUp() throws IOException {
		file("entities/Note.flin", "entity Note { text: text }");
		this.runner = this.runner
			.withConfiguration(
					AutoConfigurations.of(FlinAutoConfiguration.class, FlinFunctionAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory")
			.withUserConfiguration(Functions.class);
	}

	private void file(String path, String text) throws IOException {
		Path file = this.root.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private Object value(String code) throws IOException {
		file("main.flin", code);
		Object[] result = new Object[1];
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			result[0] = String.valueOf(context.getBean(FlinEngine.class).run("main.flin"));
		});
		return result[0];
	}

	@Test
	void shouldCallAMethodByItsName() throws IOException {
		assertThat(value("tax.rate(\"CI\") * 100")).isEqualTo("18.0");
		assertThat(value("tax.rate(country: \"FR\")")).isEqualTo("0.2");
	}

	@Test
	void shouldConvertArgumentsAndResults() throws IOException {
		assertThat(value("describe({ name: \"Pen\", price: 3 })")).isEqualTo("Pen costs 3.0");
		assertThat(value("shop.total([1, 2, 3])")).isEqualTo("6");
		assertThat(value("places(\"CI\").join(\"+\")")).isEqualTo("Abidjan+Bouaké");
		assertThat(value("level(\"HIGH\")")).isEqualTo("LOW");
		assertThat(value("exact(to_decimal(\"1.5\") * 2)")).isEqualTo("3.00");
		assertThat(value("joined(\"-\", \"a\", \"b\")")).isEqualTo("a-b");
	}

	@Test
	void shouldSayWhichArgumentIsNoneOfItsType() throws IOException {
		String told = "try { %s } catch (e) { e.message }";
		assertThat(value(told.formatted("level(\"NONE\")"))).isEqualTo("'level': level must be one of LOW, HIGH");
		assertThat(value(told.formatted("page(3000000000)"))).isEqualTo("'page': number is too large or too small");
		assertThat(value(told.formatted("after(\"soon\")")))
			.isEqualTo("'after': day must be a day such as 2026-01-31");
		assertThat(value(told.formatted("describe({ name: \"Pen\", price: \"much\" })")))
			.isEqualTo("'describe': item (price) must be a number");
	}

	@Test
	void shouldKnowWhatMayBeLeftOut() throws IOException {
		assertThat(value("greet(\"Ada\")")).isEqualTo("Hello Ada");
		assertThat(value("greet(\"Ada\", greeting: \"Good day\")")).isEqualTo("Good day Ada");
		assertThat(value("lookup(\"x\") ?? \"nothing\"")).isEqualTo("nothing");
	}

	@Test
	void shouldChooseBetweenOverloads() throws IOException {
		assertThat(value("extent(\"four\") + extent([1, 2])")).isEqualTo("6");
	}

	@Test
	void shouldWaitForWhatComesLater() throws IOException {
		assertThat(value("later(2)")).isEqualTo("4");
		assertThat(value("many().length")).isEqualTo("3");
		assertThat(value("soon()")).isEqualTo("soon");
	}

	@Test
	void shouldLetBeansUseTheStore() throws IOException {
		assertThat(value("save Note { text: \"a\" }\nnotes()")).isEqualTo("1");
	}

	@Test
	void shouldCheckCallsWhenFlinCompiles() throws IOException {
		file("main.flin", "tax.rate(5)\ntax.rates(\"CI\")");
		this.runner.run((context) -> {
			assertThat(context).getFailure().rootCause().isInstanceOf(FlinCompilationException.class);
			assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("main.flin:1:10")
				.hasMessageContaining("main.flin:2:5");
		});
	}

	@Test
	void shouldRefuseNoneWhereTheTypeDoesNotAllowIt() throws IOException {
		assertThat(value("(try wrong()).error.message")).isEqualTo("'wrong' gave none, which its type does not allow");
	}

	@Test
	void shouldRefuseSignaturesWithoutTypesOfFlin() {
		this.runner.withUserConfiguration(Unsupported.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidFlinFunctionException.class)
				.hasMessageContaining("Unsupported.run: the type of code, java.lang.Thread"));
	}

	@Test
	void shouldRefuseTheSameParametersTwice() {
		this.runner.withUserConfiguration(Twice.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidFlinFunctionException.class)
				.hasMessageContaining("tax.rate(country: text)"));
	}

	@Test
	void shouldRefuseNamesOfBuiltins() {
		this.runner.withUserConfiguration(Hiding.class)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("'upper'"));
	}

	record Item(String name, double price) {
	}

	enum Level {

		LOW, HIGH

	}

	static class Functions {

		private final org.springframework.beans.factory.ObjectProvider<FlinStore> store;

		Functions(org.springframework.beans.factory.ObjectProvider<FlinStore> store) {
			this.store = store;
		}

		@FlinFunction("tax.rate")
		double rate(String country) {
			return "CI".equals(country) ? 0.18 : 0.2;
		}

		@FlinFunction("describe")
		String describe(Item item) {
			return item.name() + " costs " + item.price();
		}

		@FlinFunction("shop.total")
		long total(List<Integer> numbers) {
			return numbers.stream().mapToInt(Integer::intValue).sum();
		}

		@FlinFunction("places")
		List<String> places(String country) {
			return List.of("Abidjan", "Bouaké");
		}

		@FlinFunction("level")
		Level level(Level level) {
			return (level == Level.HIGH) ? Level.LOW : Level.HIGH;
		}

		@FlinFunction("exact")
		BigDecimal exact(BigDecimal amount) {
			return amount.setScale(2);
		}

		@FlinFunction("joined")
		String joined(String by, String... parts) {
			return String.join(by, parts);
		}

		@FlinFunction("greet")
		String greet(String name, @Nullable String greeting) {
			return ((greeting != null) ? greeting : "Hello") + " " + name;
		}

		@FlinFunction("lookup")
		Optional<String> find(String name) {
			return Optional.empty();
		}

		@FlinFunction("extent")
		int size(String text) {
			return text.length();
		}

		@FlinFunction("extent")
		int size(List<Long> list) {
			return list.size();
		}

		@FlinFunction("page")
		int page(int number) {
			return number;
		}

		@FlinFunction("after")
		LocalDate after(LocalDate day) {
			return day.plusDays(1);
		}

		@FlinFunction("later")
		Mono<Long> later(long n) {
			return Mono.just(n * 2);
		}

		@FlinFunction("many")
		Flux<String> many() {
			return Flux.just("a", "b", "c");
		}

		@FlinFunction("soon")
		CompletableFuture<String> soon() {
			return CompletableFuture.completedFuture("soon");
		}

		@FlinFunction("notes")
		long notes() {
			return this.store.getObject().count("Note");
		}

		@FlinFunction("wrong")
		@SuppressWarnings("NullAway")
		String wrong() {
			return null;
		}

		@FlinFunction("settings")
		Map<String, Object> settings() {
			return Map.of();
		}

	}

	static class Unsupported {

		@FlinFunction("run")
		void run(Thread code) {
			code.start();
		}

	}

	static class Twice {

		@FlinFunction("tax.rate")
		long rate(String country) {
			return 1;
		}

	}

	static class Hiding {

		@FlinFunction("upper")
		String upper(String text) {
			return text;
		}

	}

}
