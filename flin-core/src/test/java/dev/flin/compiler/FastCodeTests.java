package dev.flin.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;

/** The shape of code that has to be fast, and that it means the same in the cases it is not made for. */
class FastCodeTests {

	/** The calls of a function, each with its class; of the first method of one that is two. */
	private static List<String> code(String source, String function) {
		return code(source, function, "(L");
	}

	/** The calls of the second method of a function that is two: it takes the depth first. */
	private static List<String> second(String source, String function) {
		return code(source, function, "(I");
	}

	private static List<String> code(String source, String function, String start) {
		List<String> found = new ArrayList<>();
		GeneratedCode.visit(GeneratedCode.main(source),
				(name, descriptor) -> name.equals(function) && descriptor.startsWith(start) ? new Shape(found) : null);
		assertThat(found).as(function).isNotEmpty();
		return found;
	}

	/** How ints become numbers in a function. */
	private static List<String> conversions(String source, String function) {
		List<String> found = new ArrayList<>();
		MethodVisitor conversions = new MethodVisitor(Opcodes.ASM9) {

			@Override
			public void visitInsn(int opcode) {
				if (opcode == Opcodes.L2D || opcode == Opcodes.I2D) {
					found.add((opcode == Opcodes.I2D) ? "I2D" : "L2D");
				}
			}

		};
		GeneratedCode.visit(GeneratedCode.main(source),
				(name, descriptor) -> name.equals(function) ? conversions : null);
		return found;
	}

	private static final class Shape extends MethodVisitor {

		private final List<String> found;

		Shape(List<String> found) {
			super(Opcodes.ASM9);
			this.found = found;
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
			this.found.add(owner.substring(owner.lastIndexOf('/') + 1) + "." + name);
		}

	}

	private static Object run(String source) {
		try (FlinEngine engine = FlinEngine.builder()
			.root(() -> new SourceRoot.Tree(Map.of("main.flin", source), Map.of()))
			.build()
			.requireNoErrors()) {
			return engine.run("main.flin");
		}
	}

	@Test
	void elementsInLoopsComeFromAnArrayThatIsReadBefore() {
		assertThat(code("""
				fn sieve(n: int) -> int {
					crossed = repeat_value(false, n + 1)
					count = 0
					for i in 2..n {
						if not crossed[i] {
							count += 1
							k = i * i
							while k <= n {
								crossed[k] = true
								k += i
							}
						}
					}
					count
				}
				sieve(10)
				""", "sieve")).containsSubsequence("Elements.ofBooleans", "Elements.getBoolean", "Elements.setBoolean")
			.noneMatch(call -> call.startsWith("FlinList."));
	}

	@Test
	void anArrayIsReadBeforeALoopThatRecurs() {
		assertThat(code("""
				fn fill(xs: [int], depth: int) {
					for i in 0..<xs.len {
						xs[i] += depth
						if depth > 0 { fill(xs, depth - 1) }
					}
				}
				fill([1, 2], 2)
				""", "fill"))
			.containsSubsequence("Elements.ofLongs", "Elements.getLong", "Elements.setLong", "main.fill")
			.doesNotContain("FlinList.getLong", "FlinList.setLong");
	}

	@Test
	void aLoopThatAddsElementsAsksTheList() {
		assertThat(code("""
				fn grow(xs: [int]) {
					for i in 0..<3 { xs.push(xs[i]) }
				}
				grow([1])
				""", "grow")).contains("FlinList.getLong").noneMatch(call -> call.startsWith("Elements."));
	}

	@Test
	void loopsBehindEachOtherUseTheSameArrays() {
		assertThat(code("""
				fn change(xs: [int]) -> int {
					for i in 0..<xs.len { xs[i] += 1 }
					sum = 0
					for i in 0..<xs.len { sum += xs[i] }
					sum
				}
				change([1, 2])
				""", "change")).containsOnlyOnce("Elements.ofLongs");
	}

