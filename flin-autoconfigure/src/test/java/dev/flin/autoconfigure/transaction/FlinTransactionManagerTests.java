package dev.flin.autoconfigure.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.InvalidIsolationLevelException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.flin.FlinEngine;
import dev.flin.FlinStore;
import dev.flin.SourceRoot;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;

/** Spring's transactions, on a store that works. */
class FlinTransactionManagerTests {

	private static final Map<String, String> FILES = Map.of("entities/Account.flin", """
			entity Account { name: text @unique  balance: int = 0 }
			""", "more.flin", """
			save Account { name: "from a file" }
			Account.count
			""");

	private final FlinEngine engine = FlinEngine.builder().root(SourceRoot.of(() -> FILES)).build().requireNoErrors();

	private final FlinStore store = this.engine.store();

	private final FlinTransactionManager manager = new FlinTransactionManager(this.store);

	private final TransactionTemplate required = template(TransactionDefinition.PROPAGATION_REQUIRED);

	private final TransactionTemplate independent = template(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

	private final TransactionTemplate nested = template(TransactionDefinition.PROPAGATION_NESTED);

	@AfterEach
	void close() {
		assertThat(this.store.current()).isNull();
		this.engine.close();
	}

	private TransactionTemplate template(int propagation) {
		return new TransactionTemplate(this.manager, new DefaultTransactionDefinition(propagation));
	}

	private EntityInstance account(String name) {
		return this.store.create("Account", Map.of("name", name));
	}

	private List<Object> names() {
		return this.store.all("Account").stream().map((record) -> Objects.requireNonNull(record.get(0))).toList();
	}

	private long outside(String what) throws Exception {
		return CompletableFuture.supplyAsync(() -> this.store.count(what)).get(30, TimeUnit.SECONDS);
	}

	@Test
	void savesAllWhenTheWorkReturns() throws Exception {
		this.required.executeWithoutResult((status) -> {
			account("a");
			account("b");
			assertThat(names()).containsExactly("a", "b");
			assertThat(CompletableFuture.supplyAsync(() -> this.store.count("Account")).join()).isZero();
		});
		assertThat(outside("Account")).isEqualTo(2);
	}

	@Test
	void savesNothingWhenTheWorkThrows() {
		assertThatThrownBy(() -> this.required.executeWithoutResult((status) -> {
			account("a");
			throw new IllegalStateException("no");
		})).hasMessage("no");
		assertThat(names()).isEmpty();
	}

	/** What would otherwise be done outside of the transaction, by whoever subscribes. */
	@Test
	void refusesWorkThatIsDoneOnlyLater() {
		assertThatThrownBy(() -> this.required.execute((status) -> {
			account("before");
			return Mono.fromCallable(() -> account("a"));
		})).isInstanceOf(IllegalTransactionStateException.class)
			.hasMessageStartingWith("The work of a transaction gives a Publisher")
			.hasMessageContaining("Mono.fromCallable(() -> store.transaction(tx -> …))");
		assertThat(names()).isEmpty();
	}

	@Test
	void methodsOfBeansAreRefusedByName() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean(FlinTransactionManager.class, () -> this.manager);
			context.registerBean(Accounts.class, () -> new Accounts(this.store));
			context.register(Managed.class);
			context.refresh();
			Accounts accounts = context.getBean(Accounts.class);
			assertThatThrownBy(accounts::later).isInstanceOf(IllegalTransactionStateException.class)
				.hasMessageContaining("Accounts.later gives a Publisher");
			accounts.failed();
			assertThat(names()).isEmpty();
			assertThatThrownBy(accounts::checked).isInstanceOf(IOException.class);
			assertThat(names()).containsExactly("checked");
			accounts.reactive().block();
			assertThat(names()).containsExactly("checked", "one", "two");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	static class Managed {

	}

	/** Methods as applications write them. */
	static class Accounts {

		private final @Nullable FlinStore store;

		Accounts() {
			this(null);
		}

		Accounts(@Nullable FlinStore store) {
			this.store = store;
		}

		private EntityInstance make(String name) {
			return Objects.requireNonNull(this.store).create("Account", Map.of("name", name));
		}

		@Transactional
		public Mono<EntityInstance> later() {
			return Mono.fromCallable(() -> make("later"));
		}

		@Transactional
		public CompletableFuture<EntityInstance> failed() {
			make("failed");
			return CompletableFuture.failedFuture(new IllegalStateException());
		}

		@Transactional
		public void checked() throws IOException {
			assertThat(TransactionSynchronizationManager.getCurrentTransactionName()).endsWith("Accounts.checked");
			make("checked");
			throw new IOException("no rollback");
		}

		public Mono<EntityInstance> reactive() {
			FlinStore all = Objects.requireNonNull(this.store);
			return Mono.fromCallable(() -> all.transaction((tx) -> {
				tx.create("Account", Map.of("name", "one"));
				return tx.create("Account", Map.of("name", "two"));
			})).subscribeOn(Schedulers.boundedElastic());
		}

	}

	@Test
	void readsOneStateThroughout() {
		account("a");
		this.required.executeWithoutResult((status) -> {
			assertThat(this.store.count("Account")).isEqualTo(1);
			CompletableFuture.runAsync(() -> account("b")).join();
			assertThat(this.store.count("Account")).isEqualTo(1);
		});
		assertThat(this.store.count("Account")).isEqualTo(2);
	}

	@Test
	void filesOfFlinTakePart() {
		this.required.executeWithoutResult((status) -> {
			account("a");
			assertThat(this.engine.run("more.flin")).isEqualTo(2L);
			assertThat(names()).containsExactly("a", "from a file");
			status.setRollbackOnly();
		});
		assertThat(names()).isEmpty();
		assertThat(this.engine.run("more.flin")).isEqualTo(1L);
	}

	@Test
	void transactionsOfTheStoreAreSavepointsWithin() {
		this.required.executeWithoutResult((status) -> {
			account("a");
			assertThatThrownBy(() -> this.store.transaction((inside) -> {
				inside.create("Account", Map.of("name", "b"));
				throw new IllegalStateException("back");
			})).hasMessage("back");
			this.store.transaction((inside) -> inside.create("Account", Map.of("name", "c")));
		});
		assertThat(names()).containsExactly("a", "c");
	}

	@Test
	void nestedOnesGoBackAlone() {
		this.required.executeWithoutResult((outer) -> {
			account("a");
			assertThatThrownBy(() -> this.nested.executeWithoutResult((inner) -> {
				account("b");
				assertThatThrownBy(() -> this.required.executeWithoutResult((part) -> {
					throw new IllegalStateException("deep");
				})).hasMessage("deep");
				throw new IllegalStateException("back");
			})).hasMessage("back");
			assertThat(names()).containsExactly("a");
			this.nested.executeWithoutResult((inner) -> account("c"));
		});
		assertThat(names()).containsExactly("a", "c");
	}

	@Test
	void savepointsCanBeUsedMoreThanOnce() {
		this.required.executeWithoutResult((status) -> {
			account("a");
			Object place = status.createSavepoint();
			account("b");
			status.rollbackToSavepoint(place);
			account("c");
			status.rollbackToSavepoint(place);
			status.releaseSavepoint(place);
		});
		assertThat(names()).containsExactly("a");
	}

	@Test
	void aNewOneIsIndependentOfTheSuspendedOne() {
		assertThatThrownBy(() -> this.required.executeWithoutResult((outer) -> {
			account("outer");
			this.independent.executeWithoutResult((inner) -> {
				assertThat(names()).isEmpty();
				account("inner");
			});
			assertThat(names()).containsExactly("outer");
			throw new IllegalStateException("no");
		})).hasMessage("no");
		assertThat(names()).containsExactly("inner");
	}

	@Test
	void whatIsNotSupportedRunsOutside() {
		this.required.executeWithoutResult((outer) -> {
			account("outer");
			template(TransactionDefinition.PROPAGATION_NOT_SUPPORTED).executeWithoutResult((none) -> {
				assertThat(this.store.current()).isNull();
				account("at once");
			});
			outer.setRollbackOnly();
		});
		assertThat(names()).containsExactly("at once");
		assertThatThrownBy(() -> template(TransactionDefinition.PROPAGATION_MANDATORY).execute((status) -> null))
			.isInstanceOf(IllegalTransactionStateException.class);
	}

	@Test
	void aPartThatFailsTakesTheWholeBack() {
		assertThatThrownBy(() -> this.required.executeWithoutResult((outer) -> {
			account("a");
			assertThatThrownBy(() -> this.required.executeWithoutResult((part) -> {
				throw new IllegalStateException("part");
			})).hasMessage("part");
			assertThat(outer.isRollbackOnly()).isTrue();
		})).isInstanceOf(UnexpectedRollbackException.class);
		assertThat(names()).isEmpty();
	}

	@Test
	void aSaveThatIsRefusedTakesNothingElseBack() {
		account("a");
		this.required.executeWithoutResult((status) -> {
			account("b");
			assertThatThrownBy(() -> account("a")).isInstanceOf(FlinError.class).hasMessageContaining("name");
			account("c");
		});
		assertThat(names()).containsExactly("a", "b", "c");
	}

	@Test
	void readOnlyOnesRefuseToWrite() {
		EntityInstance account = account("a");
		TransactionTemplate reading = template(TransactionDefinition.PROPAGATION_REQUIRED);
		reading.setReadOnly(true);
		reading.executeWithoutResult((status) -> {
			assertThat(names()).containsExactly("a");
			assertThatThrownBy(() -> account("b")).isInstanceOf(FlinError.class)
				.hasMessage("the transaction is read-only");
			assertThatThrownBy(() -> this.store.delete(account)).hasMessage("the transaction is read-only");
			assertThatThrownBy(() -> this.store.query("Account").update(Map.of("balance", 1L)))
				.hasMessage("the transaction is read-only");
			assertThatThrownBy(() -> this.store.transaction((inside) -> inside.create("Account", Map.of("name", "b"))))
				.hasMessage("the transaction is read-only");
			assertThatThrownBy(() -> this.engine.run("more.flin")).hasMessage("the transaction is read-only");
		});
		account("b");
		assertThat(names()).containsExactly("a", "b");
	}

	@Test
	void theSecondOfTwoThatChangeARecordFails() throws Exception {
		long id = account("a").id();
		CyclicBarrier bothHaveRead = new CyclicBarrier(2);
		List<CompletableFuture<Void>> both = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			CompletableFuture<Void> done = new CompletableFuture<>();
			Thread.ofPlatform().start(() -> {
				try {
					this.required.executeWithoutResult((status) -> {
						raise(id, bothHaveRead);
					});
					done.complete(null);
				}
				catch (RuntimeException ex) {
					done.completeExceptionally(ex);
				}
			});
			both.add(done);
		}
		List<Throwable> failures = new ArrayList<>();
		for (CompletableFuture<Void> one : both) {
			Throwable failure = one.handle((done, thrown) -> thrown).get(30, TimeUnit.SECONDS);
			if (failure != null) {
				failures.add(failure);
			}
		}
		assertThat(failures).singleElement().isInstanceOf(OptimisticLockingFailureException.class);
		assertThat(Objects.requireNonNull(this.store.find("Account", id)).get(1)).isEqualTo(1L);
	}

