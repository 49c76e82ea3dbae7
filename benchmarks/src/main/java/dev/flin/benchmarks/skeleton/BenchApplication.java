package dev.flin.benchmarks.skeleton;

import java.lang.management.ManagementFactory;
import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

import dev.flin.benchmarks.fork.Fork;

/**
 * A small WebFlux application. It knows nothing of FLIN: whether it has any is a matter of its class path and of
 * {@code flin.root}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BenchApplication {

	public static void main(String[] args) throws Exception {
		SpringApplication application = new SpringApplication(BenchApplication.class);
		application.setRegisterShutdownHook(false);
		try (ConfigurableApplicationContext context = application.run(args)) {
			Fork.answer("ready", ManagementFactory.getRuntimeMXBean().getUptime());
			Fork.answer("port", context.getEnvironment().getRequiredProperty("local.server.port"));
			untilInputEnds();
		}
	}

	private static void untilInputEnds() throws Exception {
		while (System.in.read() >= 0) {
			// Nothing is ever said; only the end counts.
		}
	}

	@Bean
	RouterFunction<ServerResponse> quotes() {
		return RouterFunctions.route().GET("/java/quote/{id}", BenchApplication::quote).build();
	}

	private static Mono<ServerResponse> quote(ServerRequest request) {
		long id = Long.parseLong(request.pathVariable("id"));
		String unit = request.queryParam("unit").orElse("piece");
		return ServerResponse.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(new Quote(id, "Product " + id, id * 125, id % 2 == 0, unit, List.of("oak", "round")));
	}

	record Quote(long id, String name, long price, boolean inStock, String unit, List<String> tags) {
	}

}
