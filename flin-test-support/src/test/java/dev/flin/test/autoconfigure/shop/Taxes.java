package dev.flin.test.autoconfigure.shop;

import org.springframework.stereotype.Component;

import dev.flin.autoconfigure.function.FlinFunction;

@Component
public class Taxes {

	@FlinFunction("tax.rate")
	double rate(String country) {
		return "CI".equals(country) ? 0.18 : 0.2;
	}

}
