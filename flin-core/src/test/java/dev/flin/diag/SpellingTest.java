package dev.flin.diag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

	@ParameterizedTest
	@CsvSource({ "cuont, count total, count", "ratee, rate tax, rate", "valeu, label value, value",
			"PriceLable, PriceLabel Price, PriceLabel", "Ambre, Red Amber Green, Amber", "uper, upper lower, upper",
			"NAME, name, name", "toUpperCse, to_upper toUpperCase, toUpperCase", "x, y z,", "ab, xy,", "total, amount,",
			"colour, color flavour, color", "same, same some, some" })
	void theNearestNameIsFound(String name, String candidates, String nearest) {
		assertThat(Spelling.nearest(name, Arrays.asList(candidates.split(" "))).orElse(null)).isEqualTo(nearest);
	}

	@ParameterizedTest
	@CsvSource({ "ab, ba, 1", "abc, abd, 1", "abc, ab, 1", "kitten, sitting, 3", "'', abc, 3", "same, same, 0" })
	void distanceCountsSwapsAsOne(String a, String b, int distance) {
		assertThat(Spelling.distance(a, b)).isEqualTo(distance);
	}

}
