package dev.flin.store.blob;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether it is worth trying to compress something, by its content type and its first bytes.
 */
final class Compressibility {

	private static final Set<String> COMPRESSED = Set.of("application/zip", "application/gzip", "application/x-gzip",
			"application/x-7z-compressed", "application/vnd.rar", "application/x-rar-compressed",
			"application/x-bzip2", "application/x-xz", "application/zstd", "application/java-archive",
			"application/epub+zip", "font/woff", "font/woff2", "application/ogg");

	private static final Set<String> UNCOMPRESSED_MEDIA = Set.of("image/svg+xml", "image/bmp", "image/x-ms-bmp",
			"image/x-icon", "image/vnd.microsoft.icon", "image/tiff", "audio/wav", "audio/x-wav", "audio/midi",
			"audio/basic");

	private static final List<String> OFFICE = List.of("application/vnd.openxmlformats-officedocument.",
			"application/vnd.oasis.opendocument.");

	private static final List<byte[]> MAGIC = List.of(bytes("PK\u0003\u0004"), bytes("\u001f\u008b"),
			bytes("\u0089PNG"), bytes("\u00ff\u00d8\u00ff"), bytes("GIF8"), bytes("\u0028\u00b5\u002f\u00fd"),
			bytes("7z\u00bc\u00af"), bytes("Rar!"), bytes("BZh"), bytes("\u00fd7zXZ"), bytes("OggS"), bytes("ID3"),
			bytes("wOF2"), bytes("wOFF"), bytes("fLaC"));

	private Compressibility() {
	}

	private static byte[] bytes(String latin) {
		return latin.getBytes(StandardCharsets.ISO_8859_1);
	}

	static boolean isWorthTrying(String contentType, byte[] start, int length) {
		String type = contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
		boolean media = (type.startsWith("image/") || type.startsWith("video/") || type.startsWith("audio/"))
				&& !UNCOMPRESSED_MEDIA.contains(type);
		if (media || COMPRESSED.contains(type) || OFFICE.stream().anyMatch(type::startsWith)) {
			return false;
		}
		for (byte[] magic : MAGIC) {
			if (startsWith(start, length, 0, magic)) {
				return false;
			}
		}
		boolean webp = startsWith(start, length, 0, bytes("RIFF")) && startsWith(start, length, 8, bytes("WEBP"));
		boolean mp4 = startsWith(start, length, 4, bytes("ftyp"));
		return !webp && !mp4;
	}

	private static boolean startsWith(byte[] start, int length, int at, byte[] magic) {
		if (length < at + magic.length) {
			return false;
		}
		for (int i = 0; i < magic.length; i++) {
			if (start[at + i] != magic[i]) {
				return false;
			}
		}
		return true;
	}

}
