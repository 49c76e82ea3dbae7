package dev.flin.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.flin.value.FileValue;

/** Forms with files, read as they arrive. */
class UploadTests {

	@Test
	void formsAreReadAlikeHoweverTheyArrive() throws Exception {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int round = 0; round < 200; round++) {
			List<String> contents = new ArrayList<>();
			StringBuilder body = new StringBuilder();
			for (int i = random.nextInt(5); i >= 0; i--) {
				StringBuilder content = new StringBuilder();
				for (int n = random.nextInt(random.nextBoolean() ? 20 : 70_000); n > 0; n--) {
					content.append("\r\n-Xb".charAt(random.nextInt(5)));
				}
				contents.add(content.toString());
				body.append("--XbZ\r\nContent-Disposition: form-data; name=\"n").append(i).append("\"; filename=\"f\"")
					.append("\r\n\r\n").append(content).append("\r\n");
			}
			byte[] sent = body.append("--XbZ--\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
			InputStream slow = new ByteArrayInputStream(sent) {

				@Override
				public synchronized int read(byte[] bytes, int offset, int length) {
					return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(9000)));
				}

			};
			Multipart.Parts read = Multipart.read(slow, "XbZ", RequestLimits.DEFAULT, UploadTests::spool);
			for (int i = 0; i < contents.size(); i++) {
				FileValue file = (FileValue) read.pairs().get(2 * i + 1);
				assertThat(new String(read(file), StandardCharsets.ISO_8859_1)).as("seed %d", seed)
					.isEqualTo(contents.get(i));
			}
			for (Upload upload : read.uploads()) {
				upload.close();
			}
		}
	}

	private static byte[] read(FileValue file) {
		try (InputStream in = file.open()) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static FileChannel spool() throws IOException {
		return FileChannel.open(Files.createTempFile("flin-test-", ".tmp"),
				StandardOpenOption.READ, StandardOpenOption.WRITE,
				StandardOpenOption.DELETE_ON_CLOSE);
	}

	@Test
	void aFileIsGoneWhenItsRequestIsOver() throws Exception {
		Upload upload = new Upload(UploadTests::spool);
		upload.write(new byte[100_000], 0, 100_000);
		FileValue file = upload.toFile("a", "text/plain");
		assertThat(read(file)).hasSize(100_000);
		upload.close();
		assertThatThrownBy(() -> read(file)).isInstanceOf(UncheckedIOException.class);
	}

}
