package dev.flin.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** For how many records a round of the log waits. */
class CommitDelayTests {

	private static final long USUAL = 100_000;

	private final CommitDelay delay = new CommitDelay();

	@Test
	void whoWritesAloneWaitsForNobody() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.delay.isComplete(1)).isTrue();
			this.delay.rounded(1, 0, USUAL);
		}
	}

	@Test
	void thoseOfTheLastRoundAreExpectedWithThoseThatCameDuringIt() {
		this.delay.rounded(1, 7, USUAL);
		assertThat(this.delay.isComplete(7)).isFalse();
		assertThat(this.delay.isComplete(8)).isTrue();
		this.delay.rounded(8, 0, USUAL);
		assertThat(this.delay.isComplete(7)).isFalse();
		assertThat(this.delay.isComplete(8)).isTrue();
	}

	@Test
	void nobodyWaitsForMoreThanEnough() {
		this.delay.rounded(18, 46, USUAL);
		assertThat(this.delay.isComplete(15)).isFalse();
		assertThat(this.delay.isComplete(16)).isTrue();
	}

	@Test
	void whoStaysAwayIsWaitedForOnceAndThenLessAndLessOften() {
		int waits = 0;
		for (int i = 0; i < 1_000; i++) {
			this.delay.rounded(3, 1, USUAL);
			waits += this.delay.isComplete(3) ? 0 : 1;
		}
		assertThat(waits).isBetween(10, 30);
	}

	@Test
	void whoComesBackIsWaitedForAgain() {
		this.delay.rounded(4, 0, USUAL);
		this.delay.rounded(2, 0, USUAL);
		assertThat(this.delay.isComplete(1)).isTrue();
		this.delay.rounded(2, 2, USUAL);
		assertThat(this.delay.isComplete(1)).isTrue();
		this.delay.rounded(2, 2, USUAL);
		assertThat(this.delay.isComplete(3)).isFalse();
		assertThat(this.delay.isComplete(4)).isTrue();
	}

	@Test
	void patienceIsHalfOfAUsualRoundAndNeverLong() {
		for (int i = 0; i < 100; i++) {
			this.delay.rounded(1, 0, USUAL);
		}
		assertThat(this.delay.patienceNanos()).isBetween(USUAL / 3, USUAL / 2);
		this.delay.rounded(1, 0, 60_000_000_000L);
		assertThat(this.delay.patienceNanos()).isEqualTo(5_000_000);
	}

}
