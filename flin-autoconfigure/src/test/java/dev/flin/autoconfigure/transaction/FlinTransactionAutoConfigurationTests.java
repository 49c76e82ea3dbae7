package dev.flin.autoconfigure.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

import dev.flin.FlinStore;
import dev.flin.autoconfigure.FlinAutoConfiguration;

class FlinTransactionAutoConfigurationTests {

	@TempDir
	private Path root;

	private ApplicationContextRunner runner = new ApplicationContextRunner();

	@BeforeEach
	void setUp() throws IOException {
		Files.writeString(this.root.resolve("Product.flin"), "entity Product { name: text  price: int = 0 }\n");
		this.runner = this.runner
			.withConfiguration(
					AutoConfigurations.of(FlinAutoConfiguration.class, FlinTransactionAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory");
	}

	@Test
	void shouldManageTransactionsOfAnApplicationWithoutAnotherManager() {
		this.runner.withUserConfiguration(Shop.class).run((context) -> {
			FlinStore store = context.getBean(FlinStore.class);
			assertThat(context.getBean(PlatformTransactionManager.class)).isInstanceOf(FlinTransactionManager.class);
			Orders orders = context.getBean(Orders.class);
			assertThatThrownBy(() -> orders.saveTwo(true)).hasMessage("no");
			assertThat(store.count("Product")).isZero();
			orders.saveTwo(false);
			assertThat(store.count("Product")).isEqualTo(2);
		});
	}

	@Test
	void shouldLeaveAnApplicationItsOwnManager() {
		this.runner.withUserConfiguration(Shop.class, OwnManager.class).run((context) -> {
			FlinStore store = context.getBean(FlinStore.class);
			CountingManager own = context.getBean(CountingManager.class);
			assertThat(context.getBean(PlatformTransactionManager.class)).isSameAs(own);
			assertThat(context).hasBean("flinTransactionManager").hasBean("manager");
			Orders orders = context.getBean(Orders.class);
			orders.saveTwo(false);
			assertThat(own.commits).hasValue(1);
			assertThatThrownBy(() -> orders.saveTwo(true)).hasMessage("no");
			assertThat(store.count("Product")).isEqualTo(4);
			assertThatThrownBy(() -> orders.saveTwoInFlin(true)).hasMessage("no");
			assertThat(store.count("Product")).isEqualTo(4);
			orders.saveTwoInFlin(false);
			assertThat(store.count("Product")).isEqualTo(6);
			assertThat(own.commits).hasValue(1);
		});
	}

	@Test
	void shouldLeaveAnApplicationItsOwnFlinManager() {
		this.runner.withBean("mine", FlinTransactionManager.class)
			.run((context) -> assertThat(context).hasSingleBean(FlinTransactionManager.class).hasBean("mine"));
	}

	@Test
	void shouldDoWithoutTransactionsOnTheClassPath() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(FlinStore.class)
				.doesNotHaveBean("flinTransactionManager"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	@Import(Orders.class)
	static class Shop {

	}

	static class Orders {

		private final FlinStore store;

		Orders(FlinStore store) {
			this.store = store;
		}

		@Transactional
		public void saveTwo(boolean fail) {
			save(fail);
		}

		@Transactional("flinTransactionManager")
		public void saveTwoInFlin(boolean fail) {
			save(fail);
		}

		private void save(boolean fail) {
			this.store.create("Product", Map.of("name", "a"));
			this.store.create("Product", Map.of("name", "b"));
			if (fail) {
				throw new IllegalStateException("no");
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnManager {

		@Bean
		CountingManager manager() {
			return new CountingManager();
		}

	}

	/** As an application's manager of another kind of transactions. */
	static class CountingManager extends AbstractPlatformTransactionManager {

		private static final long serialVersionUID = 1L;

		final AtomicInteger commits = new AtomicInteger();

		@Override
		protected Object doGetTransaction() {
			return this;
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			this.commits.incrementAndGet();
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

	}

}
