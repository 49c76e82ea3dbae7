package dev.flin.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

/** When the classes of a unit are made. */
class UnitCodeTests {

	private static final byte[] BYTES = { 1, 2 };

	private static UnitCode later(List<String> made, List<String> found, byte... bytes) {
		return new UnitCode(() -> {
			made.add("made");
			return Map.of("A", bytes);
		}, () -> {
			found.add("found");
			return Set.of("B");
		});
	}

	@Test
	void theyAreMadeOnceAndNotBeforeSomebodyAsks() {
		List<String> made = new ArrayList<>();
		UnitCode code = later(made, new ArrayList<>(), BYTES);
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
		}, Set::of);
		assertThatThrownBy(code::classes).isInstanceOf(StackOverflowError.class);
		assertThat(code.classes()).containsOnlyKeys("A");
	}

	@Test
	void referencesAreFoundOnceAndBeforeTheClassesAreMade() {
		List<String> asked = new ArrayList<>();
		UnitCode code = later(asked, asked, BYTES);
		assertThat(asked).isEmpty();
		code.classes();
		assertThat(asked).containsExactly("found", "made");
		assertThat(code.references()).containsExactly("B");
		assertThat(asked).hasSize(2);
	}

	@Test
	void onlyWhatWasMadeIsCompared() {
		List<String> made = new ArrayList<>();
		UnitCode first = later(made, new ArrayList<>(), BYTES);
		UnitCode same = later(made, new ArrayList<>(), BYTES);
		assertThat(first.isSame(first)).isTrue();
		assertThat(first.isSame(same)).isFalse();
		assertThat(made).isEmpty();
		first.classes();
		assertThat(first.isSame(same)).isTrue();
		assertThat(first.isSame(later(made, new ArrayList<>(), (byte) 3))).isFalse();
		assertThat(made).hasSize(3);
	}

}
