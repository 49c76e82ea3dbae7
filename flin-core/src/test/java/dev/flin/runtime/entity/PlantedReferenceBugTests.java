package dev.flin.runtime.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import dev.flin.store.Store;
import dev.flin.store.WriteTransaction;

/** A test of the tests: a store that does not see who refers to a record must be found out. */
class PlantedReferenceBugTests {

	private static <T> T instead(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw Objects.requireNonNull(ex.getCause());
		}
	}

	private static Store blind(Store store) {
		return instead(Store.class, (proxy, method, arguments) -> {
			Object result = invoke(store, method, arguments);
			return (result instanceof WriteTransaction transaction) ? blind(transaction) : result;
		});
	}

	private static WriteTransaction blind(WriteTransaction transaction) {
		return instead(WriteTransaction.class, (proxy, method, arguments) -> method.getName().equals("referrers")
				? List.of() : invoke(transaction, method, arguments));
	}

	@Test
	void aReferenceCheckThatIsLeftOut() {
		assertThat(LongStream.range(0, 3).mapToObj((seed) -> ReferenceRun.check(seed, 60,
				PlantedReferenceBugTests::blind)))
			.allMatch((found) -> found != null && (found.contains("instead of") || found.contains("not refused")));
	}

}
