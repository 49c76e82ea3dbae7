package dev.flin.compiler;

import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.source.SourceFile;

/** What tests see of the classes that were made. */
final class GeneratedCode {

	private GeneratedCode() {
	}

	/** The class of a program of one file. */
	static byte[] main(String source) {
		return Snippets.program(Snippets.compiler(), new SourceFile("main.flin", source)).classes().get("flin.main");
	}

	/** @param visitors who looks at the method with a name and a descriptor, or null */
	static void visit(byte[] bytes, BiFunction<String, String, @Nullable MethodVisitor> visitors) {
		new ClassReader(bytes).accept(new ClassVisitor(Opcodes.ASM9) {

			@Override
			public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor,
					@Nullable String signature, String @Nullable [] exceptions) {
				return visitors.apply(name, descriptor);
			}

		}, 0);
	}

}
