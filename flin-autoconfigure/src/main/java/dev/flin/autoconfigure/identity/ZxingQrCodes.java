package dev.flin.autoconfigure.identity;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.imageio.ImageIO;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;

import dev.flin.port.QrCodes;

/** QR codes by ZXing. */
final class ZxingQrCodes implements QrCodes {

	private static final int BLACK = 0x000000;

	private static final int WHITE = 0xFFFFFF;

	@Override
	public byte[] png(String text, int pixels) {
		try {
			BitMatrix code = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, pixels, pixels,
					Map.of(EncodeHintType.CHARACTER_SET, StandardCharsets.UTF_8.name()));
			BufferedImage image = new BufferedImage(code.getWidth(), code.getHeight(), BufferedImage.TYPE_BYTE_BINARY);
			for (int x = 0; x < code.getWidth(); x++) {
				for (int y = 0; y < code.getHeight(); y++) {
					image.setRGB(x, y, code.get(x, y) ? BLACK : WHITE);
				}
			}
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			ImageIO.write(image, "png", out);
			return out.toByteArray();
		}
		catch (WriterException ex) {
			throw new IllegalArgumentException("the text is too long for a QR code", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
