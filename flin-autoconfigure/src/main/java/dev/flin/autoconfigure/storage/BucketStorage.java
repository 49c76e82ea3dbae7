package dev.flin.autoconfigure.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.http.FileStorage;
import dev.flin.value.FileValue;

/**
 * Files in a bucket. Bytes go through, never into memory as a whole.
 */
final class BucketStorage implements FileStorage {

	/** Longer than that nobody waits for a connection. */
	private static final Duration CONNECT_TIMEOUT_MAX = Duration.ofSeconds(10);

	/** Statuses of services that are busy for a moment. */
	private static final Set<Integer> BUSY = Set.of(429, 500, 502, 503, 504);

	private static final int PARTIAL = 206;

	private static final int TRIES = 3;

	private static final Duration PAUSE = Duration.ofMillis(200);

	private static final String EMPTY_HASH = SignatureV4.sha256(new byte[0]);

	private static final int CHUNK_BYTES = 16 * 1024;

	private final HttpClient client;

	private final Duration timeout;

	private final URI endpoint;

	private final String bucket;

	private final SignatureV4 signature;

	private final InstantSource clock;

	/**
	 * @param endpoint where the service is, such as {@code https://s3.eu-central-1.amazonaws.com}
	 * @param timeout how long one try of a request may take to be answered, and the answer to go on
	 */
	BucketStorage(URI endpoint, String bucket, SignatureV4 signature, InstantSource clock, Duration timeout) {
		this.timeout = timeout;
		this.client = HttpClient.newBuilder()
			.connectTimeout((timeout.compareTo(CONNECT_TIMEOUT_MAX) < 0) ? timeout : CONNECT_TIMEOUT_MAX)
			.build();
		this.endpoint = endpoint;
		this.bucket = bucket;
		this.signature = signature;
		this.clock = clock;
	}

	@Override
	public void put(String key, FileValue file) throws IOException {
		HttpRequest.BodyPublisher body = (file.size() == 0) ? HttpRequest.BodyPublishers.noBody()
				: HttpRequest.BodyPublishers
					.fromPublisher(HttpRequest.BodyPublishers.ofInputStream(() -> open(file)), file.size());
		HttpRequest request = request("PUT", key, hash(file)).header("Content-Type", file.contentType())
			.PUT(body)
			.build();
		check(send(request, HttpResponse.BodyHandlers.discarding()), key);
	}

	@Override
	public @Nullable FileValue find(String key) throws IOException {
		HttpResponse<Void> found = send(request("HEAD", key, EMPTY_HASH).HEAD().build(),
				HttpResponse.BodyHandlers.discarding());
		if (found.statusCode() == 404) {
			return null;
		}
		check(found, key);
		String type = found.headers().firstValue("Content-Type").orElse("application/octet-stream");
		long size = found.headers().firstValueAsLong("Content-Length").orElse(0);
		return new FileValue(key.substring(key.lastIndexOf('/') + 1), type, size, null, new Kept(this, key));
	}

	/** What lies under a key: players and downloads that go on ask for the rest of it alone. */
	private record Kept(BucketStorage storage, String key) implements FileValue.Content {

		@Override
		public InputStream open() throws IOException {
			return this.storage.read(this.key, 0);
		}

		@Override
		public InputStream openFrom(long first) throws IOException {
			return this.storage.read(this.key, first);
		}

	}

	@Override
	public String address(String key, String disposition, Duration lifetime) {
		return this.endpoint.getScheme() + "://" + this.endpoint.getAuthority() + path(key) + "?"
				+ this.signature.address(this.endpoint.getAuthority(), path(key),
						Map.of("response-content-disposition", disposition), lifetime, this.clock.instant());
	}

	private InputStream read(String key, long first) throws IOException {
		HttpRequest.Builder request = request("GET", key, EMPTY_HASH).GET();
		if (first > 0) {
			request.header("Range", "bytes=" + first + "-");
		}
		HttpResponse<InputStream> found = send(request.build(), (answer) -> new PatientBody(this.timeout));
		InputStream body = found.body();
		try {
			check(found, key);
			if (found.statusCode() != PARTIAL) {
				body.skipNBytes(first);
			}
			return body;
		}
		catch (IOException | RuntimeException ex) {
			body.close();
			throw ex;
		}
	}

	@Override
	public void delete(String key) throws IOException {
		HttpResponse<Void> gone = send(request("DELETE", key, EMPTY_HASH).DELETE().build(),
				HttpResponse.BodyHandlers.discarding());
		if (gone.statusCode() != 404) {
			check(gone, key);
		}
	}

	/** Keys have no character that would have to be encoded. */
	private HttpRequest.Builder request(String method, String key, String hash) {
		String path = path(key);
		HttpRequest.Builder request = HttpRequest.newBuilder(this.endpoint.resolve(path)).timeout(this.timeout);
		this.signature.sign(method, this.endpoint.getAuthority(), path, hash, this.clock.instant())
			.forEach(request::header);
		return request;
	}

	private String path(String key) {
		return this.endpoint.getPath().replaceAll("/$", "") + "/" + this.bucket + "/" + key;
	}

	private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
		try {
			for (int tried = 1;; tried++) {
				HttpResponse<T> response = tried(request, handler, tried == TRIES);
				if (response != null) {
					return response;
				}
				Thread.sleep(PAUSE.multipliedBy(tried));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted while the storage was asked");
		}
	}

	/** The answer; null when another try may have a better one. All requests may be repeated. */
	private <T> @Nullable HttpResponse<T> tried(HttpRequest request, HttpResponse.BodyHandler<T> handler, boolean last)
			throws IOException, InterruptedException {
		HttpResponse<T> response;
		try {
			response = this.client.send(request, handler);
		}
		catch (ConnectException ex) {
			if (last) {
				throw new IOException("the storage at " + this.endpoint + " cannot be reached", ex);
			}
			return null;
		}
		catch (HttpTimeoutException ex) {
			throw new IOException("the storage at " + this.endpoint + " did not answer in time", ex);
		}
		if (last || !BUSY.contains(response.statusCode())) {
			return response;
		}
		if (response.body() instanceof InputStream body) {
			body.close();
		}
		return null;
	}

	private static void check(HttpResponse<?> response, String key) throws IOException {
		if (response.statusCode() / 100 != 2) {
			throw new IOException("the storage answered " + response.statusCode() + " for " + key);
		}
	}

	private static InputStream open(FileValue file) {
		try {
			return file.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String hash(FileValue file) throws IOException {
		MessageDigest digest = SignatureV4.digest();
		byte[] chunk = new byte[CHUNK_BYTES];
		try (InputStream content = file.open()) {
			for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
				digest.update(chunk, 0, read);
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

}
