package dev.flin.benchmarks.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
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

	private static final List<String> FORTUNES = List.of("A bad random number generator: 1, 1, 1, 1, 4.33e+67",
			"A computer program does what you tell it to do, not what you want it to do.",
			"A computer scientist is someone who fixes things that are not broken.", "After enough decimal places",
			"Any program that runs right is obsolete.", "Computers make very fast, very accurate mistakes.",
			"Emacs is a nice operating system, but I prefer UNIX.", "Feature: A bug with seniority.",
			"<script>alert(1);</script>", "fortune: No such file or directory",
			"If it compiles, ship it.", "\u30d5\u30ec\u30fc\u30e0\u30ef\u30fc\u30af\u306e\u30d9\u30f3\u30c1\u30de\u30fc\u30af");

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

	/** A line asks for CPU time so far, or for the memory that is in use after everything unreachable is gone. */
	private static void answerQuestions() throws IOException {
		BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		for (String question = questions.readLine(); question != null; question = questions.readLine()) {
			if (question.equals("cpu")) {
				Fork.answer("cpu", ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
					.getProcessCpuTime());
			}
			else {
				System.gc();
				System.gc();
				Fork.answer("heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
			}
		}
	}

}
