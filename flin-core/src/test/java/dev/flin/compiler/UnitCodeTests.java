package dev.flin.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** When the classes of a unit are made. */
class UnitCodeTests {

	private static final byte[] BYTES = { 1, 2 };

	private static UnitCode later(List<String> made, byte... bytes) {
		return new UnitCode(() -> {
			made.add("made");
			return Map.of("A", bytes);
		});
	}

	@Test
	void theyAreMadeOnceAndNotBeforeSomebodyAsks() {
		List<String> made = new ArrayList<>();
		UnitCode code = later(made, BYTES);
		assertThat(made).isEmpty();
		assertThat(code.classes()).containsOnlyKeys("A");
		assertThat(code.classes().get("A")).isEqualTo(BYTES);
		assertThat(made).hasSize(1);
	}

	@Test
	void aThreadWithoutStackLeavesThemToTheNext() {
		List<String> tries = new ArrayList<>();
		UnitCode code = new UnitCode(() -> {
			tries.add("try");
			if (tries.size() == 1) {
				throw new StackOverflowError();
			}
			return Map.of("A", BYTES);
		});
		assertThatThrownBy(code::classes).isInstanceOf(StackOverflowError.class);
		assertThat(code.classes()).containsOnlyKeys("A");
	}

	@Test
	void onlyWhatWasMadeIsCompared() {
		List<String> made = new ArrayList<>();
		UnitCode first = later(made, BYTES);
		UnitCode same = later(made, BYTES);
		assertThat(first.isSame(first)).isTrue();
		assertThat(first.isSame(same)).isFalse();
		assertThat(made).isEmpty();
		first.classes();
		assertThat(first.isSame(same)).isTrue();
		assertThat(first.isSame(later(made, (byte) 3))).isFalse();
		assertThat(made).hasSize(3);
	}

}
