package dev.flin.compiler;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.flin.codegen.Preparation;
import dev.flin.codegen.UnitGenerator;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrRecord;
import dev.flin.ir.IrRoute;
import dev.flin.ir.IrUnit;
import dev.flin.lower.LoweredUnit;
import dev.flin.lower.ProgramLowering;
import dev.flin.lower.SessionFile;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.source.SourceFile;
import dev.flin.syntax.Syntax;
import dev.flin.syntax.SyntaxTree;
import dev.flin.types.CheckedFile;
import dev.flin.types.CheckedProgram;
import dev.flin.types.Checker;

/**
 * Compiles applications. Keeps what it has read of unchanged files from one compilation to the next. Used by one thread
 * at a time.
 */
public final class Compiler {

	/** How many files are worth a thread. */
	private static final int FILES_SHARE = 6;

	private static final int UNITS_SHARE = 12;

	/** Fields of an entity whose class is certainly not too large for the JVM. */
	private static final int FIELDS_SMALL = 200;

	private final CatalogSignatures builtins;

	private final Checker checker;

	private final ClassLoader parent;

	private final Workers workers;

	/** Null after the first compilation, and when there is nobody to be ahead of it. */
	private @Nullable BuiltinCatalog cold;

	/** Source files are compared by identity. */
	private Map<SourceFile, SyntaxTree> trees = Map.of();

	private @Nullable Program previous;

	/** Let go when memory is short: then everything is translated the next time. */
	private SoftReference<Kept> kept = new SoftReference<>(Kept.NOTHING);

	/**
	 * What is known of files that were compiled before, by their paths.
	 *
	 * @param units what lowering has to know
	 * @param code what became of them
	 */
	private record Kept(Map<String, LoweredUnit> units, Map<String, Generated> code) {

		static final Kept NOTHING = new Kept(Map.of(), Map.of());

	}

	/**
	 * Makes a compiler that does everything on the thread that calls it.
	 * @param parent the loader that sees the run side
	 */
	public Compiler(BuiltinCatalog catalog, ClassLoader parent) {
		this(catalog, parent, Workers.NONE);
	}

	/**
	 * @param parent the loader that sees the run side
	 * @param workers who helps to read files and to generate code; what comes out is the same with any
	 */
	public Compiler(BuiltinCatalog catalog, ClassLoader parent, Workers workers) {
		this.builtins = new CatalogSignatures(catalog);
		this.checker = new Checker(this.builtins, workers.with(FILES_SHARE));
		this.parent = parent;
		this.workers = workers;
		this.cold = workers.hasSpare() ? catalog : null;
	}

	/**
	 * Compiles an application. Files that are the same objects as in the compilation before are not read again, and
	 * classes whose code and surroundings stay the same are kept.
	 */
	public CompilationResult compile(List<SourceFile> files) {
		return compile(files, null);
	}

	/** Checks an application without making code. */
	public CheckedProgram check(List<SourceFile> files) {
		return checked(files);
	}

	/**
	 * Compiles an application of which one file is an interactive session.
	 * @param session the file, and the part of it that runs
	 */
	public CompilationResult compile(List<SourceFile> files, @Nullable SessionFile session) {
		CheckedProgram checked = checked(files);
		List<Diagnostic> diagnostics = new ArrayList<>(checked.diagnostics());
		if (checked.hasErrors()) {
			return new CompilationResult(null, diagnostics);
		}
		EntityDefinitions entities = EntityDefinitions.of(checked.declarations());
		diagnostics.addAll(entities.diagnostics());
		if (!entities.diagnostics().isEmpty()) {
			return new CompilationResult(null, diagnostics);
		}
		Kept before = takeKept();
		ProgramLowering.Result lowered = ProgramLowering.lower(checked, this.builtins, session,
				(session == null) ? before.units() : Map.of(), this.workers.with(UNITS_SHARE));
		diagnostics.addAll(lowered.diagnostics());
		for (Diagnostic diagnostic : lowered.diagnostics()) {
			if (diagnostic.isError()) {
				return new CompilationResult(null, diagnostics);
			}
		}
		Map<String, Generated> code = generate(checked, lowered.program().units(), before.code());
		Map<String, Program.Unit> units = new LinkedHashMap<>();
		code.forEach((path, each) -> units.put(path, each.unit()));
		List<Program.Unit> records = new ArrayList<>();
		code.values().forEach(each -> records.addAll(each.records()));
		Program program = Program.link(units, records, lowered.methods(), this.parent, this.previous);
		program.declare(entities);
		this.previous = program;
		this.kept = new SoftReference<>((session == null) ? new Kept(lowered.kept(), code) : Kept.NOTHING);
		return new CompilationResult(program, diagnostics);
	}

