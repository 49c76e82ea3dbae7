package dev.flin.autoconfigure.reactive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.springframework.web.util.DisconnectedClientHelper;

/** The body of a request. That the client goes away before its end is an error of reading like any other. */
final class BodyStream extends FilterInputStream {

	BodyStream(InputStream in) {
		super(in);
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		try {
			return super.read(bytes, offset, length);
		}
		catch (RuntimeException ex) {
			if (DisconnectedClientHelper.isClientDisconnectedException(ex)) {
				throw new IOException("the client has gone", ex);
			}
			throw ex;
		}
	}

}