	@Test
	void aListThatGrowsBetweenTwoLoopsIsAskedForItsArrayAgain() {
		String source = """
				fn change(xs: [int]) -> int {
					for i in 0..<xs.len { xs[i] += 1 }
					xs.push(10)
					sum = 0
					for i in 0..<xs.len { sum += xs[i] }
					sum
				}
				change([1, 2])
				""";
		assertThat(run(source)).isEqualTo(15L);
		assertThat(code(source, "change")).containsSubsequence("Elements.ofLongs", "Elements.ofLongs");
	}

	@Test
	void aListThatGetsOtherElementsBetweenTwoLoopsIsAskedForItsArrayAgain() {
		assertThat(run("""
				fn change(xs: [int], ys: [number]) -> number {
					for i in 0..<xs.len { xs[i] += 1 }
					same: any = xs
					same[0] = 0.5
					total = 0.0
					for i in 0..<ys.len { total += ys[i] }
					total
				}
				ys = [1.5, 2.5]
				"{change([1, 2], ys)} {change([1, 2], ys)}"
				""")).isEqualTo("4 4");
	}

	@Test
	void aLoopOverTheLengthOfAListCountsInIntsAlone() {
		assertThat(code("""
				fn dot(a: [number], b: [number]) -> number {
					sum = 0.0
					for i in 0..<a.len { sum += a[i] * b[i] }
					sum
				}
				dot([1.0], [2.0])
				""", "dot")).containsExactly("ListFunctions.len", "Math.max", "Elements.ofDoubles",
				"Elements.ofDoubles", "Elements.getDouble", "Elements.getDouble");
	}

	@Test
	void resultsThatNobodyLooksAtAreNotMade() {
		String source = """
				entity Counter { n: int = 0 }
				fn raise(c: Counter) { if c.n < 1000 { c.n += 500 } }
				fn twice(c: Counter) {
					raise(c)
					raise(c)
				}
				c = Counter {}
				twice(c)
				x = raise(c)
				"{c.n} {x}"
				""";
		assertThat(code(source, "raise").stream().filter("Long.valueOf"::equals)).hasSize(1);
		assertThat(run(source)).isEqualTo("1000 ");
	}

	@Test
	void functionValuesGiveTheObjectThatTheyRead() {
		String source = """
				orders = [{ id: 1000, price: 2.5 }, { id: 2000, price: 3.5 }]
				"{orders.map(o => o.id)} {orders.sum_by(o => o.price)} {[1000, 3, 5].filter(n => n > 3).map(n => n * 2)}"
				""";
		assertThat(run(source)).isEqualTo("[1000, 2000] 6 [2000, 10]");
	}

	@Test
	void recursionPollsWhereItCallsOnly() {
		String source = """
				fn fib(n: int) -> int { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }
				fib(10)
				""";
		assertThat(code(source, "fib")).containsExactly("FlinContext.checkCall", "main.fib", "main.fib",
				"Operations.add");
		assertThat(second(source, "fib")).containsExactly("main.fib", "main.fib", "Operations.add");
	}

	@Test
	void intsBetweenKnownBoundsNeedNoLookAtOverflows() {
		assertThat(code("""
				fn steps(n: int, from: int) -> int {
					i = from
					sum = 0
					while i < n {
						i += 1
						if i > 0 and i < 1000 { sum = i * i - 1 }
					}
					sum % 10
				}
				steps(10, 0)
				""", "steps")).doesNotContain("Operations.addConstant", "Operations.multiply", "Operations.decrease",
				"Operations.remainder");
	}

