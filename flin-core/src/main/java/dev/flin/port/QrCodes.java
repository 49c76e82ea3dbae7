package dev.flin.port;

/**
 * Draws QR codes.
 */
@ServicePort(value = "QR codes", dependencies = "com.google.zxing:core:3.5.4")
public interface QrCodes {

	/**
	 * A picture in PNG format.
	 * @param pixels its width and height
	 * @throws IllegalArgumentException when the text is too long; the message may be shown
	 */
	byte[] png(String text, int pixels);

}
