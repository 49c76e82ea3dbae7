package dev.flin.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

import dev.flin.autoconfigure.route.FlinRoute;

/**
 * A method of a bean in FLIN's route table, beside the routes of files.
 */
@Component
class ExchangeRates {

	private static final Map<String, BigDecimal> PER_EURO = Map.of("EUR", BigDecimal.ONE, "XOF",
			new BigDecimal("655.957"), "USD", new BigDecimal("1.08"));

	/** An amount of euros in another currency. */
	@FlinRoute(path = "/api/convert/{currency}")
	Map<String, Object> convert(String currency, @Nullable BigDecimal amount) {
		BigDecimal rate = PER_EURO.get(currency);
		if (rate == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "Unknown currency " + currency);
		}
		BigDecimal euros = (amount != null) ? amount : BigDecimal.ONE;
		return Map.of("currency", currency, "amount", euros.multiply(rate).setScale(2, RoundingMode.HALF_UP));
	}

}
