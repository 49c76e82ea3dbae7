package dev.flin.ir;

import java.util.List;

/** All units of an application. */
public record IrProgram(List<IrUnit> units) {

	public IrProgram {
		units = List.copyOf(units);
	}

}
