package dev.flin.lower;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import dev.flin.diag.Diagnostic;
import dev.flin.ir.FileVariable;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrUnit;
import dev.flin.ir.Kind;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.types.CheckedFile;
import dev.flin.types.Type;

/** One file while it is lowered. */
final class UnitLowering {

	private final ProgramLowering program;

	private final CheckedFile file;

	private final IrUnit unit;

	private final Map<Symbol.Variable, FileVariable> variables = new IdentityHashMap<>();

	private final Map<String, Integer> names = new HashMap<>();

	UnitLowering(ProgramLowering program, CheckedFile file, IrUnit unit) {
		this.program = program;
		this.file = file;
		this.unit = unit;
	}

	ProgramLowering program() {
		return this.program;
	}

	CheckedFile file() {
		return this.file;
	}

	IrUnit unit() {
		return this.unit;
	}

	String className() {
		return this.unit.className();
	}

	void report(Diagnostic diagnostic) {
		this.program.report(diagnostic);
	}

	/** A name that no other function of the unit has: the name itself, or with a number. */
	String uniqueName(String name) {
		int count = this.names.merge(name, 1, Integer::sum);
		boolean taken = count > 1 || name.equals("lambda") || name.equals("run");
		return taken ? name + "$" + count : name;
	}

	void add(IrFunction function) {
		this.unit.functions().add(function);
	}

	void useAsValue(IrFunction function) {
		this.unit.closures().add(function);
	}

	/** Whether a variable of the top level has to be a field: functions and lambdas see it. */
	boolean keepsInField(Symbol.Variable variable) {
		return variable.isCaptured();
	}

	FileVariable fileVariable(Symbol.Variable variable) {
		return this.variables.computeIfAbsent(variable, unused -> {
			Kind kind = Kinds.of(fileVariableType(variable));
			FileVariable made = new FileVariable(className(), uniqueName("v$" + variable.name()).substring(2), kind,
					this.unit.isShared(), false);
			this.unit.variables().add(made);
			return made;
		});
	}

	Type fileVariableType(Symbol.Variable variable) {
		return this.file.body().variable(variable);
	}

	/** Lowers the top level into the entry of the unit. */
	void lowerEntry() {
		IrFunction entry = new IrFunction(className(), uniqueName("main"), List.of(), Kind.ANY);
		BodyLowering body = new BodyLowering(this, this.file.body(), this.file.resolution().frame(), null, entry,
				Type.Basic.ANY);
		List<Stmt> statements = this.file.tree().body();
		if (statements.isEmpty()) {
			entry.complete(List.of());
		}
		else {
			Part.Block block = new Part.Block(0, statements.get(0).span(), statements);
			body.complete(() -> body.block(block, Dest.RETURN));
		}
		add(entry);
		this.unit.entry(entry);
		for (Stmt statement : statements) {
			if (statement instanceof Stmt.Entity declared && this.program.checked()
				.declarations()
				.lookup(this.file.tree(), declared.name()) instanceof Symbol.Entity entity
					&& entity.declaration() == declared) {
				EntityCodeLowering.lower(body, entity);
			}
		}
	}

}
