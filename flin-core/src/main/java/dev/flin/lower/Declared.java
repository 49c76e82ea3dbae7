package dev.flin.lower;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrFunction;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Symbol;
import dev.flin.types.Type;

/**
 * A function that somebody asked a unit for. Compared by identity.
 */
final class Declared {

	/** Stands for the top level of the unit among what is asked of it. */
	static final Declared ENTRY = new Declared("", null, List.of(), 0, "", List.of(), Kind.VOID, null);

	private final String path;

	private final @Nullable Symbol symbol;

	private final List<Type> types;

	private final long missing;

	private final String name;

	private final List<Local> params;

	private final Kind result;

	private final @Nullable String record;

	private Declared(String path, @Nullable Symbol symbol, List<Type> types, long missing, String name,
			List<Local> params, Kind result, @Nullable String record) {
		this.path = path;
		this.symbol = symbol;
		this.types = types;
		this.missing = missing;
		this.name = name;
		this.params = params;
		this.result = result;
		this.record = record;
	}

	/**
	 * @param path of the file whose unit has it
	 * @param symbol a function, or an enum: then it is the function that gives its values
	 * @param missing which parameters it fills with their defaults
	 */
	static Declared of(String path, Symbol symbol, List<Type> types, long missing, IrFunction function) {
		return new Declared(path, symbol, types, missing, function.name(), function.params(), function.result(),
				function.record());
	}

	String path() {
		return this.path;
	}

	@Nullable Symbol symbol() {
		return this.symbol;
	}

	List<Type> types() {
		return this.types;
	}

	long missing() {
		return this.missing;
	}

	String name() {
		return this.name;
	}

	boolean is(Symbol symbol, List<Type> types, long missing) {
		return this.symbol == symbol && this.missing == missing && this.types.equals(types);
	}

	/** What calls of it need to know, without its body. */
	IrFunction stub(String className) {
		IrFunction function = new IrFunction(className, this.name, this.params, this.result);
		function.record(this.record);
		if (this.symbol != null) {
			function.displayName(this.symbol.name());
		}
		return function;
	}

}
