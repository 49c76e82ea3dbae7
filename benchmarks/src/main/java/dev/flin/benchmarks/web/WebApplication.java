package dev.flin.benchmarks.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import dev.flin.FlinStore;
import dev.flin.benchmarks.fork.Fork;

/** The server: FLIN's files below {@code web/}, and the same by hand in {@link Handlers}. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class WebApplication {

	private static final int WORLDS = 1000;

	private static final List<String> FORTUNES = List.of("Good tea waits for nobody.",
			"The log remembers what the meeting forgot.", "A short name and a long life.",
			"Measure twice, publish once.", "Every cache was once a good idea.",
			"Tomorrow is a pure function of today.",
			"Two clocks, three opinions.", "An empty table is never slow.", "<b>Bold & escaped</b>",
			"Rain before seven, deploy by eleven.", "Who owns the key owns the door.",
			"\u00c9criture, \u03bb\u03cc\u03b3\u03bf\u03c2, \u6587\u5b57");

	public static void main(String[] args) throws Exception {
		SpringApplication application = new SpringApplication(WebApplication.class, Handlers.class);
		if (List.of(args).contains("--bench.security=true")) {
			application.addPrimarySources(List.of(OpenChain.class));
		}
		application.setRegisterShutdownHook(false);
		try (ConfigurableApplicationContext context = application.run(args)) {
			fill(context.getBean(FlinStore.class));
			Fork.answer("port", context.getEnvironment().getRequiredProperty("local.server.port"));
			answerQuestions();
		}
	}

	private static void fill(FlinStore store) {
		if (store.count("World") > 0) {
			return;
		}
		for (int i = 0; i < WORLDS; i++) {
			store.create("World", Map.of("random", (long) (i * 31 % 10_000)));
		}
		FORTUNES.forEach((message) -> store.create("Fortune", Map.of("message", message)));
	}

	/**
	 * A line asks for CPU time or allocated bytes so far, or for the memory that is in use after everything unreachable
	 * is gone.
	 */
	private static void answerQuestions() throws IOException {
		BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		for (String question = questions.readLine(); question != null; question = questions.readLine()) {
			Fork.answer(question, switch (question) {
				case "cpu" -> ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
					.getProcessCpuTime();
				case "allocated" -> ((ThreadMXBean) ManagementFactory.getThreadMXBean())
					.getTotalThreadAllocatedBytes();
				default -> {
					System.gc();
					System.gc();
					yield ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
				}
			});
		}
	}

}
