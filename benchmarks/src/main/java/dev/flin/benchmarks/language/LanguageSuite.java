package dev.flin.benchmarks.language;
import java.io.PrintStream;
import dev.flin.benchmarks.report.Suite;
public final class LanguageSuite implements Suite {
	@Override
	public String name() { return "language"; }
	@Override
	public String description() { return ""; }
	@Override
	public boolean run(Options options, PrintStream out) { return true; }
}
