package dev.flin.compiler;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Children;
import dev.flin.resolve.Declarations;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;
import dev.flin.value.FlinBugException;

/**
 * The code of computed fields: an index keeps what it gave at the last save, so it has to depend on the record alone,
 * and has to be known again when it is another one.
 */
final class Formulas {

	/** What gives something else each time, or is known only after a save. */
	private static final Set<String> UNSTEADY = Set.of("now", "today", "yesterday", "tomorrow", "last_week",
			"last_month", "last_year", "random", "random_int", "uuid", "uuid_v7", "nanoid", "secure_random", "id",
			"version", "version_number", "created_at", "updated_at", "deleted_at", "valid_from", "valid_to", "history",
			"timeline", "is_new");

	private static final int FINGERPRINT_BYTES = 8;

	private final Declarations declarations;

	private final Symbol.Entity entity;

	/** Whether a name leads from a record of the entity to others. */
	private final Predicate<String> leadsAway;

	private final Set<Object> seen = new HashSet<>();

	Formulas(Declarations declarations, Symbol.Entity entity, Predicate<String> leadsAway) {
		this.declarations = declarations;
		this.entity = entity;
		this.leadsAway = leadsAway;
	}

	/** A name in the code that stands for more than the record's own values; null when there is none. */
	@Nullable String foreign(Expr code) {
		this.seen.clear();
		return foreign(code, this.entity.tree(), true);
	}

	private @Nullable String foreign(Node code, SyntaxTree tree, boolean inRecord) {
		if (code instanceof Expr.Name name) {
			return foreign(name.name(), tree, inRecord);
		}
		for (Node child : Children.of(code)) {
			String found = foreign(child, tree, inRecord);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private @Nullable String foreign(String name, SyntaxTree tree, boolean inRecord) {
		Part.Field field = inRecord ? this.entity.field(name) : null;
		if (field != null) {
			Expr computed = field.computed();
			return this.leadsAway.test(name) ? name
					: (computed != null && this.seen.add(field)) ? foreign(computed, tree, true) : null;
		}
		Symbol symbol = this.declarations.lookup(tree, name);
		if (symbol instanceof Symbol.Function function) {
			Stmt.Fn declared = function.declaration();
			return this.seen.add(function) ? foreign(declared, function.tree(), false) : null;
		}
		List<Stmt.Var> variable = (symbol == null) ? variable(name, tree) : List.of();
		if (!variable.isEmpty()) {
			Expr value = variable.getFirst().value();
			return (variable.size() > 1 || value == null) ? name
					: this.seen.add(variable.getFirst()) ? foreign(value, tree, false) : null;
		}
		boolean away = symbol instanceof Symbol.Entity || (symbol == null
				&& (UNSTEADY.contains(name) || (inRecord && this.leadsAway.test(name))));
		return away ? name : null;
	}

	/** The assignments to a variable of a file; those of its functions count too. */
	private static List<Stmt.Var> variable(String name, SyntaxTree tree) {
		List<Stmt.Var> found = new ArrayList<>();
		tree.body().forEach(statement -> assignments(statement, name, true, found));
		boolean ofFile = found.stream().anyMatch(tree.body()::contains);
		return ofFile ? found : List.of();
	}

	private static void assignments(Node code, String name, boolean top, List<Stmt.Var> found) {
		if (code instanceof Stmt.Var variable && variable.target() instanceof Pattern.Name target
				&& target.name().equals(name) && (top || variable.declare() == Stmt.Declare.NONE)) {
			found.add(variable);
		}
		Children.each(code, child -> assignments(child, name, false, found));
	}

	/** Tells the code from any other, with the fields, functions and variables of files that it uses. */
	String fingerprint(Expr code) {
		this.seen.clear();
		StringBuilder text = new StringBuilder();
		append(code, this.entity.tree(), true, text);
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new FlinBugException("every JVM has SHA-256", ex);
		}
	}

	private void append(Node code, SyntaxTree tree, boolean inRecord, StringBuilder text) {
		text.append(tree.file().text(code.span()).replaceAll("\\s+", " ")).append('\n');
		appendUsed(code, tree, inRecord, text);
	}

	private void appendUsed(Node code, SyntaxTree tree, boolean inRecord, StringBuilder text) {
		if (code instanceof Expr.Name name) {
			Part.Field field = inRecord ? this.entity.field(name.name()) : null;
			Expr computed = (field != null) ? field.computed() : null;
			if (computed != null && this.seen.add(name.name())) {
				append(computed, tree, true, text);
			}
			else if (field == null && this.declarations.lookup(tree, name.name()) instanceof Symbol.Function function
					&& this.seen.add(function)) {
				append(function.declaration(), function.tree(), false, text);
			}
			else if (field == null) {
				variable(name.name(), tree).stream()
					.filter(this.seen::add)
					.forEach(variable -> append(variable, tree, false, text));
			}
		}
		Children.each(code, child -> appendUsed(child, tree, inRecord, text));
	}

}