	@Test
	void intsAtTheEndsOfTheirBoundsOverflowStill() {
		String source = """
				fn after(n: int) -> int { if n > 5 { n + 1 } else { n - 1 } }
				fn last(from: int) -> int {
					sum = 0
					for i in from..9223372036854775807 { sum = i + 1 }
					sum
				}
				fn turns(n: int) -> int {
					i = n - 2
					while i <= n { i += 1 }
					i
				}
				fn up(n: int) -> int {
					i = 0
					while i >= 0 and n > 0 { i += 4611686018427387904 }
					i
				}
				least = -9223372036854775807 - 1
				ends = "{(try after(9223372036854775807)).ok} {(try after(least)).ok} {(try last(9223372036854775806)).ok}"
				"{ends} {(try turns(9223372036854775807)).ok} {(try up(1)).ok} {after(7)} {turns(3)}"
				""";
		assertThat(run(source)).isEqualTo("false false false false false 8 4");
	}

	@Test
	void operatorsOnAnythingWorkOnNumbersAndIntsWithoutBoxesBetween() {
		assertThat(code("""
				fn sum(a: any, b: any, c: any) -> any { a * b + c }
				sum(1, 2, 3)
				""", "sum")).containsExactly("Long.longValue", "Long.longValue", "Operations.multiply",
				"Long.longValue", "Operations.add", "Long.valueOf", "Double.doubleValue", "Double.doubleValue",
				"Double.doubleValue", "Double.valueOf", "Dynamic.multiply", "Dynamic.add");
	}

	@Test
	void localsOfAnyTypeKeepNumbersUnboxedFromTurnToTurn() {
		assertThat(code("""
				fn sum(xs: any) -> any {
					total = 0.0
					for i in 0..<xs.len { total = total + xs[i] * 2.0 }
					total
				}
				sum([1.5, 2.5])
				""", "sum")).contains("OpenElements.tag", "OpenElements.widened", "Tagged.box")
			.doesNotContain("Double.doubleValue");
	}

	@Test
	void aLocalThatStartsAsANumberAndGetsWhatIsComputedWithItHasNoPlaceForAnInt() {
		String body = "{ x = START\n for i in 0..<50 { next = x * x + c\n x = next }\n x }\ngrown(0.5)\n";
		assertThat(code("fn grown(c: any) -> any " + body.replace("START", "0.0"), "grown"))
			.doesNotContain("Operations.multiply", "Tagged.whole");
		assertThat(code("fn grown(c: any) -> any " + body.replace("START", "0"), "grown"))
			.contains("Operations.multiply", "Tagged.whole");
	}

	@Test
	void aLocalThatStartsAsANumberIsWhatAnOperatorGivesAllTheSame() {
		assertThat(run("""
				fn fold(xs: any) -> any {
					total = 0.0
					for x in xs { total = total + x }
					total
				}
				fn last(xs: any) -> any {
					seen = 0.5
					for x in xs { seen = x }
					seen + 1
				}
				fn late(n: any) -> any {
					sum: any = none
					for i in 0..<n { sum = if i == 0 then 0.5 else sum * 2 }
					sum
				}
				"{fold([1, 2])} {fold([])} {fold(["x"])} {last([])} {last([2])} {late(0)} {late(3)}"
				""")).isEqualTo("3 0 0x 1.5 3  2");
	}

	@Test
	void whatAConditionSaysAboutNoneIsNotLookedAtAgain() {
		assertThat(code("""
				fn size(xs: [int]?) -> int {
					if xs == none { return 0 }
					xs.len + xs[0]
				}
				size([1])
				""", "size")).doesNotContain("Convert.present");
	}

	@Test
	void operatorsOnAnythingGiveWhatTheTypesSay() {
		assertThat(run("""
				fn sum(a: any, b: any, c: any) -> any { a * b + c }
				fn last(a: any) -> any { a % 3 - 1 }
				fn less(a: any, b: any) -> any { if a * 2 < b then "less" else "not less" }
				[sum(2, 3, 4), sum(2.0, 3.0, 0.5), sum(2.0, 3, 1), sum(2, 3, "x"), last(7), last(7.5), less(1, 3),
					less(2, 3.5), less(0.0 / 0.0, 1.0), less(1.5, 3.0)].map(v => "{v}").join(" ")
				""")).isEqualTo(run("""
				[2 * 3 + 4, 2.0 * 3.0 + 0.5, 2.0 * 3 + 1, "6x", 7 % 3 - 1, 7.5 % 3 - 1, "less", "not less", "not less",
					"not less"].map(v => "{v}").join(" ")
				"""));
	}

