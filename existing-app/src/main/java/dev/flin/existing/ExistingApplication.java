package dev.flin.existing;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A WebFlux application with controllers, functional routes, filters, error handling and security of its own.
 */
@SpringBootApplication
public class ExistingApplication {

	public static void main(String[] args) {
		SpringApplication.run(ExistingApplication.class, args);
	}

}
