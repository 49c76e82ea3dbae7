package dev.flin.http.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpProblem;
import dev.flin.http.Percent;
import dev.flin.value.FileValue;

/**
 * Takes a {@code multipart/form-data} body apart while it arrives. Files go to the disk, so that the memory for a
 * request does not grow with what it brings.
 */
final class Multipart {

	private static final int BUFFER_BYTES = 32 * 1024;

	private static final int HEADER_BYTES_MAX = 16 * 1024;

	private static final int BOUNDARY_CHARS_MAX = 200;

	private final InputStream in;

	private final RequestLimits limits;

	private final Spool spool;

	private final byte[] delimiter;

	private final byte[] buffer = new byte[BUFFER_BYTES];

	private int position;

	private int end;

	private long textBytes;

	private final List<Object> pairs = new ArrayList<>();

	private final List<Upload> uploads = new ArrayList<>();

	private Multipart(InputStream in, String boundary, RequestLimits limits, Spool spool) {
		this.in = in;
		this.limits = limits;
		this.spool = spool;
		this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
		// The first boundary may stand at the very start; then it has no line break before it.
		this.buffer[0] = '\r';
		this.buffer[1] = '\n';
		this.end = 2;
	}

	/**
	 * What a body holds.
	 *
	 * @param pairs the parts as names and values by turns: a text, or a {@link FileValue} for a part with a file name;
	 * a file input that was left empty gives nothing
	 * @param uploads to be closed when nobody reads the files any more
	 */
	record Parts(List<Object> pairs, List<Upload> uploads) {
	}

	/**
	 * Reads a body to its end.
	 * @throws HttpProblem 400 when the body does not keep to its boundary, 413 when it brings too much
	 */
	static Parts read(InputStream in, @Nullable String boundary, RequestLimits limits, Spool spool) throws IOException {
		if (boundary == null || boundary.isEmpty() || boundary.length() > BOUNDARY_CHARS_MAX) {
			throw malformed("no boundary");
		}
		Multipart reader = new Multipart(in, boundary, limits, spool);
		try {
			reader.parts();
			return new Parts(reader.pairs, reader.uploads);
		}
		catch (IOException | RuntimeException ex) {
			for (Upload upload : reader.uploads) {
				upload.close();
			}
			throw ex;
		}
	}

	private void parts() throws IOException {
		if (!copyTo(OutputStream.nullOutputStream())) {
			throw malformed("the boundary is missing");
		}
		for (int count = 0; !isLast(); count++) {
			if (count == this.limits.maxParts()) {
				throw new HttpProblem(413, "More than " + this.limits.maxParts() + " parts");
			}
			part();
		}
		// Nothing behind the last boundary counts, but the client may still be sending it.
		this.in.transferTo(OutputStream.nullOutputStream());
	}

	/** After a boundary: two dashes end the body, a line break begins a part. */
	private boolean isLast() throws IOException {
		int first = next();
		int second = next();
		if (first == '-' && second == '-') {
			return true;
		}
		while (first == ' ' || first == '\t') {
			first = second;
			second = next();
		}
		if (first != '\r' || second != '\n') {
			throw malformed("text behind a boundary");
		}
		return false;
	}

	private void part() throws IOException {
		String disposition = null;
		String contentType = null;
		for (String line : headerLines()) {
			String lower = line.toLowerCase(Locale.ROOT);
			if (lower.startsWith("content-disposition:")) {
				disposition = line;
			}
			else if (lower.startsWith("content-type:")) {
				contentType = line.substring("content-type:".length()).strip();
			}
		}
		String name = BodyReader.parameter(disposition, "name");
		if (name == null) {
			throw malformed("a part without a name");
		}
		String fileName = fileName(disposition);
		if (fileName == null) {
			text(name);
		}
		else {
			file(name, BodyReader.baseName(fileName), (contentType != null) ? contentType : "application/octet-stream");
		}
	}

