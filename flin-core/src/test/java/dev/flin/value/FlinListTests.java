package dev.flin.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;

import org.junit.jupiter.api.Test;

class FlinListTests {

	@Test
	void keepsIntsUnboxedUntilSomethingElseComes() {
		FlinList list = new FlinList();
		list.add(1L);
		list.addLong(2);
		assertThat(list.longStorage()).isNotNull();
		list.add("three");
		assertThat(list.longStorage()).isNull();
		assertThat(list.toString()).isEqualTo("[1, 2, \"three\"]");
	}

	@Test
	void keepsNumbersAndBoolsUnboxed() {
		FlinList numbers = FlinList.expecting(3);
		numbers.add(1.5);
		numbers.addDouble(2);
		assertThat(numbers.doubleStorage()).hasSize(3);
		FlinList bools = new FlinList();
		bools.add(true);
		assertThat(bools.booleanStorage()).isNotNull();
		bools.put(0, null);
		assertThat(bools.toString()).isEqualTo("[none]");
	}

	@Test
	void negativeIndexesCountFromTheEnd() {
		FlinList list = FlinList.ofLongs(10, 20, 30);
		assertThat(list.at(-1)).isEqualTo(30L);
		assertThat(list.getLong(-3)).isEqualTo(10);
		list.setLong(-1, 33);
		assertThat(list.toString()).isEqualTo("[10, 20, 33]");
	}

	@Test
	void anIndexOutOfRangeIsAnError() {
		FlinList list = FlinList.ofLongs(10, 20, 30);
		assertThatThrownBy(() -> list.at(3)).isInstanceOf(FlinError.class)
			.hasMessage("index 3 is out of range: the list has 3 elements");
		assertThatThrownBy(() -> list.getLong(-4)).isInstanceOf(FlinError.class);
		assertThatThrownBy(() -> list.put(3, 1L)).isInstanceOf(FlinError.class);
		assertThat(list.atOrNone(5)).isNull();
	}

	@Test
	void readsIntsAsNumbers() {
		FlinList list = FlinList.of(1L, 2.5);
		assertThat(list.getDouble(0)).isEqualTo(1);
		assertThat(list.getDouble(1)).isEqualTo(2.5);
		assertThatThrownBy(() -> list.getLong(1)).hasMessage("[1] should be int but is number 2.5");
	}

	@Test
	void insertsAndRemovesInEveryKindOfStorage() {
		for (FlinList list : List.of(FlinList.ofLongs(1, 2, 3), FlinList.ofDoubles(1, 2, 3), FlinList.of(1L, 2L, 3L))) {
			list.remove(1);
			list.add(0, list.get(1));
			assertThat(list.toString()).isEqualTo("[3, 1, 3]");
			list.clear();
			list.add("x");
			assertThat(list.toString()).isEqualTo("[\"x\"]");
		}
	}

	@Test
	void appendsItself() {
		FlinList list = FlinList.ofLongs(1, 2);
		list.addList(list);
		assertThat(list.toString()).isEqualTo("[1, 2, 1, 2]");
	}

	@Test
	void equalsByStructureAndNumericValue() {
		assertThat(FlinList.ofLongs(1, 2)).isEqualTo(FlinList.of(1.0, new BigDecimal("2.0")));
		assertThat(FlinList.ofLongs(1, 2).hashCode()).isEqualTo(FlinList.of(1.0, new BigDecimal("2.0")).hashCode());
		assertThat(FlinList.of(Double.NaN)).isNotEqualTo(FlinList.of(Double.NaN));
		assertThat(Equality.equal(FlinRange.inclusive(1, 3), FlinList.ofLongs(1, 2, 3))).isTrue();
	}

}
