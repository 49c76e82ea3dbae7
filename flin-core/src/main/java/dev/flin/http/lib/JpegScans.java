package dev.flin.http.lib;

/**
 * How many times a decoder has to go over a JPEG picture. One that comes in several scans, as progressive ones do, is
 * held whole, with some bytes for each of its pixels whatever size is asked for; and each scan, which may be as short
 * as ten bytes, goes over all of it.
 */
final class JpegScans {

	/** Of pictures in several scans. */
	private static final long PIXELS_MAX = 12_000_000;

	/** Encoders make ten of a progressive picture, and one for each colour of another. */
	private static final int SCANS_MAX = 64;

	private static final int START_OF_SCAN = 0xda;

	private JpegScans() {
	}

	/** Whether a picture of so many pixels may be decoded. */
	static boolean isCheap(byte[] jpeg, long pixels) {
		int scans = count(jpeg);
		return scans <= 1 || (scans <= SCANS_MAX && pixels <= PIXELS_MAX);
	}

	/** The number of its scans, or one more than there may be. */
	private static int count(byte[] jpeg) {
		int scans = 0;
		int at = 2;
		while (at + 3 < jpeg.length && scans <= SCANS_MAX) {
			int marker = jpeg[at + 1] & 0xff;
			if ((jpeg[at] & 0xff) != 0xff || !hasLength(marker)) {
				// Data of a scan, or what decoders pass over.
				at++;
				continue;
			}
			scans += (marker == START_OF_SCAN) ? 1 : 0;
			at += 2 + Math.max(2, (jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
		}
		return scans;
	}

	/** Unlike 0xff within data, which zero or a restart follows, and unlike what begins and ends the picture. */
	private static boolean hasLength(int marker) {
		return marker >= 0xc0 && marker < 0xff && !(marker >= 0xd0 && marker <= 0xd9);
	}

}
