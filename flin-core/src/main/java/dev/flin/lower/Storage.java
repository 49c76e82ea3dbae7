package dev.flin.lower;

import dev.flin.ir.FileVariable;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.types.Type;

/** Where a variable lives. */
sealed interface Storage {

	String VARIABLES = "dev/flin/runtime/link/SessionVariables";

	String CONTEXT = "Ldev/flin/runtime/FlinContext;";

	record InLocal(Local local) implements Storage {

		/** The same variable inside a function that captures it. */
		InLocal captured(String name) {
			Local inner = new Local(name, this.local.kind(), this.local.record());
			if (this.local.isCell()) {
				inner.makeCell();
			}
			return new InLocal(inner);
		}


		@Override
		public Kind kind() {
			return this.local.kind();
		}

		@Override
		public IrExpr read() {
			return new IrExpr.Read(this.local);
		}

		@Override
		public IrStmt write(IrExpr value) {
			return new IrStmt.Set(this.local, value);
		}

	}

	record InFile(FileVariable variable) implements Storage {

		@Override
		public Kind kind() {
			return this.variable.kind();
		}

		@Override
		public IrExpr read() {
			return new IrExpr.ReadFile(this.variable);
		}

		@Override
		public IrStmt write(IrExpr value) {
			return new IrStmt.SetFile(this.variable, value);
		}

	}

	/** A variable of an interactive session: what compiled earlier and later code share. */
	record InSession(String name, Type type) implements Storage {

		@Override
		public Kind kind() {
			return Kinds.of(this.type);
		}

		@Override
		public IrExpr read() {
			IrExpr value = RunSide.call(VARIABLES, "get", "(" + CONTEXT + RunSide.STR + ")" + RunSide.OBJ, 0,
					new IrExpr.Context(), new IrExpr.Const(this.name, Kind.TEXT));
			return Coercion.convert(value, Type.Basic.ANY, this.type, this.name, 0);
		}

		@Override
		public IrStmt write(IrExpr value) {
			return new IrStmt.Eval(RunSide.call(VARIABLES, "set", "(" + CONTEXT + RunSide.STR + RunSide.OBJ + ")V", 0,
					new IrExpr.Context(), new IrExpr.Const(this.name, Kind.TEXT),
					Coercion.represent(value, Kind.ANY)));
		}

	}

	Kind kind();

	IrExpr read();

	IrStmt write(IrExpr value);

}
