package dev.flin.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.SwitchPoint;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.runtime.entity.RecordInstance;
import dev.flin.source.SourceFile;

/** What the classes of entities look like, and what code that knows an entity does with them. */
class EntityClassTests {

	private static final String MAKER = "entity Maker { name: text }\n";

	private static final String PRODUCT = """
			entity Product {
				name: text
				stock: int = 0
				price: number
				on: bool = true
				maker: Maker?
				limit: int?
				tags: [text]
				total: number => price * stock
			}
			""";

	private static Program program(String main) {
		return Snippets.program(Snippets.compiler(), new SourceFile("entities/maker.flin", MAKER),
				new SourceFile("entities/product.flin", PRODUCT), new SourceFile("main.flin", main));
	}

	private static byte[] bytes(Program program, String className) {
		byte[] found = program.classes().get(className);
		assertThat(found).as(className).isNotNull();
		return found;
	}

	/** The instructions of a method that read or write fields, or call: one word each. */
	private static List<String> code(byte[] bytes, String method) {
		List<String> found = new ArrayList<>();
		GeneratedCode.visit(bytes, (name, descriptor) -> name.equals(method) ? new Calls(found) : null);
		return found;
	}

	@Test
	void eachFieldHasItsType() {
		List<String> fields = new ArrayList<>();
		new ClassReader(bytes(program("print(1)"), "flin.entities.product$record$Product"))
			.accept(new ClassVisitor(Opcodes.ASM9) {

				@Override
				public FieldVisitor visitField(int access, String name, String descriptor, String signature,
						Object value) {
					if ((access & Opcodes.ACC_STATIC) == 0) {
						fields.add(name + " " + descriptor);
					}
					return null;
				}

			}, 0);
		assertThat(fields).containsExactly("name Ljava/lang/String;", "stock J", "price D", "on Z",
				"maker Lflin/entities/maker$record$Maker;", "limit Ljava/lang/Long;", "tags Ldev/flin/value/FlinList;");
	}

	@Test
	void readersAndWritersTakeTheField() {
		byte[] product = bytes(program("print(1)"), "flin.entities.product$record$Product");
		assertThat(code(product, "read$stock")).containsExactly("plain$read$stock");
		assertThat(code(product, "plain$read$stock")).containsExactly("GETSTATIC assumption$",
				"hasBeenInvalidated", "GETFIELD stock", "other$read$stock");
		assertThat(code(product, "other$read$stock")).containsExactly("isPlain", "isClear", "GETFIELD stock", "get",
				"toLong");
		assertThat(code(product, "write$stock")).containsExactly("plain$write$stock");
		assertThat(code(product, "plain$write$stock")).containsExactly("GETSTATIC assumption$",
				"hasBeenInvalidated", "PUTFIELD stock", "other$write$stock");
		assertThat(code(product, "other$write$stock")).containsExactly("isPlain", "mayAssign", "PUTFIELD stock",
				"valueOf", "set");
	}

