package dev.flin.benchmarks.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** Security of an application that lets everybody in: the cost of its filters is what counts. */
@Configuration(proxyBeanMethods = false)
class OpenChain {

	@Bean
	SecurityWebFilterChain everybody(ServerHttpSecurity http) {
		return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
			.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.build();
	}

}