	/** What was kept is of no use when a compilation ends early. */
	private Kept takeKept() {
		Kept known = this.kept.get();
		this.kept = new SoftReference<>(Kept.NOTHING);
		return (known != null) ? known : Kept.NOTHING;
	}

	/** The code of all files in their order: of these units, and for other files what it was before. */
	private Map<String, Generated> generate(CheckedProgram checked, List<IrUnit> units,
			Map<String, Generated> before) {
		Map<String, Generated> made = new HashMap<>();
		this.workers.map(units, UNITS_SHARE, Compiler::generate).forEach(each -> made.put(each.path(), each));
		Map<String, Generated> code = new LinkedHashMap<>();
		for (CheckedFile file : checked.files()) {
			String path = file.tree().file().path();
			Generated fresh = made.get(path);
			code.put(path, (fresh != null) ? fresh : Objects.requireNonNull(before.get(path)));
		}
		return code;
	}

	/** The code of a file and of the entities that it declares. */
	private record Generated(String path, Program.Unit unit, List<Program.Unit> records) {
	}

	/**
	 * Units are lowered by now, and none looks into the body of a function of another one. The bytes of a class are
	 * made when it is first loaded, unless a method of it could be too large for the JVM or would be answered on the
	 * event loop, which is not to wait for that.
	 */
	private static Generated generate(IrUnit unit) {
		List<Program.Unit> records = new ArrayList<>();
		String path = unit.file().path();
		for (IrRecord shape : unit.records()) {
			UnitCode code = (shape.fields().size() <= FIELDS_SMALL)
					? new UnitCode(() -> UnitGenerator.generate(shape, path), () -> References.of(shape))
					: new UnitCode(UnitGenerator.generate(shape, path), References.of(shape));
			records.add(Program.Unit.of(shape.className(), code));
		}
		Program.Web web = Program.Web.of(unit);
		boolean mayWait = Preparation.prepare(unit);
		for (IrRoute route : web.routes()) {
			mayWait = mayWait && !route.prompt();
		}
		UnitCode code = mayWait ? new UnitCode(() -> UnitGenerator.generate(unit), () -> References.of(unit))
				: new UnitCode(UnitGenerator.generate(unit), References.of(unit));
		return new Generated(path, new Program.Unit(unit.className(), unit.isShared(), unit.isView(), web, code),
				records);
	}

	private CheckedProgram checked(List<SourceFile> files) {
		if (this.cold != null && WarmUp.isWorth(files)) {
			this.workers.aside(new WarmUp(this.cold, this.parent, files));
		}
		this.cold = null;
		List<SourceFile> unread = new ArrayList<>();
		for (SourceFile file : files) {
			if (!this.trees.containsKey(file)) {
				unread.add(file);
			}
		}
		Iterator<SyntaxTree> trees = this.workers.map(unread, FILES_SHARE, Syntax::parse).iterator();
		Map<SourceFile, SyntaxTree> read = new LinkedHashMap<>();
		for (SourceFile file : files) {
			SyntaxTree known = this.trees.get(file);
			read.put(file, (known != null) ? known : trees.next());
		}
		this.trees = read;
		return this.checker.check(List.copyOf(read.values())).program();
	}

}
