package dev.flin.compiler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.codegen.UnitGenerator;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrRecord;
import dev.flin.ir.IrUnit;
import dev.flin.lower.ProgramLowering;
import dev.flin.lower.SessionFile;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.source.SourceFile;
import dev.flin.syntax.Syntax;
import dev.flin.syntax.SyntaxTree;
import dev.flin.types.CheckedProgram;
import dev.flin.types.Checker;

/**
 * Compiles applications. Keeps what it has read of unchanged files from one compilation to the next. Used by one thread
 * at a time.
 */
public final class Compiler {

	private final CatalogSignatures builtins;

	private final Checker checker;

	private final ClassLoader parent;

	/** Source files are compared by identity. */
	private Map<SourceFile, SyntaxTree> trees = Map.of();

	private @Nullable Program previous;

	/**
	 * @param parent the loader that sees the run side
	 */
	public Compiler(BuiltinCatalog catalog, ClassLoader parent) {
		this.builtins = new CatalogSignatures(catalog);
		this.checker = new Checker(this.builtins);
		this.parent = parent;
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
		ProgramLowering.Result lowered = ProgramLowering.lower(checked, this.builtins, session);
		diagnostics.addAll(lowered.diagnostics());
		if (lowered.diagnostics().stream().anyMatch(Diagnostic::isError)) {
			return new CompilationResult(null, diagnostics);
		}
		Map<String, Program.Unit> units = new LinkedHashMap<>();
		List<Program.Unit> records = new ArrayList<>();
		for (IrUnit unit : lowered.program().units()) {
			units.put(unit.file().path(), new Program.Unit(unit.className(), unit.isShared(),
					unit.isView(), Program.Web.of(unit), UnitGenerator.generate(unit), References.of(unit)));
			for (IrRecord shape : unit.records()) {
				records.add(Program.Unit.of(shape.className(), UnitGenerator.generate(shape, unit.file().path()),
						References.of(shape)));
			}
		}
		Program program = Program.link(units, records, lowered.methods(), this.parent, this.previous);
		program.declare(entities);
		this.previous = program;
		return new CompilationResult(program, diagnostics);
	}

	private CheckedProgram checked(List<SourceFile> files) {
		Map<SourceFile, SyntaxTree> read = new LinkedHashMap<>();
		for (SourceFile file : files) {
			SyntaxTree known = this.trees.get(file);
			read.put(file, (known != null) ? known : Syntax.parse(file));
		}
		this.trees = read;
		return this.checker.check(List.copyOf(read.values())).program();
	}

}
