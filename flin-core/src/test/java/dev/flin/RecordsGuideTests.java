package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's Java is one program: it is compiled and run, and what its comments promise must come out. */
class RecordsGuideTests {

	private static final Path GUIDE = Path.of("..", "docs", "guides", "records-from-java.md");

	private static final Pattern BLOCK = Pattern.compile("```(\\S+)[^\\n]*\\n(.*?)```", Pattern.DOTALL);

	/** A variable and what it has. */
	private static final Pattern PROMISE = Pattern.compile("(?m)^(\\s*[\\w<>, ]+? (\\w+) = .*;) +// (.*)$");

	/** The packages whose classes the guide uses by their plain names. */
	private static final List<String> PACKAGES = List.of("dev.flin", "dev.flin.store", "dev.flin.value", "java.io",
			"java.util");

	private static final String PROGRAM = """
			%s
			import java.nio.charset.StandardCharsets;
			import java.nio.file.Path;
			import java.time.Instant;
			import java.util.function.BiConsumer;
			import org.jspecify.annotations.Nullable;

			public class Guide {
			    %s
			    public static void run(FlinEngine engine, Path folder, Path restored, BiConsumer<Object, String> see)
			            throws Exception {
			        FlinStore store = engine.store();
			        %s
			    }
			}
			""";

	@TempDir
	private Path directory;

	@Test
	void itsExamplesDoWhatTheySay() throws Exception {
		List<String> types = new ArrayList<>();
		List<String> code = new ArrayList<>();
		String entities = "";
		Matcher block = BLOCK.matcher(Files.readString(GUIDE));
		while (block.find()) {
			switch (block.group(1)) {
				case "flin" -> entities = block.group(2);
				case "java" -> (block.group(2).startsWith("record ") ? types : code).add(block.group(2));
				default -> throw new AssertionError("what is a block of " + block.group(1) + "?");
			}
		}
		String source = PROGRAM.formatted(
				PACKAGES.stream().map((each) -> "import " + each + ".*;").collect(Collectors.joining("\n")),
				String.join("\n", types).replaceAll("(?m)^record", "public record"),
				PROMISE.matcher(String.join("\n", code))
					.replaceAll((found) -> Matcher.quoteReplacement("%s see.accept(%s, \"%s\");"
						.formatted(found.group(1), found.group(2), found.group(3).replace("\"", "\\\"")))));
		List<String> promised = new ArrayList<>();
		List<String> found = new ArrayList<>();
		run(source, entities, (value, text) -> {
			promised.add(text);
			found.add(String.valueOf(value));
		});
		assertThat(found).isEqualTo(promised).hasSizeGreaterThan(15);
	}

	private void run(String source, String entities, BiConsumer<Object, String> see) throws Exception {
		Files.createDirectories(this.directory.resolve("kept"));
		try (FlinEngine engine = FlinEngine.builder()
			.root(SourceRoot.of(() -> Map.of("entities/Invoice.flin", entities)))
			.dataDirectory(this.directory.resolve("data"))
			.compileExecutor(Runnable::run)
			.build()
			.requireNoErrors();
				URLClassLoader classes = compiled(source)) {
			Method run = classes.loadClass("Guide")
				.getMethod("run", FlinEngine.class, Path.class, Path.class, BiConsumer.class);
			run.invoke(null, engine, this.directory.resolve("kept"), this.directory.resolve("restored"), see);
		}
	}

	private URLClassLoader compiled(String source) throws IOException {
		Path file = Files.writeString(this.directory.resolve("Guide.java"), source);
		JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "tests need a JDK");
		StringWriter told = new StringWriter();
		boolean done = compiler.getTask(told, null, null,
				List.of("-proc:none", "-parameters", "-d", this.directory.toString(), "-cp",
						System.getProperty("java.class.path")),
				null, compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
			.call();
		assertThat(done).as(told + "\n" + source).isTrue();
		return new URLClassLoader(new URL[] { this.directory.toUri().toURL() }, getClass().getClassLoader());
	}

}
