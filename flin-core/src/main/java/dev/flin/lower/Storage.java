package dev.flin.lower;

import dev.flin.ir.FileVariable;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;

/** Where a variable lives. */
sealed interface Storage {

	record InLocal(Local local) implements Storage {

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

	Kind kind();

	IrExpr read();

	IrStmt write(IrExpr value);

}
