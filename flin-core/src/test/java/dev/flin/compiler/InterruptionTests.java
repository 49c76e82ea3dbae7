package dev.flin.compiler;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.flin.runtime.BuiltinDispatch;
import dev.flin.runtime.FlinContext;
import dev.flin.source.SourceFile;
import dev.flin.value.FlinError;

/** Whatever runs for ever can be stopped by another thread, compiled or not. */
class InterruptionTests {

	@ParameterizedTest
	@ValueSource(strings = {
			"while true { n = (n + 1) % 7 }",
			"while n >= 0 { n = f(n) }",
			"while true { for j in 0..<3 { n = (n + j) % 7 } }",
			"for i in 0..9223372036854775806 { n = (n + i) % 7 }",
			"for i in 0..9223372036854775806 { n = f(n) }",
			"for i in -9223372036854775807..9223372036854775806 { for j in 0..5 { n = (n + j) % 7 } }",
			"for i = 0; i < 2; { n = (n + 1) % 7 }",
			"while true { n = few(n) }",
			"while true { for i in 0..<3 { n = few(n + i) % 7 } }",
			"for i in 0..9223372036854775806 { n = few(few(n)) }",
			"while word[n] == \"o\" { n = 1 - n }",
			"while true { while word[n] == \"o\" { n += 1 } n = 0 }",
			"while true { n = letters(word) % 2 }",
			"while true { n = rest(n, 5) }",
			"for i in 0..9223372036854775806 { while n < 5 { n += 1 } n = 0 }",
			"for i in 0..9223372036854775806 { for j in 0..<n { n += j }; for j in 0..<3 { n = rest(n, j) } }",
			"for x in xs { if xs.len < 10000 { xs.push(x) } else { while true { n = 1 - n } } }",
			"n = tail(0)",
			"n = ping(0)",
			"n = tree(4000)" })
	void stops(String endless) {
		SourceFile source = new SourceFile("main.flin", """
				fn f(n: int) -> int { (n * 31 + 7) % 1000 }
				fn few(n: int) -> int {
				    sum = n
				    for i in 0..<3 { sum = (sum + f(i)) % 7 }
				    sum
				}
				fn letters(word: text) -> int {
				    at = 0
				    while at < word.len and word[at] != "x" { at += 1 }
				    at
				}
				fn rest(n: int, to: int) -> int {
				    at = n
				    while at < to { at += few(at) + 1 }
				    at - to
				}
				fn tail(n: int) -> int { tail(1 - n) }
				fn ping(n: int) -> int { pong(n + 1) }
				fn pong(n: int) -> int { ping(n - 1) }
				fn tree(n: int) -> int { if n <= 3900 { 1 } else { tree(n - 1) % 7 + tree(n - 2) % 7 } }
				fn run(xs: [int]) {
				    n = 0
				    word = "oops"
				    print("running")
				    ENDLESS
				    print(n)
				}
				run([1])
				""".replace("ENDLESS", endless));
		Program program = Snippets.program(Snippets.compiler(), source);
		CountDownLatch running = new CountDownLatch(1);
		FlinContext context = FlinContext
			.builder(new BuiltinDispatch(Snippets.CATALOG), InstantSource.fixed(Instant.EPOCH),
					new SplittableRandom(1))
			.printSink(line -> running.countDown())
			.build();
		Thread other = new Thread(() -> {
			try {
				running.await();
				context.stop(new FlinError(FlinError.LIMIT_ERROR, "enough"));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		other.start();
		program.start(context);
		assertThatThrownBy(() -> program.run("main.flin", context)).isInstanceOf(FlinError.class)
			.hasMessage("enough");
	}

}
