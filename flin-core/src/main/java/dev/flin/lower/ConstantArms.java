package dev.flin.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;

/**
 * The first arms of a {@code match} over ints, characters or texts, as far as they only name constants: one jump
 * chooses among them, instead of a test for each.
 */
final class ConstantArms {

	/** So many tests are no slower than the jump. */
	private static final int FEW = 2;

	private final BodyLowering body;

	private final IrExpr subject;

	private final IrStmt.Label rest = new IrStmt.Label("rest");

	private final List<IrStmt.Label> labels = new ArrayList<>();

	/** Where each constant goes; of equal ones the first counts. */
	private final Map<Object, IrStmt.Label> targets = new LinkedHashMap<>();

	private ConstantArms(BodyLowering body, IrExpr subject) {
		this.body = body;
		this.subject = subject;
	}

	/**
	 * Lowers as many of the first arms as there are.
	 * @param code lowers the body of an arm that was chosen
	 * @return how many
	 */
	static int lower(BodyLowering body, IrExpr subject, List<Part.Arm> arms, Arm code) {
		IrExpr character = (subject.kind() == Kind.TEXT) ? body.characters.codePoint(subject) : null;
		if (subject instanceof IrExpr.Const || subject.kind() != Kind.LONG && subject.kind() != Kind.TEXT) {
			return 0;
		}
		ConstantArms chosen = new ConstantArms(body, (character != null) ? character : subject);
		int taken = 0;
		while (taken < arms.size() && arms.get(taken).guard() == null && chosen.add(arms.get(taken).pattern())) {
			taken++;
		}
		if (chosen.targets.size() <= FEW) {
			return 0;
		}
		chosen.emit(arms.subList(0, taken), code);
		return taken;
	}

	/** Lowers the body of an arm, from where nothing goes on to what follows. */
	interface Arm {

		void lower(Part.Arm arm);

	}

	private boolean add(Pattern pattern) {
		List<Object> keys = new ArrayList<>();
		if (!collect(pattern, keys)) {
			return false;
		}
		IrStmt.Label label = new IrStmt.Label("arm");
		this.labels.add(label);
		keys.forEach(key -> this.targets.putIfAbsent(key, label));
		return true;
	}

	private boolean collect(Pattern pattern, List<Object> keys) {
		return switch (pattern) {
			case Pattern.Or or -> or.alternatives().stream().allMatch(each -> collect(each, keys));
			case Pattern.Literal literal when isConstant(literal.value()) ->
				key(this.body.value(literal.value()), keys);
			default -> false;
		};
	}

	private static boolean isConstant(Expr value) {
		return value instanceof Expr.Int || value instanceof Expr.Text text && ExprLowering.constantText(text) != null
				|| value instanceof Expr.Unary sign && sign.operand() instanceof Expr.Int;
	}

	private boolean key(IrExpr value, List<Object> keys) {
		if (!(value instanceof IrExpr.Const constant)) {
			return false;
		}
		return switch (this.subject.kind()) {
			case LONG -> constant.value() instanceof Long number && number.intValue() == number
					&& keys.add(number.intValue());
			case TEXT -> constant.value() instanceof String text && keys.add(text);
			default -> constant.value() instanceof String && codePoint(constant, keys);
		};
	}

	/** A text of several characters is no key: the subject has one. */
	private static boolean codePoint(IrExpr.Const text, List<Object> keys) {
		IrExpr.@Nullable Const character = Characters.constant(text);
		return character == null || character.value() instanceof Integer code && keys.add(code);
	}

	private void emit(List<Part.Arm> arms, Arm code) {
		List<IrStmt> inner = new ArrayList<>();
		IrStmt leave = new IrStmt.Break(this.rest);
		IrExpr index = this.subject;
		if (this.subject.kind() == Kind.LONG) {
			index = new IrExpr.Convert(this.subject, Kind.INDEX);
			IrExpr larger = new IrExpr.Compare(IrExpr.Test.NE, new IrExpr.Convert(index, Kind.LONG), this.subject);
			inner.add(new IrStmt.If(larger, List.of(leave), List.of()));
		}
		inner.add(choice(index, leave));
		for (int i = 0; i < arms.size(); i++) {
			Part.Arm arm = arms.get(i);
			List<IrStmt> next = new ArrayList<>(List.of(new IrStmt.Block(this.labels.get(i), inner)));
			next.addAll(this.body.collect(() -> code.lower(arm)));
			inner = next;
		}
		this.body.emit(new IrStmt.Block(this.rest, inner));
	}

	private IrStmt choice(IrExpr index, IrStmt leave) {
		if (index.kind() == Kind.TEXT) {
			List<IrStmt.TextCase> cases = new ArrayList<>();
			this.targets.forEach(
					(key, label) -> cases.add(new IrStmt.TextCase((String) key, List.of(new IrStmt.Break(label)))));
			return new IrStmt.SwitchText(index, cases, List.of(leave));
		}
		List<IrStmt.Case> cases = new ArrayList<>();
		this.targets
			.forEach((key, label) -> cases.add(new IrStmt.Case((Integer) key, List.of(new IrStmt.Break(label)))));
		return new IrStmt.Switch(index, cases, List.of(leave));
	}

}
