package dev.flin.benchmarks.compile;
import java.io.PrintStream;
import dev.flin.benchmarks.report.Suite;
public final class CompileSuite implements Suite {
	@Override
	public String name() { return "compile"; }
	@Override
	public String description() { return ""; }
	@Override
	public boolean run(Options options, PrintStream out) { return true; }
}
