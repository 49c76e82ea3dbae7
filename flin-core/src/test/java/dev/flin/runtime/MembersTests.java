package dev.flin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.flin.runtime.lib.JsonFunctions;
import dev.flin.value.Attempt;
import dev.flin.value.EntityShape;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinRange;
import dev.flin.value.SampleEntity;

class MembersTests {

	private final FlinContext context = Contexts.plain();

	@Test
	void aKeyWinsOverABuiltInAndAMissingOneIsNone() {
		Object data = JsonFunctions.parseJson("{\"len\": 7, \"tags\": [\"a\", \"b\"]}");
		assertThat(get(data, "len")).isEqualTo(7L);
		assertThat(get(get(data, "tags"), "len")).isEqualTo(2L);
		assertThat(get(data, "missing")).isNull();
		assertThat(get(FlinMap.of("a", 1L), "len")).isEqualTo(1L);
		assertThat(Members.getKey(FlinMap.of("a", 1L), "len", null)).isNull();
	}

	@Test
	void aMemberOfNoneNamesTheExpression() {
		assertThatThrownBy(() -> Members.getMember(this.context, null, "name", "bill.customer"))
			.hasMessage("'bill.customer' is none: it has no 'name'");
		assertThat(Members.getMemberSafe(this.context, null, "name", "bill.customer")).isNull();
	}

	@Test
	void whatAValueLacksIsAnError() {
		assertThatThrownBy(() -> get(31L, "upper")).hasMessage("int has no 'upper'");
		assertThatThrownBy(() -> call(31L, "upper")).hasMessage("int 31 has no 'upper'");
		assertThatThrownBy(() -> call("ab", "repeat", "x"))
			.hasMessage("'repeat(times)' should be int but is text \"x\"");
		assertThatThrownBy(() -> call("ab", "repeat")).hasMessage("'repeat' of text does not take 0 arguments");
		assertThatThrownBy(() -> call(FlinMap.of("f", 1L), "f")).hasMessage("map has no 'f'");
	}

	@Test
	void builtInsAreMethodsOfAny() {
		assertThat(call("a-b", "replace", "-", "+")).isEqualTo("a+b");
		assertThat(call(FlinRange.inclusive(1, 3), "sum")).isEqualTo(6L);
		assertThat(call(FlinList.ofLongs(3, 1), "max")).isEqualTo(3L);
		assertThat(call(3L, "max", 2.5)).isEqualTo(3L);
		assertThat(call(2L, "round", 1L)).isEqualTo(2.0);
		assertThat(call(FlinList.of("a"), "join")).isEqualTo("a");
	}

	@Test
	void aHandleCallsWithoutLookingAgain() throws Throwable {
		var handle = this.context.builtins().handle("pad_start", String.class, 1);
		assertThat(handle).isNotNull();
		Object padded = handle.invoke(this.context, (Object) "7", (Object) 3L);
		assertThat(padded).isEqualTo("  7");
		assertThat(this.context.builtins().handle("pad_start", Long.class, 1)).isNull();
	}

	@Test
	void fieldsOfEntities() {
		EntityShape shape = new EntityShape("Product", List.of(new EntityShape.Field("name", "text", false)));
		SampleEntity product = new SampleEntity(shape);
		Members.setMember(product, "name", "Tea", "p");
		assertThat(get(product, "name")).isEqualTo("Tea");
		assertThat(get(product, "id")).isEqualTo(0L);
		assertThat(get(product, "missing")).isNull();
		assertThatThrownBy(() -> Members.setMember(product, "price", 1L, "p"))
			.hasMessage("Product has no field 'price'");
		product.past(true);
		assertThatThrownBy(() -> Members.setMember(product, "name", "x", "p"))
			.hasMessage("cannot assign to 'name' of a past version of Product");
	}

	@Test
	void errorsAndAttempts() {
		FlinError error = new FlinError("no");
		assertThat(get(Attempt.failure(error), "ok")).isEqualTo(false);
		assertThat(get(get(Attempt.failure(error), "error"), "message")).isEqualTo("no");
		assertThat(get(error, "code")).isEqualTo("Error");
		assertThat(get(error, "cause")).isNull();
	}

	private Object get(Object value, String name) {
		return Members.getMember(this.context, value, name, null);
	}

	private Object call(Object value, String name, Object... args) {
		return Members.callMethod(this.context, value, name, args, null);
	}

}
