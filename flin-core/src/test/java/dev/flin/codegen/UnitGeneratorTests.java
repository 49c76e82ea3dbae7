package dev.flin.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.IrUnit;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.BuiltinDispatch;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.link.Script;
import dev.flin.source.SourceFile;
import dev.flin.value.FlinError;

class UnitGeneratorTests {

	private static final String UNIT = "flin.sample";

	private final IrUnit unit = new IrUnit(UNIT, new SourceFile("sample.flin", ""), false);

	private static IrExpr number(long value) {
		return new IrExpr.Const(value, Kind.LONG);
	}

	private static IrExpr read(Local local) {
		return new IrExpr.Read(local);
	}

	private static IrExpr add(IrExpr a, IrExpr b) {
		return new IrExpr.Arithmetic(IrExpr.Op.ADD, Kind.LONG, a, b, 0);
	}

	private static IrStmt increment(Local local) {
		return new IrStmt.Set(local, add(read(local), number(1)));
	}

	private Object run(Kind result, IrStmt... body) throws Exception {
		IrFunction entry = new IrFunction(UNIT, "main", List.of(), result);
		entry.complete(List.of(body));
		this.unit.functions().add(entry);
		this.unit.entry(entry);
		return load().run(context());
	}

	private static FlinContext context() {
		return FlinContext
			.builder(new BuiltinDispatch(BuiltinCatalog.of(List.of())), InstantSource.system(), new SplittableRandom(1))
			.build();
	}

	private Script load() throws Exception {
		Preparation.prepare(this.unit);
		Map<String, byte[]> classes = UnitGenerator.generate(this.unit);
		ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {

			@Override
			protected Class<?> findClass(String name) throws ClassNotFoundException {
				byte[] bytes = classes.get(name);
				if (bytes == null) {
					throw new ClassNotFoundException(name);
				}
				return defineClass(name, bytes, 0, bytes.length);
			}

		};
		for (byte[] bytes : classes.values()) {
			StringWriter problems = new StringWriter();
			CheckClassAdapter.verify(new ClassReader(bytes), loader, false, new PrintWriter(problems));
			assertThat(problems.toString()).isEmpty();
		}
		return (Script) loader.loadClass(UNIT).getConstructor().newInstance();
	}

	@Test
	void manyConstantIntsAreOneText() throws Exception {
		List<Long> numbers = new ArrayList<>(
				List.of(0L, 1L, -1L, 63L, 64L, -64L, -65L, Long.MAX_VALUE, Long.MIN_VALUE));
		SplittableRandom random = new SplittableRandom(20261122);
		while (numbers.size() < 5_000) {
			numbers.add(random.nextLong() >> random.nextInt(64));
		}
		Object list = run(Kind.ANY, new IrStmt.Return(new IrExpr.NewList(numbers.stream()
			.map(UnitGeneratorTests::number)
			.toList(), Kind.LONG)));
		assertThat(list).isEqualTo(dev.flin.value.FlinList.copyOf(numbers));
	}

	@Test
	void aLoopCountsOnLongs() throws Exception {
		Local i = new Local("i", Kind.LONG);
		Local sum = new Local("sum", Kind.LONG);
		Object result = run(Kind.LONG, new IrStmt.Set(i, number(0)), new IrStmt.Set(sum, number(0)),
				new IrStmt.Loop(new IrStmt.Label("l"), new IrExpr.Compare(IrExpr.Test.LT, read(i), number(10)),
						List.of(new IrStmt.Set(sum, add(read(sum), read(i)))), List.of(increment(i)), true),
				new IrStmt.Return(read(sum)));
		assertThat(result).isEqualTo(45L);
	}

	@Test
	void textsAreJoinedWhateverTheyHold() throws Exception {
		IrExpr marks = new IrExpr.Const("\u0001\u0002", Kind.TEXT);
		IrExpr empty = new IrExpr.Const("", Kind.TEXT);
		assertThat(run(Kind.TEXT, new IrStmt.Return(new IrExpr.Concat(
				List.of(marks, number(7), empty, new IrExpr.Const(true, Kind.BOOL), marks, marks)))))
			.isEqualTo("\u0001\u00027true\u0001\u0002\u0001\u0002");
	}

	@Test
	void manyTextsAndNoneAreJoined() throws Exception {
		assertThat(run(Kind.TEXT, new IrStmt.Return(new IrExpr.Concat(Collections.nCopies(150, number(3))))))
			.isEqualTo("3".repeat(150));
	}

	@Test
	void noTextsAreAnEmptyText() throws Exception {
		assertThat(run(Kind.TEXT, new IrStmt.Return(new IrExpr.Concat(List.of())))).isEqualTo("");
	}

	@Test
	void overflowIsAnErrorOfTheProgram() {
		assertThatThrownBy(() -> run(Kind.LONG, new IrStmt.Line(3),
				new IrStmt.Return(add(number(Long.MAX_VALUE), number(1)))))
			.isInstanceOf(FlinError.class)
			.hasMessageContaining("overflow")
			.satisfies(error -> assertThat(((FlinError) error).flinTrace()).containsExactly("main (sample.flin:3)"));
	}

