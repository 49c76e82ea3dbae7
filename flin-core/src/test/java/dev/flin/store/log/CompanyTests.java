package dev.flin.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** For how many records a round of the log waits. */
class CompanyTests {

	private static final long USUAL = 100_000;

	private final Company company = new Company();

	@Test
	void whoWritesAloneWaitsForNobody() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.company.isComplete(1)).isTrue();
			this.company.rounded(1, 0, USUAL);
		}
	}

	@Test
	void thoseOfTheLastRoundAreExpectedWithThoseThatCameDuringIt() {
		this.company.rounded(1, 7, USUAL);
		assertThat(this.company.isComplete(7)).isFalse();
		assertThat(this.company.isComplete(8)).isTrue();
		this.company.rounded(8, 0, USUAL);
		assertThat(this.company.isComplete(7)).isFalse();
		assertThat(this.company.isComplete(8)).isTrue();
	}

	@Test
	void nobodyWaitsForMoreThanEnough() {
		this.company.rounded(18, 46, USUAL);
		assertThat(this.company.isComplete(15)).isFalse();
		assertThat(this.company.isComplete(16)).isTrue();
	}

	@Test
	void whoStaysAwayIsWaitedForOnceAndThenLessAndLessOften() {
		int waits = 0;
		for (int i = 0; i < 1_000; i++) {
			this.company.rounded(3, 1, USUAL);
			waits += this.company.isComplete(3) ? 0 : 1;
		}
		assertThat(waits).isBetween(10, 30);
	}

	@Test
	void whoComesBackIsWaitedForAgain() {
		this.company.rounded(4, 0, USUAL);
		this.company.rounded(2, 0, USUAL);
		assertThat(this.company.isComplete(1)).isTrue();
		this.company.rounded(2, 2, USUAL);
		assertThat(this.company.isComplete(1)).isTrue();
		this.company.rounded(2, 2, USUAL);
		assertThat(this.company.isComplete(3)).isFalse();
		assertThat(this.company.isComplete(4)).isTrue();
	}

	@Test
	void patienceIsHalfOfAUsualRoundAndNeverLong() {
		for (int i = 0; i < 100; i++) {
			this.company.rounded(1, 0, USUAL);
		}
		assertThat(this.company.patienceNanos()).isBetween(USUAL / 3, USUAL / 2);
		this.company.rounded(1, 0, 60_000_000_000L);
		assertThat(this.company.patienceNanos()).isEqualTo(5_000_000);
	}

}