	@Test
	void operandsAreEvaluatedBeforeAnOperatorFailsOnlyIfTheyStandBeforeIt() {
		assertThat(run("""
				seen: [text] = []
				fn noted(v: any) -> any {
					seen.push("{v}")
					v
				}
				fn failing(a: any) -> any { a * 2 + noted(3) }
				try { failing(none) } catch e { seen.push(e.message) }
				seen.join(", ")
				""")).isEqualTo("cannot multiply none by int 2");
	}

	@Test
	void whatIsLookedForIsEvaluatedBeforeWhereItIsLookedFor() {
		assertThat(run("""
				seen: [text] = []
				fn noted(v: int) -> int {
					seen.push("{v}")
					v
				}
				found = noted(2) in [3, 2].map(x => noted(x))
				try { found = div(1, noted(0)) not in [4].map(x => noted(x)) } catch e { seen.push(e.message) }
				"{found} {seen.join(", ")}"
				""")).isEqualTo("true 2, 3, 2, 0, division by zero");
	}

	@Test
	void countersAreNumbersAsIntsOfJavaWhereTheyAreSome() {
		assertThat(conversions("""
				fn halves() -> number {
					sum = 0.0
					for i in 0..<9 { sum += i * 0.5 }
					sum
				}
				halves()
				""", "halves")).containsExactly("I2D");
		assertThat(run("""
				fn sums(from: int, to: int) -> [number] {
					sums = [0.0, 0.0, 0.0]
					for i in from..to {
						if i == from + 1 { continue }
						if i > from + 3 { break }
						sums[0] += i * 0.5
						for k in i..<i + 2 { sums[1] += k / 4 + i * 1.5 }
						late = () => i * 2.0
						sums[2] += late()
					}
					sums
				}
				fn opened(from: any, to: any) -> any {
					sum = 0.0
					for i in from..to { sum = sum + i * 0.5 }
					sum
				}
				far = 9007199254740000
				parts = [sums(0, 9), sums(-3, 9), sums(2147483644, 2147483650), sums(far, far + 9)]
				"{parts} {opened(1, 4)} {opened(2147483645, 2147483649)} {opened(-far, 1 - far)}"
				""")).isEqualTo("[[2.5, 18.25, 10], [-2, -13.25, -8], [3221225468.5, 22548578280.25, 12884901874], "
				+ "[13510798882110002, 94575592174770030, 54043195528440010]] 5 5368709117.5 -9007199254740000");
	}

	@Test
	void rangesBeyondTheIntsOfJavaAreCounted() {
		assertThat(run("""
				sum = 0
				for i in 3000000000..3000000002 { sum += i }
				for i in -3000000001..<-3000000000 { sum += i }
				sum
				""")).isEqualTo(6_000_000_002L);
	}

	@Test
	void charactersOfTextsOfAnyTypeAreComparedWhereTheyLie() {
		assertThat(code("""
				fn blanks(s: any, i: any) -> bool { s[i] == " " }
				blanks(" ", 0)
				""", "blanks")).containsExactly("OpenTexts.isAt");
		assertThat(code("""
				fn quote(s: any) -> any {
					end = s.from + 1
					while s.text[end] != "x" and s.text[end] >= "a" { end += 1 }
					end
				}
				quote({ text: "abx", from: 0 })
				""", "quote")).contains("OpenTexts.isAt", "Indexing.index", "OpenTexts.compare")
			.doesNotContain("Equality.equal");
	}

