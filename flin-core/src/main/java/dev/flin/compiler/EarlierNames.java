package dev.flin.compiler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.SyntaxTree;

/**
 * The names that things of one kind had, {@code @was}. A declaration stays as it is when its renames are done, so it
 * must say the same before and after.
 */
final class EarlierNames {

	private record Claim(String old, Part.Decorator decorator, SyntaxTree tree) {
	}

	private final Map<String, List<Claim>> claims = new LinkedHashMap<>();

	/** Notes something declared. */
	void add(String name, List<Part.Decorator> decorators, SyntaxTree tree) {
		List<Claim> own = this.claims.computeIfAbsent(name, unused -> new ArrayList<>());
		for (Part.Decorator decorator : decorators) {
			if (decorator.name().equals("was")) {
				decorator.args().forEach(arg -> own.add(new Claim(word(arg.value()), decorator, tree)));
			}
		}
	}

	private static String word(Expr value) {
		return (value instanceof Expr.Name name) ? name.name() : String.valueOf(Constants.of(value));
	}

	/** What cannot be. */
	List<Diagnostic> problems() {
		List<Diagnostic> problems = new ArrayList<>();
		Map<String, String> owners = new LinkedHashMap<>();
		this.claims.forEach((name, own) -> own.forEach((claim) -> {
			String other = owners.putIfAbsent(claim.old(), name);
			if (other != null && !other.equals(name)) {
				problems.add(report(claim, "'" + other + "' was '" + claim.old() + "' as well"));
			}
			else if (leadsBack(claim.old(), name, new HashSet<>())) {
				problems.add(report(claim, "names that were exchanged look the same before and after")
					.withHelp("give one a name that is new, or exchange the values in a file under migrations/"));
			}
		}));
		return problems.subList(0, Math.min(1, problems.size()));
	}

	private boolean leadsBack(String from, String name, Set<String> seen) {
		return from.equals(name) || seen.add(from) && this.claims.getOrDefault(from, List.of())
			.stream()
			.anyMatch((claim) -> leadsBack(claim.old(), name, seen));
	}

	private static Diagnostic report(Claim claim, String message) {
		return Diagnostic.of(Code.E0403, claim.tree().file(), claim.decorator().span(), message);
	}

}
