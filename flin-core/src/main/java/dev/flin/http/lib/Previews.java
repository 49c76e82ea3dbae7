package dev.flin.http.lib;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.flin.http.Digests;
import dev.flin.http.route.Exchange;
import dev.flin.value.FileValue;

/**
 * Smaller pictures of pictures, in few sizes, so that nobody can ask for many. Those that were made last are kept. Safe
 * for any number of threads.
 */
public final class Previews {

	private static final Logger logger = LoggerFactory.getLogger(Previews.class);

	/** The key of an address that asks for one. */
	private static final String KEY = "preview";

	/** The longer side, in pixels. */
	private static final List<Integer> SIZES = List.of(64, 128, 256, 512, 1024);

	private static final Set<String> TYPES = Set.of("image/png", "image/jpeg", "image/gif");

	/** Larger pictures are sent as they are: decoding one takes some bytes for each pixel. */
	private static final long PIXELS_MAX = 32_000_000;

	private static final long BYTES_MAX = 32 * 1024 * 1024;

	private static final int KEPT_BYTES_MAX = 16 * 1024 * 1024;

	private static final int KEPT_MAX = 4096;

	/** How many are made at once. */
	private final Semaphore places = new Semaphore(2);

	private final Map<String, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);

	private int keptBytes;

	private static final int TAG_CHARS = 24;

	/** The address of a picture that is no longer than so many pixels; of anything else its own. */
	static String address(String url, String contentType, long size) {
		if (!TYPES.contains(contentType)) {
			return url;
		}
		int wanted = SIZES.stream().filter((each) -> each >= size).findFirst().orElse(SIZES.getLast());
		return url + "?" + KEY + "=" + wanted;
	}

	/** What a request for a file is answered with: the file, or a smaller picture where that is asked for. */
	public FileValue answer(FileValue file, Exchange exchange) {
		Integer size = size(exchange.query().get(KEY));
		if (size == null || !TYPES.contains(file.contentType()) || file.size() > BYTES_MAX) {
			return file;
		}
		byte[] small = find(exchange.path() + " " + size, file, size);
		return (small.length == 0) ? file
				: new FileValue(file.name(), isPng(small) ? "image/png" : "image/jpeg", small.length, file.url(),
						() -> new ByteArrayInputStream(small));
	}

	/** What tells answers for one address apart from others: what lies there never changes. */
	public static String tag(Exchange exchange, String place) {
		byte[] bytes = (place + " " + size(exchange.query().get(KEY))).getBytes(StandardCharsets.UTF_8);
		return "\"" + HexFormat.of().formatHex(Digests.sha256().digest(bytes)).substring(0, TAG_CHARS) + "\"";
	}

	private static @Nullable Integer size(@Nullable Object asked) {
		return SIZES.stream().filter((each) -> each.toString().equals(asked)).findFirst().orElse(null);
	}

	private static boolean isPng(byte[] bytes) {
		return (bytes[0] & 0xff) == 0x89;
	}

	/** The bytes of a smaller picture; none when there is no need for one, or it cannot be made. */
	private byte[] find(String key, FileValue file, int size) {
		synchronized (this.kept) {
			byte[] known = this.kept.get(key);
			if (known != null) {
				return known;
			}
		}
		this.places.acquireUninterruptibly();
		byte[] made;
		try {
			made = make(file, size);
		}
		finally {
			this.places.release();
		}
		synchronized (this.kept) {
			byte[] before = this.kept.put(key, made);
			this.keptBytes += made.length - ((before != null) ? before.length : 0);
			for (Iterator<byte[]> eldest = this.kept.values().iterator(); this.kept.size() > 1
					&& (this.keptBytes > KEPT_BYTES_MAX || this.kept.size() > KEPT_MAX);) {
				this.keptBytes -= eldest.next().length;
				eldest.remove();
			}
		}
		return made;
	}

	private static byte[] make(FileValue file, int size) {
		try (InputStream in = file.open()) {
			byte[] bytes = in.readAllBytes();
			BufferedImage small = read(bytes, file.contentType(), size);
			if (small == null) {
				return new byte[0];
			}
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			ImageIO.write(small, small.getColorModel().hasAlpha() ? "png" : "jpeg", out);
			return out.toByteArray();
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("No preview of {}", file.name(), ex);
			return new byte[0];
		}
	}

	private static @Nullable BufferedImage read(byte[] bytes, String type, int size) throws IOException {
		Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(type);
		if (!readers.hasNext()) {
			return null;
		}
		ImageReader reader = readers.next();
		try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
			reader.setInput(input, true, true);
			int width = reader.getWidth(0);
			int height = reader.getHeight(0);
			int longer = Math.max(width, height);
			long pixels = (long) width * height;
			if (longer <= size || pixels > PIXELS_MAX
					|| (type.equals("image/jpeg") && !JpegScans.isCheap(bytes, pixels))) {
				return null;
			}
			ImageReadParam param = reader.getDefaultReadParam();
			int step = Math.max(1, longer / (size * 2));
			param.setSourceSubsampling(step, step, 0, 0);
			return scaled(reader.read(0, param), size, type.equals("image/jpeg") ? Orientation.of(bytes) : 1);
		}
		finally {
			reader.dispose();
		}
	}

	private static BufferedImage scaled(BufferedImage image, int size, int orientation) {
		double scale = Math.min(1, (double) size / Math.max(image.getWidth(), image.getHeight()));
		int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
		int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
		boolean turned = Orientation.isTurned(orientation);
		BufferedImage target = new BufferedImage(turned ? height : width, turned ? width : height,
				image.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = target.createGraphics();
		try {
			graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
			AffineTransform transform = Orientation.transform(orientation, width, height);
			transform.scale((double) width / image.getWidth(), (double) height / image.getHeight());
			graphics.drawImage(image, transform, null);
		}
		finally {
			graphics.dispose();
		}
		return target;
	}

}
