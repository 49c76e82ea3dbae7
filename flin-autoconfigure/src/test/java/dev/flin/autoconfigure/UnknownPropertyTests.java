package dev.flin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Properties that begin with {@code flin.} and are none. */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertyTests {

	private static final String NONE = "is no property of FLIN";

	@TempDir
	private Path root;

	private void start(String... arguments) {
		start(Map.of(), arguments);
	}

	private void start(Map<String, Object> variables, String... arguments) {
		SpringApplication application = new SpringApplication(FlinConfigTests.Empty.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		environment.getPropertySources()
			.addLast(new MapPropertySource("root", Map.of("flin.root", this.root.toString())));
		application.setEnvironment(environment);
		application.run(arguments).close();
	}

	@Test
	void oneThatIsWrittenWrongIsTold(CapturedOutput output) {
		start("--flin.web.max-bdy=5MB");
		assertThat(output).contains("flin.web.max-bdy (\"flin.web.max-bdy\" from property source \"commandLineArgs\") "
				+ "is no property of FLIN and has no effect; did you mean flin.web.max-body?");
	}

	@Test
	void oneInTheWrongPlaceIsTold(CapturedOutput output) {
		start("--flin.max-upload=5MB", "--flin.colour=red");
		assertThat(output).contains("did you mean flin.web.max-upload?")
			.containsPattern("flin\\.colour \\(.*\\) is no property of FLIN and has no effect\\R");
	}

	@Test
	void theFileOfSettingsIsReadToo(CapturedOutput output) throws IOException {
		Files.writeString(this.root.resolve("flin.config"), "time-zne = UTC\n");
		start();
		assertThat(output).contains("flin.time-zne").contains("did you mean flin.time-zone?");
	}

	@Test
	void whatIsKnownIsKnownInEverySpelling(CapturedOutput output) throws IOException {
		Files.writeString(this.root.resolve("flin.config"), "web.max_body = 5MB\n");
		start(Map.of("FLIN_WEB_MAXUPLOAD", "9MB", "FLIN_WEB_TRUSTEDPROXIES_0_", "10.0.0.0/8"), "--flin.timeZone=UTC",
				"--flin.web.cors.allowed-origins[0]=https://a.example", "--flin.jwt.keys.k-1=x", "--flin.test.name=x",
				"--flin.oauth.providers.google.client-id=x");
		assertThat(output).doesNotContain(NONE);
	}

	@Test
	void variablesOfOtherProgramsAreLeftAlone(CapturedOutput output) {
		start(Map.of("FLIN_HOME", "/opt/flin", "FLIN_SESSION_SECERT", "x"));
		assertThat(output).doesNotContain("flin.home").contains("did you mean flin.session.secret?");
	}

}
