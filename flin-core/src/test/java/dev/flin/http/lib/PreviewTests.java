package dev.flin.http.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.ResponseBody;

/** Smaller pictures of uploaded pictures. */
class PreviewTests {

	private final FlinEngine engine = FlinEngine.builder().root(SourceRoot.of(() -> Map.of("entities/Photo.flin", """
			entity Photo { picture: file }
			""", "app/photos.flin", """
			route POST {
			    photo = Photo { picture: body }
			    save photo
			    [photo.picture.preview_url(query.size?.to_int ?? 100), photo.picture.url]
			}
			"""))).build().requireNoErrors();

	@AfterEach
	void close() {
		this.engine.close();
	}

	/** Addresses of the preview and of the picture itself. */
	private String[] upload(byte[] bytes, String type, int size) {
		HttpResponse answer = this.engine.handle(HttpRequest.of("POST", "/photos?size=" + size,
				HttpFields.of("Content-Type", type, "Content-Disposition", "attachment; filename=\"p\""), bytes));
		return text(answer).replaceAll("[\\[\\]\"]", "").split(",");
	}

	private static String text(HttpResponse answer) {
		return new String(bytes(answer), StandardCharsets.UTF_8);
	}

	private static byte[] bytes(HttpResponse answer) {
		try {
			return switch (answer.body()) {
				case ResponseBody.Bytes bytes -> java.util.Arrays.copyOf(bytes.array(), bytes.length());
				case ResponseBody.Content content -> content.file().open().readAllBytes();
				case ResponseBody.Stream stream -> throw new AssertionError("a stream");
			};
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	/** A picture whose upper left quarter is red. */
	private static byte[] picture(int width, int height, String format) throws IOException {
		BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = image.createGraphics();
		graphics.setColor(Color.WHITE);
		graphics.fillRect(0, 0, width, height);
		graphics.setColor(Color.RED);
		graphics.fillRect(0, 0, width / 2, height / 2);
		graphics.dispose();
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ImageIO.write(image, format, out);
		return out.toByteArray();
	}

	private BufferedImage preview(String[] addresses) throws IOException {
		HttpResponse answer = this.engine.handle(HttpRequest.of("GET", addresses[0]));
		assertThat(answer.headers().first("Content-Disposition")).isEqualTo("inline");
		assertThat(answer.headers().first("Cache-Control")).contains("immutable");
		@Nullable BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes(answer)));
		assertThat(image).isNotNull();
		return image;
	}

	@ParameterizedTest
	@CsvSource({ "png, 800, 400, 100, 128, 64", "jpeg, 300, 900, 300, 171, 512", "gif, 400, 400, 64, 64, 64",
			"png, 3000, 10, 5000, 1024, 3", "png, 50, 40, 256, 50, 40" })
	void aPreviewIsNoLongerThanAskedFor(String format, int width, int height, int size, int smallWidth, int smallHeight)
			throws IOException {
		String[] addresses = upload(picture(width, height, format), "image/" + format, size);
		BufferedImage small = preview(addresses);
		assertThat(small.getWidth() + "x" + small.getHeight()).isEqualTo(smallWidth + "x" + smallHeight);
		assertThat(new Color(small.getRGB(smallWidth / 8, smallHeight / 8)).getGreen()).isLessThan(80);
		assertThat(new Color(small.getRGB(smallWidth - 1, smallHeight - 1)).getGreen()).isGreaterThan(170);
	}

