package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.lower.CallLowering.Site;
import dev.flin.types.Access;
import dev.flin.types.Type;

/**
 * The arguments of {@code f(1, ...xs, 2)} from the spread one on: only at run time it is known which parameter each of
 * them goes to.
 */
final class SpreadTail {

	private final BodyLowering body;

	private final Local list;

	private final int line;

	private SpreadTail(BodyLowering body, Local list, int line) {
		this.body = body;
		this.list = list;
		this.line = line;
	}

	/** The tail of a call, checked to have values enough and not too many; null for a call without one. */
	static @Nullable SpreadTail of(BodyLowering body, Site site, Access.Plan plan, List<@Nullable IrExpr> values) {
		List<Integer> arguments = List.of();
		int required = 0;
		int places = 0;
		boolean open = false;
		for (Access.Source source : plan.sources()) {
			if (source instanceof Access.Spliced spliced) {
				arguments = spliced.tail();
				places++;
				required = spliced.optional() ? required : places;
			}
			else if (source instanceof Access.SplicedRest rest) {
				arguments = rest.tail();
				open = true;
			}
		}
		if (arguments.isEmpty()) {
			return null;
		}
		SpreadTail tail = new SpreadTail(body, body.temporary(Kind.LIST), body.lineOf(site.node()));
		tail.fill(site, arguments, values);
		body.emit(new IrStmt.Eval(RunSide.call(RunSide.INDEXING, "checkSpread", "(L" + RunSide.LIST + ";II)V",
				tail.line, new IrExpr.Read(tail.list), new IrExpr.Const(required, Kind.INDEX),
				new IrExpr.Const(open ? Integer.MAX_VALUE : places, Kind.INDEX))));
		return tail;
	}

	private void fill(Site site, List<Integer> arguments, List<@Nullable IrExpr> values) {
		List<IrExpr> items = new ArrayList<>();
		for (int index : arguments) {
			IrExpr item = values.get(index + 1);
			if (item != null) {
				items.add(this.body.keep(item));
			}
		}
		this.body.emit(new IrStmt.Set(this.list, new IrExpr.NewList(List.of(), Kind.ANY)));
		for (int i = 0; i < items.size(); i++) {
			if (site.args().get(arguments.get(i)).spread()) {
				this.body.emit(new IrStmt.Eval(RunSide.addList(new IrExpr.Read(this.list), items.get(i))));
			}
			else {
				this.body.expressions.append(this.list, items.get(i));
			}
		}
	}

	/** The value for a parameter of this type. */
	IrExpr at(int place, Type type) {
		IrExpr part = RunSide.call(RunSide.INDEXING, "part", "(" + RunSide.OBJ + "I)" + RunSide.OBJ, this.line,
				new IrExpr.Read(this.list), new IrExpr.Const(place, Kind.INDEX));
		return Coercion.convert(part, Type.Basic.ANY, type, "", this.line);
	}

	/** Whether there is a value for a place, as a condition. */
	IrExpr reaches(int place) {
		return RunSide.call(RunSide.INDEXING, "hasPart", "(L" + RunSide.LIST + ";I)Z", this.line,
				new IrExpr.Read(this.list), new IrExpr.Const(place, Kind.INDEX));
	}

	/** What is left from a place on, as the list of a rest parameter. */
	IrExpr from(int place, Type type) {
		IrExpr rest = RunSide.call(RunSide.INDEXING, "partsFrom", "(L" + RunSide.LIST + ";I)L" + RunSide.LIST + ";",
				this.line, new IrExpr.Read(this.list), new IrExpr.Const(place, Kind.INDEX));
		return Coercion.convert(Coercion.represent(rest, Kind.ANY), Type.Basic.ANY, type, "", this.line);
	}

}
