package dev.flin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.flin.value.FlinError;

class FlinContextTests {

	@Test
	void callsAreLimited() {
		FlinContext context = Contexts.builder().limits(Limits.DEFAULT.withCallDepth(3)).build();
		context.enter();
		context.enter();
		context.enter();
		assertThatThrownBy(context::enter).isInstanceOf(FlinError.class).hasMessageContaining("limit of 3");
		context.callDepth(0);
		context.enter();
		context.leave();
		assertThat(context.callDepth()).isZero();
	}

	@Test
	void aStoppedRunEndsAtItsNextPoll() {
		FlinContext context = Contexts.plain();
		context.poll();
		FlinError late = new FlinError(FlinError.LIMIT_ERROR, "too late");
		context.stop(late);
		assertThatThrownBy(context::poll).isInstanceOf(FlinError.class).hasMessage("too late");
		assertThat(context.resume(late)).isTrue();
		context.poll();
	}

	@Test
	void outputAndSizesAreLimited() {
		List<String> lines = Contexts.lines();
		FlinContext context = Contexts.builder().limits(new Limits(10, 10, 5, 6)).printSink(lines::add).build();
		context.print("abcde");
		assertThatThrownBy(() -> context.print("f")).hasMessageContaining("limit of 6 bytes");
		assertThat(lines).containsExactly("abcde");
		assertThatThrownBy(() -> context.checkSize(6)).hasMessageContaining("limit of 5");
	}

	@Test
	void nowNeverLiesBeforeWhatWasSeen() {
		FlinContext context = Contexts.plain();
		Instant later = Instant.parse("2027-01-01T00:00:00Z");
		assertThat(context.now()).isEqualTo("2026-01-01T00:00:00Z");
		context.raiseNow(later);
		assertThat(context.now()).isEqualTo(later);
	}

	@Test
	void aMissingServiceIsAnErrorThatSaysWhatNeedsIt() {
		assertThat(Contexts.plain().service(Settings.class)).isNull();
		assertThatThrownBy(() -> Contexts.plain().require(Settings.class, "'config'"))
			.hasMessage("'config' is not available here");
	}

}