	/** Some clients send names that are not ASCII as {@code filename*=UTF-8''…} alone. */
	private static @Nullable String fileName(@Nullable String disposition) {
		String encoded = BodyReader.parameter(disposition, "filename*");
		int quote = (encoded != null) ? encoded.lastIndexOf('\'') : -1;
		String decoded = (encoded != null && encoded.regionMatches(true, 0, "UTF-8'", 0, 6) && quote >= 6)
				? Percent.decode(encoded.substring(quote + 1), false) : null;
		return (decoded != null) ? decoded : BodyReader.parameter(disposition, "filename");
	}

	private void text(String name) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		finishPart(new OutputStream() {

			@Override
			public void write(int one) {
				write(new byte[] { (byte) one }, 0, 1);
			}

			@Override
			public void write(byte[] chunk, int offset, int length) {
				Multipart.this.textBytes += length;
				if (Multipart.this.textBytes > Multipart.this.limits.maxBodyBytes()) {
					throw new HttpProblem(413,
							"Texts are larger than " + Multipart.this.limits.maxBodyBytes() + " bytes");
				}
				bytes.write(chunk, offset, length);
			}

		});
		this.pairs.add(name);
		this.pairs.add(bytes.toString(StandardCharsets.UTF_8));
	}

	private void file(String name, String fileName, String contentType) throws IOException {
		Upload upload = new Upload(this.spool);
		this.uploads.add(upload);
		finishPart(upload);
		if (!fileName.isEmpty() || upload.size() > 0) {
			this.pairs.add(name);
			this.pairs.add(upload.toFile(fileName, contentType));
		}
	}

	private void finishPart(OutputStream sink) throws IOException {
		if (!copyTo(sink)) {
			throw malformed("the last boundary is missing");
		}
	}

	private List<String> headerLines() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		List<String> lines = new ArrayList<>();
		for (int total = 0; total < HEADER_BYTES_MAX; total++) {
			int one = next();
			if (one != '\n') {
				line.write(one);
				continue;
			}
			String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
			line.reset();
			if (text.isEmpty()) {
				if (lines.isEmpty()) {
					throw malformed("a part without header fields");
				}
				return lines;
			}
			lines.add(text);
		}
		throw malformed("the header fields of a part are too long");
	}

	private int next() throws IOException {
		if (this.position == this.end && !fill()) {
			throw malformed("the last boundary is missing");
		}
		return this.buffer[this.position++] & 0xff;
	}

	/** Reads on; what was not taken so far stays in the buffer. */
	private boolean fill() throws IOException {
		System.arraycopy(this.buffer, this.position, this.buffer, 0, this.end - this.position);
		this.end -= this.position;
		this.position = 0;
		int read = this.in.read(this.buffer, this.end, this.buffer.length - this.end);
		if (read <= 0) {
			return false;
		}
		this.end += read;
		return true;
	}

	/** Copies everything before the next boundary and goes behind that; false when there is none. */
	private boolean copyTo(OutputStream sink) throws IOException {
		while (true) {
			int last = this.end - this.delimiter.length;
			for (int i = this.position; i <= last; i++) {
				if (this.buffer[i] == '\r' && isDelimiter(i)) {
					sink.write(this.buffer, this.position, i - this.position);
					this.position = i + this.delimiter.length;
					return true;
				}
			}
			int safe = Math.max(this.position, last + 1);
			sink.write(this.buffer, this.position, safe - this.position);
			this.position = safe;
			if (!fill()) {
				return false;
			}
		}
	}

	private boolean isDelimiter(int at) {
		return Arrays.equals(this.buffer, at, at + this.delimiter.length, this.delimiter, 0, this.delimiter.length);
	}

	/** Browsers may send whole paths; only the name counts. */
	private static HttpProblem malformed(String why) {
		return new HttpProblem(400, "Malformed multipart body: " + why);
	}

}
