package dev.flin.autoconfigure.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class FlinWorkersTests {

	private final FlinWorkers workers = new FlinWorkers();

	@AfterEach
	void close() {
		this.workers.close();
	}

	@Test
	void shouldRunOnAVirtualThread() {
		Mono<Boolean> virtual = this.workers.run(() -> Thread.currentThread().isVirtual(), (thread) -> {
		});
		StepVerifier.create(virtual).expectNext(true).expectComplete().verify(Duration.ofSeconds(60));
	}

	@Test
	void shouldPassFailuresOn() {
		Mono<Object> failing = this.workers.run(() -> {
			throw new IllegalStateException("broken");
		}, (thread) -> {
		});
		StepVerifier.create(failing).expectErrorMessage("broken").verify(Duration.ofSeconds(60));
	}

	@Test
	void shouldInterruptTheTaskAndTellItsThreadWhenTheSubscriberIsGone() throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		CompletableFuture<Thread> interrupted = new CompletableFuture<>();
		CompletableFuture<Thread> told = new CompletableFuture<>();
		Mono<Object> waiting = this.workers.run(() -> {
			started.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.complete(Thread.currentThread());
			}
			return null;
		}, told::complete);
		Disposable subscription = waiting.subscribe();
		assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
		subscription.dispose();
		assertThat(interrupted.get(20, TimeUnit.SECONDS)).isSameAs(told.get(20, TimeUnit.SECONDS));
	}

}