	@Test
	void besideItsFieldsAnInstanceHoldsOneReference() {
		List<String> held = new ArrayList<>();
		for (Class<?> type = RecordInstance.class; type != Object.class; type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				if (!Modifier.isStatic(field.getModifiers())) {
					held.add(field.getType().isPrimitive() ? field.toString() : field.getName());
				}
			}
		}
		assertThat(held).containsExactly("beside");
	}

	private static final String TWO = "entity Kept { n: int }\nentity Passing { n: int }\n";

	/** Whether code may still assume that all instances of a record's class are plain. */
	private static boolean areSurelyPlain(Object record) throws ReflectiveOperationException {
		Field field = record.getClass().getDeclaredField("assumption$");
		field.setAccessible(true);
		return !((SwitchPoint) field.get(null)).hasBeenInvalidated();
	}

	private static FlinEngine engine(Map<String, String> files) {
		return FlinEngine.builder().root(() -> new SourceRoot.Tree(files, Map.of())).build().requireNoErrors();
	}

	@Test
	void recordsOfAClassArePlainUntilOneIsStored() throws ReflectiveOperationException {
		try (FlinEngine engine = engine(Map.of("entities/two.flin", TWO, "made.flin",
				"[Kept { n: 1 }, Passing { n: 2 }]", "stored.flin", "save Kept { n: 3 }", "read.flin",
				"Kept.all.map(k => k.n).sum"))) {
			List<?> made = (List<?>) engine.run("made.flin");
			assertThat(areSurelyPlain(made.get(0))).isTrue();
			assertThat(areSurelyPlain(made.get(1))).isTrue();
			engine.run("stored.flin");
			assertThat(areSurelyPlain(made.get(0))).isFalse();
			assertThat(areSurelyPlain(made.get(1))).isFalse();
			assertThat(engine.run("read.flin")).isEqualTo(3L);
		}
	}

	@Test
	void aClassThatIsLoadedAfterATransactionLearnsOfItFromItsInstances() throws ReflectiveOperationException {
		try (FlinEngine engine = engine(Map.of("entities/two.flin", TWO, "stored.flin", "save Kept { n: 3 }",
				"made.flin", "[Passing { n: 2 }]"))) {
			engine.run("stored.flin");
			assertThat(areSurelyPlain(((List<?>) engine.run("made.flin")).get(0))).isFalse();
		}
	}

	@Test
	void aTransactionThatIsTriedAgainFindsRecordsThatAreNotStoredAsTheyWere() {
		String main = """
				fn count(passing: Passing, by: int) -> int { passing.n += by; passing.n }

				passing = Passing { n: 0 }
				for i in 0..<5000 { count(passing, 1) }
				tries = 0
				transaction {
					kept = Kept.find(1) ?? fail("nothing is kept")
					count(passing, 1)
					tries += 1
					if tries == 1 { print("meanwhile") }
					kept.n += passing.n
					save kept
				}
				"{tries} {passing.n} {Kept.find(1)?.n}"
				""";
		FlinEngine[] engine = new FlinEngine[1];
		try (FlinEngine made = FlinEngine.builder()
			.root(() -> new SourceRoot.Tree(Map.of("entities/two.flin", TWO, "first.flin", "save Kept { n: 3 }",
					"meanwhile.flin", "k = Kept.find(1) ?? fail(\"nothing is kept\")\nk.n += 100\nsave k", "main.flin",
					main), Map.of()))
			.print((line) -> engine[0].run("meanwhile.flin"))
			.build()
			.requireNoErrors()) {
			engine[0] = made;
			made.run("first.flin");
			assertThat(made.run("main.flin")).isEqualTo("2 5001 5104");
		}
	}

	@Test
	void whatIsNoPlainValueIsReadAndAssignedAllTheSame() {
		String main = MAKER.replace("text }", "text\n upper: text => name.upper\n size: int? }") + """
				m = Maker { name: "Ada" }
				before = "{m.name} {m.upper} {m.size ?? 0} {m.id} {m.is_new}"
				save m
				m.name = "Bea"
				m.size = 3
				again = Maker.find(m.id) ?? m
				again.name = again.name ++ "!"
				copies = [m, again]
				"{before} {m.name} {m.upper} {m.size ?? 0} {again.name} {again.upper} {copies.len} {m == again}"
				""";
		try (FlinEngine engine = FlinEngine.builder()
			.root(() -> new SourceRoot.Tree(Map.of("main.flin", main), Map.of()))
			.build()
			.requireNoErrors()) {
			assertThat(engine.run("main.flin")).isEqualTo("Ada ADA 0 0 true Bea BEA 3 Ada! ADA! 2 true");
		}
	}

	@Test
	void codeThatKnowsTheEntityLooksNothingUp() {
		byte[] main = bytes(program("""
				fn sell(p: Product, n: int) -> number {
					p.stock -= n
					p.price * n
				}
				print(sell(Product { name: "Pen", price: 2 }, 1))
				"""), "flin.main");
		assertThat(code(main, "sell")).containsExactly("read$stock", "subtract", "write$stock", "read$price");
		assertThat(code(main, "main")).containsSubsequence("make$", "init$name", "init$price", "init$stock", "init$on",
				"initialize", "sell").doesNotContain("create");
	}

	@Test
	void valuesOfAnyTypeGoStraightIntoTheFieldsThatTheyFit() {
		String source = """
				fn made(name: any, price: any, maker: any, limit: any) -> any {
					Product { name: name, price: price, maker: maker, limit: limit }
				}
				""";
		byte[] main = bytes(program(source + "print(made(\"Pen\", 1.5, none, 2))"), "flin.main");
		assertThat(code(main, "made")).containsSubsequence("is$", "make$", "init$name", "init$price", "init$maker",
				"init$limit", "init$stock", "create");
		String shown = """
				fn shown(p: any) -> text { "{p.name} {p.price} {p.maker?.name ?? "-"} {p.limit ?? "-"} {p.stock}" }
				fn failed(name: any, price: any, maker: any, limit: any) -> any {
					try { shown(made(name, price, maker, limit)) } catch (e) { "{e.fields}" }
				}
				ada = Maker { name: "Ada" }
				[shown(made("Pen", 1.5, ada, 2)), shown(made("Pen", 1, none, none)), failed("Pen", 1.5, "Ada", 2),
					failed(1, "x", none, 0.5), failed(none, 1, none, none)].join(" | ")
				""";
		Map<String, String> files = Map.of("entities/maker.flin", MAKER, "entities/product.flin", PRODUCT, "main.flin",
				source + shown);
		try (FlinEngine engine = FlinEngine.builder()
			.root(() -> new SourceRoot.Tree(files, Map.of()))
			.build()
			.requireNoErrors()) {
			assertThat(engine.run("main.flin")).isEqualTo("Pen 1.5 Ada 2 0 | Pen 1 - - 0 | "
					+ "[\"maker\": \"must be a Maker\"] | "
					+ "[\"name\": \"must be a text\", \"price\": \"must be a number\", "
					+ "\"limit\": \"must be a whole number\"] |  1 - - 0");
		}
	}

	@Test
	void theClassOfARecordIsTestedWhereItComesOutOfAListAlone() {
		byte[] main = bytes(program("""
				entity Node { next: Node? @inverse("before"), value: int }

				fn last(first: Node) -> Node {
					at = first
					next = at.next
					while next != none {
						at = next
						next = at.next
					}
					at
				}

				fn total(nodes: [Node]) -> int {
					sum = 0
					for node in nodes { sum += last(node).value + node.value }
					sum
				}

				print(total([Node { value: 1 }]))
				"""), "flin.main");
		assertThat(casts(main, "last")).isEmpty();
		assertThat(casts(main, "total")).containsExactly("flin/main$record$Node");
	}

	@Test
	void recordsKeepTheirClassWhereverTheyGo() {
		String main = """
				entity Node { next: Node? @inverse("before"), value: int }

				fn pick(node: Node?, other: Node?, first: bool) -> Node? { if first { node } else { other } }
				fn even(node: Node?) -> bool { if node == none { true } else { odd(node.next) } }
				fn odd(node: Node?) -> bool { if node == none { false } else { even(node.next) } }
				fn given(node: Node, other: Node? = none) -> int { node.value + (other?.value ?? 100) }
				fn tried(node: Node?) -> int {
					kept = node
					try {
						kept = pick(node, none, false)
						kept?.value ?? 7
					} catch e { -1 }
				}

				one = Node { value: 1 }
				two = Node { value: 2, next: one }
				anything: any = two
				back: Node = anything
				changed: Node? = none
				set = (node: Node) => { changed = node }
				set(back)
				all = [one, two].filter(node => node.value > 1).map(node => node.next ?? node)
				by = ["a": one]
				found = by["a"]
				names = "{pick(one, two, false)?.value ?? 0} {even(two)} {odd(two)} {given(two)} {given(one, two)}"
				"{names} {tried(one)} {changed?.value ?? 0} {all[0].value} {found?.value ?? 0} {back == two}"
				""";
		assertThat(result(main)).isEqualTo("2 true false 102 3 7 2 1 1 true");
	}

	private static Object result(String main) {
		try (FlinEngine engine = FlinEngine.builder()
			.root(() -> new SourceRoot.Tree(Map.of("main.flin", main), Map.of()))
			.build()
			.requireNoErrors()) {
			return engine.run("main.flin");
		}
	}

	@Test
	void fieldsBeyondThoseOfTheClassLeaveTheOthersAlone() {
		StringBuilder fields = new StringBuilder();
		for (int i = 0; i < 70; i++) {
			fields.append("    f").append(i).append(": int = ").append(i).append('\n');
		}
		String main = """
				entity Wide {
				FIELDS}
				wide = Wide { f0: 5 }
				wide.f1 += 10
				wide.f66 += 100
				"{wide.f0} {wide.f1} {wide.f2} {wide.f62} {wide.f63} {wide.f66}"
				""".replace("FIELDS", fields);
		try (FlinEngine engine = FlinEngine.builder()
			.root(() -> new SourceRoot.Tree(Map.of("main.flin", main), Map.of()))
			.build()
			.requireNoErrors()) {
			assertThat(engine.run("main.flin")).isEqualTo("5 11 2 62 63 166");
		}
	}

	@Test
	void computedFieldsAreReadBySlot() {
		byte[] main = bytes(program("""
				fn worth(p: Product) -> number { p.total }
				print(worth(Product { name: "Pen", price: 2 }))
				"""), "flin.main");
		assertThat(code(main, "worth")).containsExactly("get", "toDouble");
	}

	@Test
	void whatIsNotKnownHasSitesOfItsOwn() {
		byte[] main = bytes(program("""
				fn sell(p: any, n: int) -> any {
					p.stock = n
					p.price
				}
				print(sell(Product { name: "Pen", price: 2 }, 1))
				"""), "flin.main");
		assertThat(code(main, "sell")).contains("INVOKEDYNAMIC setMember", "INVOKEDYNAMIC getMember")
			.doesNotContain("getKey");
	}

	@Test
	void callersOfAChangedEntityAreLoadedAnew() {
		Compiler compiler = Snippets.compiler();
		SourceFile maker = new SourceFile("entities/maker.flin", MAKER);
		SourceFile main = new SourceFile("main.flin",
				"fn f(m: Maker) -> text { m.name }\nprint(f(Maker { name: \"A\" }))");
		SourceFile other = new SourceFile("lib/other.flin", "fn other() -> int { 1 }");
		Program before = Snippets.program(compiler, maker, main, other);
		Program after = Snippets.program(compiler,
				new SourceFile("entities/maker.flin", "entity Maker { age: int = 1, name: text }"), main, other);
		assertThat(after.script("main.flin").getClass()).isNotSameAs(before.script("main.flin").getClass());
		assertThat(after.script("lib/other.flin").getClass()).isSameAs(before.script("lib/other.flin").getClass());
	}

	@Test
	void codeThatOnlyHandsARecordOnIsLoadedAnewToo() {
		Map<String, String> files = new HashMap<>();
		files.put("lib/pass.flin", "fn pass(m: Maker?) -> Maker? { m }");
		files.put("main.flin", "(pass(Maker { name: \"A\" })?.name ?? \"\") ++ \"1\"");
		files.put("entities/maker.flin", MAKER);
		try (FlinEngine engine = FlinEngine.builder()
			.root(() -> new SourceRoot.Tree(Map.copyOf(files), Map.of()))
			.build()
			.requireNoErrors()) {
			assertThat(engine.run("main.flin")).isEqualTo("A1");
			files.put("entities/maker.flin", "entity Maker { age: int = 1, name: text }");
			engine.reload();
			assertThat(engine.run("main.flin")).isEqualTo("A1");
			files.computeIfPresent("main.flin", (name, text) -> text.replace("1\"", "2\""));
			engine.reload();
			assertThat(engine.run("main.flin")).isEqualTo("A2");
		}
	}

	@Test
	void theClassOfAnEntityOutlivesAChangeOfTheCodeAroundIt() throws Exception {
		Compiler compiler = Snippets.compiler();
		String use = "x = Maker { name: \"A\" }\nprint(x.name)";
		Program before = Snippets.program(compiler, new SourceFile("main.flin", MAKER + use));
		Program after = Snippets.program(compiler, new SourceFile("main.flin", MAKER + "print(1)\n" + use));
		assertThat(after.script("main.flin").getClass()).isNotSameAs(before.script("main.flin").getClass());
		assertThat(made(after)).isSameAs(made(before));
	}

	/** The class of the entity as the code of the program sees it. */
	private static Class<?> made(Program program) throws ClassNotFoundException {
		return program.script("main.flin").getClass().getClassLoader().loadClass("flin.main$record$Maker");
	}

	/** The classes that a method tests values for. */
	private static List<String> casts(byte[] bytes, String method) {
		List<String> found = new ArrayList<>();
		MethodVisitor casts = new MethodVisitor(Opcodes.ASM9) {

			@Override
			public void visitTypeInsn(int opcode, String type) {
				if (opcode == Opcodes.CHECKCAST) {
					found.add(type);
				}
			}

		};
		GeneratedCode.visit(bytes, (name, descriptor) -> name.equals(method) ? casts : null);
		return found;
	}

	/** Notes fields and calls. */
	private static final class Calls extends MethodVisitor {

		private final List<String> found;

		private Calls(List<String> found) {
			super(Opcodes.ASM9);
			this.found = found;
		}

		@Override
		public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
			this.found.add(switch (opcode) {
				case Opcodes.GETFIELD -> "GETFIELD ";
				case Opcodes.GETSTATIC -> "GETSTATIC ";
				default -> "PUTFIELD ";
			} + name);
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
			this.found.add(name);
		}

		@Override
		public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... args) {
			this.found.add("INVOKEDYNAMIC " + name);
		}

	}

}
