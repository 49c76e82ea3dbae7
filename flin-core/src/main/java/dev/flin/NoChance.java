package dev.flin;

import java.security.SecureRandom;

import dev.flin.value.FlinError;

/** Refuses to give anything by chance. */
final class NoChance extends SecureRandom {

	private static final long serialVersionUID = 1L;

	@Override
	public void nextBytes(byte[] bytes) {
		throw new FlinError("nothing goes by chance here");
	}

}
