package dev.flin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.flin.runtime.lib.JsonFunctions;
import dev.flin.value.EntityShape;
import dev.flin.value.EnumType;
import dev.flin.value.EnumValue;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;
import dev.flin.value.SampleEntity;

class TypeDescriptorTests {

	@Test
	void namesThePathOfTheFirstWrongPart() {
		Object data = JsonFunctions.parseJson("[{\"price\": 1}, {\"price\": \"2\"}]");
		assertThatThrownBy(() -> check("[[text: int]]", data, "items"))
			.hasMessage("'items[1].price' should be int but is text \"2\"");
		assertThatThrownBy(() -> check("[{price: int}]", data, null))
			.hasMessage("'[1].price' should be int but is text \"2\"");
	}

	@Test
	void anIntWidensToNumberAndDecimal() {
		assertThat(check("number", 5L, "x")).isEqualTo(5.0);
		assertThat(check("decimal", 5L, "x")).isEqualTo(BigDecimal.valueOf(5));
		assertThatThrownBy(() -> check("int", 0.5, "x")).hasMessage("'x' should be int but is number 0.5");
		assertThatThrownBy(() -> check("int", null, "x")).hasMessage("'x' should be int but is none");
	}

	@Test
	void aListIsWidenedInPlace() {
		FlinList list = FlinList.ofLongs(1, 2);
		assertThat(check("[number]", list, "xs")).isSameAs(list);
		assertThat(list.element(0)).isEqualTo(1.0);
	}

	@Test
	void optionalsAndUnionsRefuseOnlyWhatTheyExclude() {
		assertThat(check("text?", null, "x")).isNull();
		assertThat(check("int | text", 7L, "x")).isEqualTo(7L);
		assertThat(check("int | text", "x7", "x")).isEqualTo("x7");
		assertThatThrownBy(() -> check("int | text", true, "x"))
			.hasMessage("'x' should be int | text but is bool true");
	}

	@Test
	void aNameFitsWhereverItsValuesComeFrom() {
		TypeDescriptor signal = TypeDescriptor.parse("Signal?");
		EnumValue stop = EnumType.of("Signal", "Stop", "Go/1").value(0);
		EnumValue stopBeforeReload = EnumType.of("Signal", "Stop").value(0);
		EnumValue other = EnumType.of("Colour", "Red").value(0);
		for (int turn = 0; turn < 2; turn++) {
			assertThat(signal.check(stop, "s")).isSameAs(stop);
			assertThat(signal.matches(stopBeforeReload)).isTrue();
			assertThat(signal.matches(other)).isFalse();
			assertThat(signal.check(null, "s")).isNull();
			assertThatThrownBy(() -> signal.check(other, "s")).hasMessage("'s' should be Signal but is Colour");
		}
	}

	@Test
	void entitiesWithoutAClassOfTheirOwnAreToldApartByName() {
		TypeDescriptor product = TypeDescriptor.parse("Product");
		SampleEntity lamp = new SampleEntity(new EntityShape("Product", List.of()));
		SampleEntity ann = new SampleEntity(new EntityShape("Customer", List.of()));
		assertThat(product.check(lamp, "p")).isSameAs(lamp);
		assertThat(product.matches(ann)).isFalse();
	}

	@Test
	void tellsWhatAnAnyIs() {
		assertThat(TypeDescriptor.parse("int").matches(4L)).isTrue();
		assertThat(TypeDescriptor.parse("number").matches(4L)).isFalse();
		assertThat(TypeDescriptor.parse("none").matches(null)).isTrue();
		assertThat(TypeDescriptor.parse("(int, text)").matches(FlinTuple.of(1L, "a"))).isTrue();
		assertThat(TypeDescriptor.parse("[text: [int?]]").matches(FlinMap.of("a", FlinList.of(1L, null)))).isTrue();
		assertThat(TypeDescriptor.parse("Product").matches("x")).isFalse();
	}

	@Test
	void aBadConstantIsOurBug() {
		assertThatThrownBy(() -> TypeDescriptor.parse("[int")).isInstanceOf(FlinBugException.class);
	}

	private static Object check(String type, Object value, String what) {
		return TypeDescriptor.parse(type).check(value, what);
	}

}