	private void raise(long id, CyclicBarrier bothHaveRead) {
		EntityInstance account = Objects.requireNonNull(this.store.find("Account", id));
		long balance = (long) Objects.requireNonNull(account.get(1));
		try {
			bothHaveRead.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		this.store.update(account, Map.of("balance", balance + 1));
	}

	@Test
	void synchronizationsHearHowItEnded() {
		List<Integer> ends = new ArrayList<>();
		EntityInstance account = account("a");
		assertThatThrownBy(() -> this.required.executeWithoutResult((status) -> {
			TransactionSynchronizationManager.registerSynchronization(listener(ends));
			this.store.update(account, Map.of("balance", 1L));
			this.independent.executeWithoutResult((inner) -> {
				TransactionSynchronizationManager.registerSynchronization(listener(ends));
				this.store.update(Objects.requireNonNull(this.store.find("Account", account.id())),
						Map.of("balance", 5L));
			});
		})).isInstanceOf(OptimisticLockingFailureException.class);
		assertThat(ends).containsExactly(TransactionSynchronization.STATUS_COMMITTED,
				TransactionSynchronization.STATUS_ROLLED_BACK);
	}

	private static TransactionSynchronization listener(List<Integer> ends) {
		return new TransactionSynchronization() {
			@Override
			public void afterCompletion(int status) {
				ends.add(status);
			}
		};
	}

	@Test
	void whatTakesTooLongIsTakenBack() {
		TransactionTemplate hasty = template(TransactionDefinition.PROPAGATION_REQUIRED);
		hasty.setTimeout(0);
		assertThatThrownBy(() -> hasty.executeWithoutResult((status) -> account("a"))).isInstanceOf(FlinError.class)
			.hasMessage("the transaction took longer than its timeout of 0 ms");
		assertThatThrownBy(() -> hasty.executeWithoutResult((status) -> {
		})).isInstanceOf(TransactionTimedOutException.class);
		hasty.setTimeout(60);
		hasty.executeWithoutResult((status) -> account("b"));
		assertThat(names()).containsExactly("b");
	}

	@Test
	void promisesNoIsolationThatItDoesNotHave() {
		TransactionTemplate strict = template(TransactionDefinition.PROPAGATION_REQUIRED);
		strict.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
		assertThatThrownBy(() -> strict.execute((status) -> null)).isInstanceOf(InvalidIsolationLevelException.class);
		strict.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		strict.executeWithoutResult((status) -> account("a"));
		assertThat(names()).containsExactly("a");
	}

	@Test
	void aTransactionBelongsToItsThread() {
		this.required.executeWithoutResult((status) -> {
			var current = Objects.requireNonNull(this.store.current());
			CompletableFuture<Void> other = CompletableFuture.runAsync(current::commit);
			assertThatThrownBy(other::join).hasMessageContaining("belongs to the thread");
			account("a");
		});
		assertThat(names()).containsExactly("a");
	}

}
