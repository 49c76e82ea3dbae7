package dev.flin.autoconfigure.reactive;

import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;

import org.junit.jupiter.api.Test;
import reactor.netty.channel.AbortedException;

class BodyStreamTests {

	private static BodyStream failing(RuntimeException failure) {
		return new BodyStream(new InputStream() {

			@Override
			public int read() {
				throw failure;
			}

		});
	}

	@Test
	void aClientThatHasGoneIsAnErrorOfReading() throws IOException {
		try (BodyStream body = failing(new AbortedException("Connection has been closed"))) {
			assertThatIOException().isThrownBy(body::readAllBytes).withMessage("the client has gone");
		}
	}

	@Test
	void whatElseFailsStaysAsItIs() throws IOException {
		try (BodyStream body = failing(new IllegalStateException("a mistake of ours"))) {
			assertThatIllegalStateException().isThrownBy(body::read).withMessage("a mistake of ours");
		}
	}

}
