package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties that nothing can be done with: each is named before anything is begun. */
class EnginePropertiesTests {

	@ParameterizedTest
	@ValueSource(strings = { "fr", "pt-BR", "pt_BR", "fon", "bci", "zh-Hans", "es-419" })
	void languagesExist(String locale) {
		FlinEngine.builder().property("flin.i18n.locale", locale).build().close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "flin.session.idle|0s|no time at all",
			"flin.session.idle|-PT1S|less than no time", "flin.session.idle|soon|not a duration such as 30s",
			"flin.session.secret|short|at least 32 characters", "flin.time-zone|Mars|not a time zone",
			"flin.security.login-path|login|not a path such as /login",
			"flin.security.login-path|//evil.example|not a path such as /login",
			"flin.security.login-path|/\\\\evil.example|not a path such as /login",
			"flin.security.login-path|https://evil.example/login|not a path such as /login",
			"flin.i18n.locale|klingon|no language such as fr or pt-BR",
			"flin.i18n.locale|qq|no language such as fr or pt-BR",
			"flin.i18n.locale|fr-QQ|no language such as fr or pt-BR",
			"flin.limits.call-depth|-1|not a number from 1", "flin.limits.time|0s|no time at all",
			"flin.limits.output|much|not a size such as 2MB", "flin.web.max-body|-1|not a size such as 2MB",
			"flin.web.base-url|shop.example|not an address such as https://shop.example",
			"flin.web.allowed-hosts|https://shop.example|not a name such as shop.example",
			"flin.web.trusted-proxies|10.0.0.0/99|10.0.0.0/99",
			"flin.web.socket.queue|0|not a number from 1", "flin.web.socket.rate|many|not a number",
			"flin.web.socket.ping|0s|no time at all", "flin.web.socket.max-connections|99999999999|not a number from 1",
			"flin.web.socket.allowed-origins|shop.example|not an origin such as https://shop.example",
			"flin.web.cors.allowed-origins|shop.example|not an origin such as https://shop.example" })
	void thatIsWrong(String property, String value, String message) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> FlinEngine.builder().property(property, value).build().close())
			.withMessageStartingWith("flin.")
			.withMessageContaining(message);
	}

	@Test
	void originsMayHaveASchemeAndAStar() {
		FlinEngine.builder()
			.property("flin.web.cors.allowed-origins", "https://*.example, http://localhost:5173, app://localhost")
			.property("flin.web.allowed-hosts", "*.shop.example,localhost:8080")
			.build()
			.close();
	}

	@Test
	void keysOfTheStoreComeFromVariables() {
		Map<String, String> sources = Map.of("entities/Person.flin", "entity Person { email: text @encrypted }");
		FlinEngine.Builder builder = FlinEngine.builder().root(SourceRoot.of(() -> sources));
		try (FlinEngine without = builder.build()) {
			assertThat(without.renderedDiagnostics()).contains("error[E0410]", "there is no key");
		}
		builder.storeKeysOf(Map.of("FLIN_STORE_ENCRYPTION_KEYS_K1",
				"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "PATH", "/bin"));
		try (FlinEngine with = builder.build().requireNoErrors()) {
			with.store().create("Person", Map.of("email", "ama@example.org"));
			assertThat(with.store().count("Person")).isEqualTo(1);
		}
	}

}
