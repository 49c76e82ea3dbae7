package dev.flin.runtime.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTests {

	@Test
	void readsWhatTheJdkReads() {
		Random random = new Random(7);
		for (int i = 0; i < 20_000; i++) {
			String written = "%04d-%02d-%02dT%02d:%02d:%02d%sZ".formatted(1 + random.nextInt(9999), random.nextInt(14),
					random.nextInt(33), random.nextInt(26), random.nextInt(62), random.nextInt(62),
					(random.nextInt(3) == 0) ? "" : "." + ("" + (1_000_000_000L + random.nextInt(1_000_000_000)))
						.substring(1, 2 + random.nextInt(9)));
			Instant read = InstantText.read(written);
			Instant expected = null;
			try {
				expected = OffsetDateTime.parse(written).toInstant().truncatedTo(ChronoUnit.MICROS);
			}
			catch (DateTimeException ex) {
				assertThat(read).as(written).isNull();
			}
			if (expected != null && !written.contains("T24:")) {
				assertThat(read).as(written).isEqualTo(expected);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Z", "2026-03-15", "2026-03-15T09:30Z", "2026-03-15T09:30:00",
			"2026-03-15T09:30:00.Z", "2026-03-15T09:30:00+01:00", "2026-03-15T09:30:0xZ",
			"2026-03-15T09:30:00.1234567890Z", "2026-03-15T09:30:00.12a456Z", "2026-03-15T09:30:00.123456xZ",
			"+026-03-15T09:30:00Z", "2026-02-30T09:30:00Z" })
	void leavesTheRestToTheJdk(String written) {
		assertThat(InstantText.read(written)).isNull();
	}

}
