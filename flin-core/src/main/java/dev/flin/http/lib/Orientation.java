package dev.flin.http.lib;

import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a camera was held: what Exif says about a JPEG picture, from 1 (upright) to 8. */
final class Orientation {

	private static final int TAG = 0x0112;

	private static final int EXIF = 0x45786966;

	private Orientation() {
	}

	/** That of a picture; 1 when it says nothing. */
	static int of(byte[] jpeg) {
		ByteBuffer in = ByteBuffer.wrap(jpeg);
		int at = 2;
		while (at + 10 < jpeg.length && (jpeg[at] & 0xff) == 0xff && (jpeg[at + 1] & 0xff) != 0xda) {
			int length = in.getShort(at + 2) & 0xffff;
			if ((jpeg[at + 1] & 0xff) == 0xe1 && in.getInt(at + 4) == EXIF && length >= 16
					&& at + 2 + length <= jpeg.length) {
				return ofTiff(in.slice(at + 10, length - 8));
			}
			at += 2 + length;
		}
		return 1;
	}

	private static int ofTiff(ByteBuffer tiff) {
		tiff.order((tiff.get(0) == 'I') ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		int directory = tiff.getInt(4);
		if (directory < 8 || directory > tiff.limit() - 2) {
			return 1;
		}
		int count = tiff.getShort(directory) & 0xffff;
		for (int i = 0; i < count && directory + 2 + (i + 1) * 12 <= tiff.limit(); i++) {
			int entry = directory + 2 + i * 12;
			if ((tiff.getShort(entry) & 0xffff) == TAG) {
				int value = tiff.getShort(entry + 8);
				return (value >= 1 && value <= 8) ? value : 1;
			}
		}
		return 1;
	}

	/** Whether width and height change places. */
	static boolean isTurned(int orientation) {
		return orientation >= 5;
	}

	/** What makes a picture of a size upright. */
	static AffineTransform transform(int orientation, int width, int height) {
		return switch (orientation) {
			case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
			case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
			case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
			case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
			case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
			case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
			case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
			default -> new AffineTransform();
		};
	}

}