	@Test
	void cleanupRunsOnceOnEveryWayOut() throws Exception {
		Local trail = new Local("trail", Kind.LONG);
		Local error = new Local("error", Kind.ERROR);
		Local i = new Local("i", Kind.LONG);
		IrStmt.Label loop = new IrStmt.Label("loop");
		JavaMethod raised = new JavaMethod("dev/flin/runtime/Failures", "raised",
				"(Ljava/lang/Object;)Ldev/flin/value/FlinError;", List.of(Kind.ANY), Kind.ERROR, false);
		IrStmt fail = new IrStmt.Throw(
				new IrExpr.Invoke(raised, List.of(new IrExpr.Const("no", Kind.TEXT)), 0));
		IrStmt first = new IrStmt.If(new IrExpr.Compare(IrExpr.Test.EQ, read(i), number(0)),
				List.of(new IrStmt.Continue(loop)), List.of());
		IrStmt second = new IrStmt.If(new IrExpr.Compare(IrExpr.Test.EQ, read(i), number(1)), List.of(fail),
				List.of());
		IrStmt third = new IrStmt.If(new IrExpr.Compare(IrExpr.Test.EQ, read(i), number(3)),
				List.of(new IrStmt.Break(loop)), List.of());
		IrStmt attempt = new IrStmt.Try(List.of(first, second, third), error,
				List.of(new IrStmt.Set(trail, add(read(trail), number(1000)))),
				List.of(new IrStmt.Set(trail, add(read(trail), number(1)))));
		Object result = run(Kind.LONG, new IrStmt.Set(i, number(0)), new IrStmt.Set(trail, number(0)),
				new IrStmt.Loop(loop, null, List.of(attempt), List.of(increment(i)), false),
				new IrStmt.Return(read(trail)));
		assertThat(result).isEqualTo(1004L);
	}

	@Test
	void aCleanupDoesNotChangeWhatIsReturned() throws Exception {
		Local n = new Local("n", Kind.LONG);
		Object result = run(Kind.LONG, new IrStmt.Set(n, number(1)), new IrStmt.Try(
				List.of(new IrStmt.Return(read(n))), null, null, List.of(new IrStmt.Set(n, number(2)))));
		assertThat(result).isEqualTo(1L);
	}

	@Test
	void closuresShareTheirVariables() throws Exception {
		Local count = new Local("count", Kind.LONG);
		count.makeCell();
		Local inner = new Local("count", Kind.LONG);
		inner.makeCell();
		Local by = new Local("by", Kind.LONG);
		IrFunction raise = new IrFunction(UNIT, "lambda$1", List.of(by), Kind.VOID);
		raise.captures().add(inner);
		raise.displayName("");
		raise.complete(List.of(new IrStmt.Set(inner, add(read(inner), read(by))), new IrStmt.Return(null)));
		this.unit.functions().add(raise);
		this.unit.closures().add(raise);
		IrExpr closure = new IrExpr.Closure(raise, List.of(count));
		Local f = new Local("f", Kind.FUNCTION);
		List<IrExpr> args = List.of(new IrExpr.Convert(number(5), Kind.ANY));
		Object result = run(Kind.LONG, new IrStmt.Declare(count, number(1)), new IrStmt.Set(f, closure),
				new IrStmt.Eval(new IrExpr.CallValue(read(f), args, 0)),
				new IrStmt.Eval(new IrExpr.CallValue(read(f), args, 0)), new IrStmt.Return(read(count)));
		assertThat(result).isEqualTo(11L);
	}

	@Test
	void switchesChooseByIndexAndByText() throws Exception {
		Local word = new Local("word", Kind.TEXT);
		Local n = new Local("n", Kind.LONG);
		// "Aa" and "BB" have one hash code
		Object result = run(Kind.LONG, new IrStmt.Set(word, new IrExpr.Const("BB", Kind.TEXT)),
				new IrStmt.SwitchText(read(word),
						List.of(new IrStmt.TextCase("Aa", List.of(new IrStmt.Set(n, number(1)))),
								new IrStmt.TextCase("BB", List.of(new IrStmt.Set(n, number(2))))),
						List.of(new IrStmt.Set(n, number(3)))),
				new IrStmt.Switch(new IrExpr.Convert(read(n), Kind.INDEX),
						List.of(new IrStmt.Case(2, List.of(new IrStmt.Return(number(20)))),
								new IrStmt.Case(2000, List.of(new IrStmt.Return(number(30))))),
						List.of(new IrStmt.Return(number(40)))));
		assertThat(result).isEqualTo(20L);
	}

	@Test
	void longTextsAndManyParametersWork() throws Exception {
		String text = "é".repeat(70_000);
		List<Local> params = new ArrayList<>();
		List<IrExpr> args = new ArrayList<>();
		for (int i = 0; i < 7; i++) {
			params.add(new Local("p" + i, (i % 2 == 0) ? Kind.LONG : Kind.TEXT));
			args.add((i % 2 == 0) ? new IrExpr.Convert(number(i), Kind.ANY) : new IrExpr.Const(text, Kind.TEXT));
		}
		IrFunction last = new IrFunction(UNIT, "last", params, Kind.TEXT);
		last.complete(List.of(new IrStmt.Return(read(params.get(5)))));
		this.unit.functions().add(last);
		this.unit.closures().add(last);
		Object result = run(Kind.ANY, new IrStmt.Return(
				new IrExpr.CallValue(new IrExpr.Closure(last, List.of()), args, 0)));
		assertThat(result).isEqualTo(text);
	}

}