	@ParameterizedTest
	@CsvSource({ "1, 128, 64, 10, 5", "3, 128, 64, 118, 59", "6, 64, 128, 59, 10", "8, 64, 128, 5, 118",
			"2, 128, 64, 118, 5", "5, 64, 128, 5, 10" })
	void aPictureOfACameraStandsUpright(int orientation, int width, int height, int redX, int redY) throws IOException {
		byte[] plain = picture(800, 400, "jpeg");
		byte[] exif = new byte[] { (byte) 0xff, (byte) 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0,
				8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) orientation, 0, 0, 0, 0, 0, 0 };
		byte[] turned = new byte[plain.length + exif.length];
		System.arraycopy(plain, 0, turned, 0, 2);
		System.arraycopy(exif, 0, turned, 2, exif.length);
		System.arraycopy(plain, 2, turned, 2 + exif.length, plain.length - 2);
		BufferedImage small = preview(upload(turned, "image/jpeg", 128));
		assertThat(small.getWidth() + "x" + small.getHeight()).isEqualTo(width + "x" + height);
		assertThat(new Color(small.getRGB(redX, redY)).getGreen()).isLessThan(80);
	}

	@Test
	void whatIsNoPictureIsSentAsItIs() throws IOException {
		byte[] bomb = picture(200, 200, "png");
		bomb[16] = 0x7f;
		for (byte[] bytes : new byte[][] { "no picture".getBytes(StandardCharsets.UTF_8), bomb, new byte[] { 1 } }) {
			String[] addresses = upload(bytes, "image/png", 100);
			assertThat(addresses[0]).isEqualTo(addresses[1] + "?preview=128");
			assertThat(bytes(this.engine.handle(HttpRequest.of("GET", addresses[0])))).isEqualTo(bytes);
		}
		String[] text = upload("plain".getBytes(StandardCharsets.UTF_8), "application/pdf", 100);
		assertThat(text[0]).isEqualTo(text[1]);
	}

	private static byte[] progressive(int width, int height) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
		try (ImageOutputStream to = new MemoryCacheImageOutputStream(out)) {
			ImageWriteParam param = writer.getDefaultWriteParam();
			param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
			writer.setOutput(to);
			writer.write(null, new IIOImage(ImageIO.read(new ByteArrayInputStream(picture(width, height, "png"))), null,
					null), param);
		}
		writer.dispose();
		return out.toByteArray();
	}

	private static int last(byte[] jpeg, int marker) {
		int at = jpeg.length - 2;
		while ((jpeg[at] & 0xff) != 0xff || (jpeg[at + 1] & 0xff) != marker) {
			at--;
		}
		return at;
	}

	@Test
	void aPictureInManyScansIsDecodedOnlyWhenThatIsCheap() throws IOException {
		byte[] plain = progressive(600, 300);
		assertThat(preview(upload(plain, "image/jpeg", 128)).getWidth()).isEqualTo(128);
		int scan = last(plain, 0xda);
		ByteArrayOutputStream many = new ByteArrayOutputStream();
		many.write(plain, 0, plain.length - 2);
		for (int i = 0; i < 100; i++) {
			many.write(plain, scan, plain.length - 2 - scan);
		}
		many.write(plain, plain.length - 2, 2);
		byte[] large = plain.clone();
		int frame = last(large, 0xc2);
		large[frame + 5] = 0x0f;
		large[frame + 7] = 0x0f;
		for (byte[] bomb : new byte[][] { many.toByteArray(), large }) {
			String[] addresses = upload(bomb, "image/jpeg", 128);
			assertThat(bytes(this.engine.handle(HttpRequest.of("GET", addresses[0])))).isEqualTo(bomb);
		}
	}

	@Test
	void nobodyAsksForOtherSizes() throws IOException {
		byte[] picture = picture(600, 600, "png");
		String[] addresses = upload(picture, "image/png", 100);
		for (String size : new String[] { "1", "127", "100000", "-1", "x", "" }) {
			assertThat(bytes(this.engine.handle(HttpRequest.of("GET", addresses[1] + "?preview=" + size))))
				.isEqualTo(picture);
		}
		String forged = addresses[0].replaceFirst("/[^/]*/p\\?", "/AAAAAAAAAAAAAAAAAAAAAA/p?");
		assertThat(this.engine.handle(HttpRequest.of("GET", forged)).status()).isEqualTo(404);
	}

}
