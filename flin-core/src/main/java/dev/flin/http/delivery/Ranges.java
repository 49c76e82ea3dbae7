package dev.flin.http.delivery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.ResponseBody;
import dev.flin.value.FileValue;

/**
 * Parts of files, for players that seek and downloads that go on.
 */
public final class Ranges {

	/** Whoever asks for more parts than this gets the whole. */
	private static final int PARTS_MAX = 16;

	private static final String UNIT = "bytes=";

	private record Range(long first, long last) {

		long length() {
			return this.last - this.first + 1;
		}

	}

	private Ranges() {
	}

	/**
	 * The part of a file that a request asks for.
	 * @param boundary makes the text that separates several parts
	 */
	public static HttpResponse apply(HttpRequest request, HttpResponse response, Supplier<String> boundary) {
		if (response.status() != 200 || !Conditional.isRead(request)
				|| !(response.body() instanceof ResponseBody.Content content)) {
			return response;
		}
		HttpFields.Builder headers = HttpFields.builder().addAll(response.headers()).set("Accept-Ranges", "bytes");
		String field = request.headers().first("Range");
		if (field == null || !request.method().equals("GET") || !field.regionMatches(true, 0, UNIT, 0, UNIT.length())
				|| !Conditional.allowsRange(request.headers(), response.headers())) {
			return response.withHeaders(headers.build());
		}
		long size = content.file().size();
		List<Range> ranges = parse(field.substring(UNIT.length()), size);
		if (ranges == null) {
			return response.withHeaders(headers.build());
		}
		if (ranges.isEmpty()) {
			HttpFields.Builder none = HttpFields.builder().addAll(response.headers());
			none.remove("Content-Length").remove("Content-Type").remove("Content-Disposition").remove("ETag");
			return new HttpResponse(416, none.set("Content-Range", "bytes */" + size).build(), ResponseBody.EMPTY);
		}
		return (ranges.size() == 1) ? single(content.file(), ranges.getFirst(), headers)
				: several(content.file(), ranges, headers, boundary.get());
	}

	private static HttpResponse single(FileValue file, Range range, HttpFields.Builder headers) {
		headers.set("Content-Range", contentRange(range, file.size()))
			.set("Content-Length", Long.toString(range.length()));
		return new HttpResponse(206, headers.build(),
				new ResponseBody.Content(part(file, range.length(), () -> slice(file, range)), false));
	}

	private static HttpResponse several(FileValue file, List<Range> ranges, HttpFields.Builder headers,
			String boundary) {
		String type = headers.first("Content-Type");
		List<byte[]> heads = new ArrayList<>();
		long length = 0;
		for (Range range : ranges) {
			byte[] head = ("\r\n--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Range: "
					+ contentRange(range, file.size()) + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII);
			heads.add(head);
			length += head.length + range.length();
		}
		byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
		length += end.length;
		headers.set("Content-Type", "multipart/byteranges; boundary=" + boundary)
			.set("Content-Length", Long.toString(length));
		return new HttpResponse(206, headers.build(), new ResponseBody.Content(part(file, length, () -> {
			List<InputStream> streams = new ArrayList<>();
			for (int i = 0; i < ranges.size(); i++) {
				streams.add(new ByteArrayInputStream(heads.get(i)));
				streams.add(new LateStream(file, ranges.get(i)));
			}
			streams.add(new ByteArrayInputStream(end));
			return new SequenceInputStream(Collections.enumeration(streams));
		}), false));
	}

	private static FileValue part(FileValue file, long length, FileValue.Content content) {
		return new FileValue(file.name(), file.contentType(), length, file.url(), content);
	}

	private static String contentRange(Range range, long size) {
		return "bytes " + range.first() + "-" + range.last() + "/" + size;
	}

	private static InputStream slice(FileValue file, Range range) throws IOException {
		return new Bounded(file.openFrom(range.first()), range.length());
	}

	/** The ranges that lie in the file; empty when none does; null when they shall be ignored. */
	private static @Nullable List<Range> parse(String text, long size) {
		String[] parts = text.split(",");
		if (parts.length > PARTS_MAX) {
			return null;
		}
		List<Range> ranges = new ArrayList<>();
		long total = 0;
		for (String part : parts) {
			String spec = part.strip();
			if (!spec.matches("[0-9]{1,40}-([0-9]{1,40})?|-[0-9]{1,40}")) {
				return null;
			}
			int dash = spec.indexOf('-');
			long first = (dash == 0) ? Math.max(0, size - place(spec.substring(1))) : place(spec.substring(0, dash));
			long end = (dash == 0 || dash == spec.length() - 1) ? Long.MAX_VALUE : place(spec.substring(dash + 1));
			if (end < first) {
				return null;
			}
			long last = Math.min(size - 1, end);
			if (first < size && first <= last) {
				ranges.add(new Range(first, last));
				total += last - first + 1;
			}
		}
		return (total > size) ? null : ranges;
	}

	/** What is behind the end of every file is as far away as can be. */
	private static long place(String digits) {
		return (digits.length() > 18) ? Long.MAX_VALUE : Long.parseLong(digits);
	}

	/** At most so many bytes of a stream. */
	private static final class Bounded extends InputStream {

		private final InputStream in;

		private long left;

		Bounded(InputStream in, long left) {
			this.in = in;
			this.left = left;
		}

		@Override
		public int read() throws IOException {
			if (this.left <= 0) {
				return -1;
			}
			int one = this.in.read();
			this.left -= (one < 0) ? 0 : 1;
			return one;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (this.left <= 0) {
				return (length == 0) ? 0 : -1;
			}
			int read = this.in.read(bytes, offset, (int) Math.min(length, this.left));
			this.left -= Math.max(0, read);
			return read;
		}

		@Override
		public void close() throws IOException {
			this.in.close();
		}

	}

	/** A range that is opened when it is its turn. */
	private static final class LateStream extends InputStream {

		private final FileValue file;

		private final Range range;

		private @Nullable InputStream opened;

		LateStream(FileValue file, Range range) {
			this.file = file;
			this.range = range;
		}

		private InputStream stream() throws IOException {
			InputStream known = this.opened;
			if (known == null) {
				known = slice(this.file, this.range);
				this.opened = known;
			}
			return known;
		}

		@Override
		public int read() throws IOException {
			return stream().read();
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			return stream().read(bytes, offset, length);
		}

		@Override
		public void close() throws IOException {
			InputStream known = this.opened;
			if (known != null) {
				known.close();
			}
		}

	}

}
