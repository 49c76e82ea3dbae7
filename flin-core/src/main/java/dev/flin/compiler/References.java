package dev.flin.compiler;

import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrRecord;
import dev.flin.ir.IrStmt;
import dev.flin.ir.IrUnit;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Walk;
import dev.flin.lower.EntityParts;

/** Which other units, the classes of entities among them, the code of a unit needs. */
final class References {

	private References() {
	}

	/** Class names of the units, without its own. */
	static Set<String> of(IrUnit unit) {
		Set<String> found = new TreeSet<>();
		for (IrFunction function : unit.functions()) {
			ofSignature(function, found);
			Walk.statements(function.body(), statement -> {
				if (statement instanceof IrStmt.SetFile set) {
					found.add(set.variable().unit());
				}
				if (statement instanceof IrStmt.Declare declare) {
					ofRecord(declare.local().record(), found);
				}
				if (statement instanceof IrStmt.Set set) {
					ofRecord(set.local().record(), found);
				}
			}, expr -> {
				switch (expr) {
					case IrExpr.Call call -> {
						found.add(call.target().unit());
						ofSignature(call.target(), found);
					}
					case IrExpr.Closure closure -> found.add(closure.function().unit());
					case IrExpr.ReadFile read -> found.add(read.variable().unit());
					case IrExpr.Invoke invoke -> ofMethod(invoke.target(), found);
					default -> {
					}
				}
			});
		}
		found.remove(unit.className());
		return found;
	}

	/** The classes of the entities that an entity refers to. */
	static Set<String> of(IrRecord shape) {
		Set<String> found = new TreeSet<>();
		shape.fields().forEach(field -> ofRecord(field.storage(), found));
		found.remove(shape.className());
		return found;
	}

	/** Most calls are of the run side: what begins like it is none of a program's classes. */
	private static boolean isOfRunSide(String type) {
		return type.startsWith("dev/") || type.startsWith("java/");
	}

	private static void ofSignature(IrFunction function, Set<String> found) {
		function.params().forEach(param -> ofRecord(param.record(), found));
		function.captures().forEach(capture -> ofRecord(capture.record(), found));
		ofRecord(function.record(), found);
	}

	/** Values are cast to what a method takes and to what a caller makes of its result. */
	private static void ofMethod(JavaMethod method, Set<String> found) {
		if (isOfRunSide(method.owner())) {
			return;
		}
		ofRecord(method.owner(), found);
		for (String type : method.descriptor().split("[(;)]")) {
			int at = type.indexOf('L');
			ofRecord((at < 0) ? null : type.substring(at + 1), found);
		}
	}

	private static void ofRecord(@Nullable String type, Set<String> found) {
		String record = (type == null || isOfRunSide(type)) ? null : EntityParts.recordOf(type);
		if (record != null) {
			found.add(record);
		}
	}

}
