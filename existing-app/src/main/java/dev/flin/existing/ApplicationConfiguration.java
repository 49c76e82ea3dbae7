package dev.flin.existing;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;

/** What the application has besides its controllers. */
@Configuration(proxyBeanMethods = false)
class ApplicationConfiguration {

	@Bean
	SecurityWebFilterChain applicationSecurity(ServerHttpSecurity http) {
		return http
			.authorizeExchange(
					(paths) -> paths.pathMatchers("/admin/**").hasRole("ADMIN").anyExchange().permitAll())
			.httpBasic(Customizer.withDefaults())
			.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.build();
	}

	@Bean
	MapReactiveUserDetailsService users() {
		return new MapReactiveUserDetailsService(
				User.withUsername("ada").password("{noop}secret").roles("ADMIN").build(),
				User.withUsername("bob").password("{noop}secret").roles("USER").build());
	}

	@Bean
	RouterFunction<ServerResponse> functional() {
		return RouterFunctions.route()
			.GET("/functional", (request) -> ServerResponse.ok().bodyValue("functional"))
			.build();
	}

	@Bean
	WebFilter stamp() {
		return (exchange, chain) -> {
			exchange.getResponse().getHeaders().add("X-Application", "existing");
			return chain.filter(exchange);
		};
	}

	@Bean
	WebClient ownClient(Environment environment) {
		return WebClient.builder()
			.filter((request, next) -> next.exchange(request))
			.defaultHeader("X-Client", environment.getProperty("client.name", "existing"))
			.build();
	}

}
