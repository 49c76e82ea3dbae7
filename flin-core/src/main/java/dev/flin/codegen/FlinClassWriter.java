package dev.flin.codegen;

import org.objectweb.asm.ClassWriter;

/**
 * Computes frames without ever loading a class: generated code converts where types meet, so that two different classes
 * only need to be objects after it.
 */
final class FlinClassWriter extends ClassWriter {

	FlinClassWriter() {
		super(COMPUTE_FRAMES);
		// The size of functions bounds the work; a limit below it would refuse correct programs.
		setComputeLimits(Integer.MAX_VALUE, Long.MAX_VALUE);
	}

	@Override
	protected String getCommonSuperClass(String first, String second) {
		return first.equals(second) ? first : Jvm.OBJECT;
	}

}