	@Test
	void charactersAreComparedByWhatTheValueTurnsOutToBe() {
		assertThat(run("""
				fn has(v: any, i: any) -> any { v[i] == "x" }
				fn at(v: any) -> [any] {
					i = v.len - 1
					seen = []
					while i >= 0 {
						seen.push(v[i] == "x")
						i -= 1
					}
					seen
				}
				fn order(v: any, i: any) -> any { "{v[i] < "b"} {v[i] <= "b"} {v[i] > "b"} {v[i] >= "b"}" }
				failed = try has("abc", 3)
				nothing = try has(none, 0)
				number = try order([1], 0)
				[has("ax", 1), has("ax", -1), has("ax", 0), has("😀x", 1), has(["xy", "x"], 0), has(["xy", "x"], 1),
					has({ k: "x" }, "k"), has({ k: 1 }, "k"), has([none], 0), at("xa😀"), at([1, "x"]), order("abc", 1),
					order(["bb"], 0), order([""], 0), order(["😀"], 0), failed.error.message, nothing.error.message,
					number.error.message].join(";")
				""")).isEqualTo("true;true;false;true;false;true;true;false;false;[false, false, true];[true, false];"
				+ "false true false true;false false true true;true true false false;false false true true;"
				+ "index 3 is out of range: the text has 3 characters;'v' is none: it has no [0];"
				+ "cannot compare int 1 with text \"b\"");
	}

	@Test
	void builtinsOfAnyReceiverConvertWhatTheyAreGiven() {
		assertThat(run("""
				fn code(s: any, i: any) -> any { s.code_point_at(i) }
				fn length(v: any) -> any { v.len }
				wrong = try code("abc", "1")
				[code("abc", 1), code("abc", -1), length("ab"), length([1, 2, 3]), length("😀"), length([:]),
					length(0..<4), wrong.error.message].join(";")
				""")).isEqualTo("98;99;2;3;1;0;4;'code_point_at(index)' should be int but is text \"1\"");
	}

	private static final String TREE = """
			enum Tree { Leaf, One(Tree), Node(Tree, Tree) }

			fn made(depth: int) -> Tree {
				if depth == 0 { Tree.Node(Tree.Leaf, Tree.Leaf) } else { Tree.Node(made(depth - 1), Tree.One(Tree.Leaf)) }
			}

			fn nodes(tree: Tree) -> int {
				match tree {
					Leaf -> 0
					One(inner) -> 1 + nodes(inner)
					Node(left, right) -> 1 + nodes(left) + nodes(right)
				}
			}

			fn chain(n: int) -> Tree {
				tree = Tree.Leaf
				for i in 0..<n { tree = Tree.One(tree) }
				tree
			}
			""";

	@Test
	void armsBeforeTheFirstThatCallsDoNotLookAtTheDepth() {
		assertThat(code(TREE + "\nnodes(made(3))", "nodes")).startsWith("EnumValue.ordinal", "FlinContext.checkCall",
				"EnumValue.ordinal", "EnumValue.first", "main.nodes").containsOnlyOnce("FlinContext.checkCall");
		assertThat(run(TREE + "\nnodes(made(3)) + nodes(chain(400))")).isEqualTo(407L);
		assertThat(run(TREE + """

				failed = try nodes(chain(100000))
				failed.ok ? "none" : failed.error.code
				""")).isEqualTo("LimitError");
	}

	@Test
	void variantsAreConstantsWhereValuesAreMade() {
		assertThat(code(TREE + "\nnodes(made(3))", "made")).containsExactly("EnumValue.with", "FlinContext.checkCall",
				"Operations.decrease", "main.made", "EnumValue.with", "EnumValue.with");
		assertThat(run(TREE + """

				"{made(0)} {Tree.One(Tree.Leaf) == made(0)} {chain(1) == Tree.One(Tree.Leaf)} {Tree.Leaf == chain(0)}"
				""")).isEqualTo("Node(Leaf, Leaf) false true true");
	}

}
