package dev.flin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.http.lib.Ambient;
import dev.flin.http.lib.Previews;
import dev.flin.http.route.Exchange;
import dev.flin.http.route.RouteSpec;
import dev.flin.runtime.entity.EntityDatabase;
import dev.flin.runtime.entity.FileLinks;
import dev.flin.store.RecordVersion;
import dev.flin.store.Snapshot;
import dev.flin.store.crypt.AesGcm;
import dev.flin.value.FileValue;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * Addresses of stored files, and what answers them. An address is signed: who was given it may fetch the file, and
 * nobody can guess another one. It names a version, so what it leads to never changes, but is gone when the version is.
 */
final class StoredFiles implements FileLinks {

	private static final String PATH = "/_flin/files/";

	/** What browsers show without running anything in it. */
	private static final Set<String> SHOWN = Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif",
			"application/pdf", "text/plain", "video/mp4", "video/webm", "audio/mpeg", "audio/ogg");

	private static final int SIGNATURE_BYTES = 16;

	private final byte[] key;

	private final Records records;

	private final Previews previews;

	private final String base;

	/**
	 * @param base the path that the host has the application under
	 */
	StoredFiles(byte[] secret, Records records, Previews previews, String base) {
		this.base = base;
		this.previews = previews;
		this.key = AesGcm.derive(secret, "flin file links");
		this.records = records;
	}

	RouteSpec route() {
		return RouteSpec.system("GET", PATH + "{entity}/{id}/{version}/{field}/{signature}/{name}",
				(context, exchange) -> answer(exchange));
	}

	@Override
	public String link(String entity, long id, long version, String field, String name) {
		String place = "%s/%d/%d/%s".formatted(entity, id, version, field);
		return this.base + PATH + place + "/" + signature(place) + "/"
				+ URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private String signature(String place) {
		byte[] mac = AesGcm.hmac(this.key, place.getBytes(StandardCharsets.UTF_8));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, SIGNATURE_BYTES));
	}

	private Object answer(Exchange exchange) {
		FlinMap params = exchange.params();
		String place = "%s/%s/%s/%s".formatted(text(params, "entity"), text(params, "id"), text(params, "version"),
				text(params, "field"));
		boolean signed = MessageDigest.isEqual(signature(place).getBytes(StandardCharsets.UTF_8),
				text(params, "signature").getBytes(StandardCharsets.UTF_8));
		FileValue file = signed ? find(params) : null;
		if (file == null) {
			return Ambient.reply(FlinMap.of("status", 404L, "body", FlinMap.of("error", "Not found", "status", 404L)));
		}
		FlinMap headers = FlinMap.of("Cache-Control", "private, max-age=31536000, immutable", "ETag",
				Previews.tag(exchange, place));
		if (isShown(file.contentType())) {
			headers.put("Content-Disposition", "inline");
		}
		return Ambient.reply(FlinMap.of("status", 200L, "body", this.previews.answer(file, exchange), "headers",
				headers));
	}

	/** Whether browsers may show a type in place. */
	static boolean isShown(String contentType) {
		return SHOWN.contains(contentType);
	}

	private static String text(FlinMap params, String name) {
		return Printer.print(params.get(name));
	}

	/** What a signed address leads to; its numbers are numbers, because they were signed. */
	private @Nullable FileValue find(FlinMap params) {
		EntityDatabase database = this.records.database();
		String entity = text(params, "entity");
		if (database == null || database.store().schema().find(entity) == null) {
			return null;
		}
		String[] field = text(params, "field").split("\\.");
		int position = database.store().schema().entity(entity).position(field[0]);
		try (Snapshot snapshot = database.store().snapshot()) {
			RecordVersion version = snapshot.version(entity, Long.parseLong(text(params, "id")),
					Long.parseLong(text(params, "version")));
			Object value = (version == null || position < 0) ? null : version.value(position);
			if (field.length > 1) {
				int index = Integer.parseInt(field[1]);
				value = (value instanceof FlinList list && index < list.size()) ? list.element(index) : null;
			}
			return (value instanceof FileValue file) ? file : null;
		}
	}

}
