package dev.flin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import dev.flin.autoconfigure.config.InvalidFlinConfigException;

/** Settings in {@code flin.config}. */
class FlinConfigTests {

	@TempDir
	private Path root;

	private ConfigurableApplicationContext start(String config, String... arguments) throws IOException {
		Files.writeString(this.root.resolve("flin.config"), config);
		SpringApplication application = new SpringApplication(Empty.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		String[] all = new String[arguments.length + 1];
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		all[0] = "--flin.root=" + this.root;
		return application.run(all);
	}

	@Test
	void settingsBecomeProperties() throws IOException {
		try (var context = start("""
				# a comment
				// and another
				time-zone = Africa/Abidjan
				web.max_body: "5MB"
				flin.web.cors.allowed-origins = ["https://a.example", 'https://b.example']
				""")) {
			assertThat(context.getEnvironment().getProperty("flin.time-zone")).isEqualTo("Africa/Abidjan");
			assertThat(context.getEnvironment().getProperty("flin.web.max-body")).isEqualTo("5MB");
			assertThat(context.getEnvironment().getProperty("flin.web.cors.allowed-origins", String[].class))
				.containsExactly("https://a.example", "https://b.example");
		}
	}

	@Test
	void everythingElseWins() throws IOException {
		try (var context = start("time-zone = Africa/Abidjan\n", "--flin.time-zone=UTC")) {
			assertThat(context.getEnvironment().getProperty("flin.time-zone")).isEqualTo("UTC");
		}
	}

	@Test
	void aLineThatIsNoSettingStopsTheStart() {
		assertThatThrownBy(() -> start("time-zone = UTC\nhello\n")).isInstanceOf(InvalidFlinConfigException.class)
			.hasMessageContaining("flin.config:2: 'hello' is not a setting");
	}

	static class Empty {

	}

}
