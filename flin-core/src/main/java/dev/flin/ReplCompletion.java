package dev.flin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Declarations;
import dev.flin.resolve.Names;
import dev.flin.resolve.Symbol;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.BuiltinEntry;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;
import dev.flin.syntax.TypeExpr;
import dev.flin.types.CheckedFile;
import dev.flin.types.CheckedProgram;
import dev.flin.types.Type;

/** Finds what could stand at the end of an input, by the names and types of the session. */
final class ReplCompletion {

	private static final List<String> COMMANDS = List.of(":doc", ":help", ":quit", ":reload", ":time", ":type",
			":vars");

	private static final List<String> KEYWORDS = List.of("else", "entity", "enum", "false", "fn", "for", "if", "impl",
			"match", "none", "return", "save", "trait", "transaction", "true", "try", "type", "while");

	private static final Set<String> QUERY_MEMBERS = Set.of("all", "first", "last", "find", "find_by", "create",
			"limit",
			"offset", "page", "after", "as_of", "each", "update", "delete", "with_deleted", "only_deleted", "explain");

	private static final Set<String> RECORD_MEMBERS = Set.of("id", "created_at", "updated_at", "version", "history",
			"timeline", "is_new");

	private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\d_]*$");

	/** An entity whose fields are named: in a literal, or in the arguments of an operation. */
	private static final Pattern FIELDS = Pattern
		.compile("(?<entity>\\p{Lu}[\\p{L}\\d_]*)\\s*(\\{[^}]*|\\.[^;\n]*\\([^()]*)$");

	private final BuiltinCatalog builtins;

	private final Function<String, CheckedProgram> check;

	/** @param check checks the session with code at its end */
	ReplCompletion(BuiltinCatalog builtins, Function<String, CheckedProgram> check) {
		this.builtins = builtins;
		this.check = check;
	}

	/**
	 * Candidates for the last word of an input.
	 * @param from the offset at which checked code begins
	 */
	List<ReplCandidate> at(String input, int from) {
		if (input.startsWith(":") && input.indexOf(' ') < 0) {
			return starting(COMMANDS.stream().map((each) -> new ReplCandidate(each, "command")).toList(), input);
		}
		String code = input.startsWith(":") ? input.substring(input.indexOf(' ') + 1) : input;
		Matcher matcher = WORD.matcher(code);
		String word = matcher.find() ? matcher.group() : "";
		String before = code.substring(0, code.length() - word.length());
		if (before.endsWith(".")) {
			String receiver = receiver(before.substring(0, before.length() - (before.endsWith("?.") ? 2 : 1)));
			CheckedProgram checked = this.check.apply(receiver);
			Type type = receiver.isBlank() ? null : lastType(checked, Integer.MIN_VALUE);
			return (type == null) ? List.of() : starting(members(type, checked), word);
		}
		CheckedProgram checked = this.check.apply("");
		List<ReplCandidate> all = new ArrayList<>(fields(before, checked));
		all.addAll(names(checked));
		return starting(all, word);
	}

	/** The type of the last statement of the session if it is an expression that stands at or after an offset. */
	static @Nullable Type lastType(CheckedProgram checked, int from) {
		CheckedFile file = checked.file(ReplSession.PATH);
		if (file == null || file.tree().body().isEmpty()) {
			return null;
		}
		Stmt last = file.tree().body().getLast();
		return (last.span().start() >= from && last instanceof Stmt.Eval eval && file.body().hasType(eval.value().id()))
				? file.body().type(eval.value().id()) : null;
	}

	/** The variables and functions of the session, one a line. */
	static List<String> variables(CheckedProgram checked) {
		CheckedFile file = checked.file(ReplSession.PATH);
		List<String> lines = new ArrayList<>();
		if (file != null) {
			file.resolution()
				.frame()
				.variables()
				.stream()
				.filter(Symbol.Variable::isFileLevel)
				.forEach((each) -> lines.add(each.name() + ": " + file.body().variable(each)));
			for (Stmt statement : file.tree().body()) {
				if (statement instanceof Stmt.Fn fn) {
					lines.add(signature(file.tree(), fn));
				}
			}
		}
		return lines;
	}

	private static String signature(SyntaxTree tree, Stmt.Fn fn) {
		String text = tree.file().text();
		int end = (fn.body() != null) ? fn.body().span().start() : fn.span().end();
		return text.substring(fn.span().start(), end).replaceAll("\\s+", " ").strip();
	}

	private static List<ReplCandidate> starting(List<ReplCandidate> all, String word) {
		Map<String, ReplCandidate> found = new LinkedHashMap<>();
		all.stream()
			.filter((each) -> each.value().startsWith(word))
			.forEach((each) -> found.putIfAbsent(each.value(), each));
		return List.copyOf(found.values());
	}

	private List<ReplCandidate> names(CheckedProgram checked) {
		List<ReplCandidate> names = new ArrayList<>();
		CheckedFile file = checked.file(ReplSession.PATH);
		if (file != null) {
			file.resolution()
				.frame()
				.variables()
				.forEach((each) -> names.add(new ReplCandidate(each.name(), file.body().variable(each).toString())));
			checked.declarations()
				.names(file.tree())
				.forEach((name) -> names.add(new ReplCandidate(name, kind(checked.declarations(), file.tree(), name))));
		}
		KEYWORDS.forEach((each) -> names.add(new ReplCandidate(each, "keyword")));
		this.builtins.names()
			.stream()
			.filter((name) -> name.indexOf('.') < 0)
			.forEach((name) -> names.add(new ReplCandidate(name, this.builtins.named(name).getFirst().signature())));
		return names;
	}

	private static String kind(Declarations declarations, SyntaxTree tree, String name) {
		return switch (declarations.lookup(tree, name)) {
			case Symbol.Entity entity -> "entity";
			case Symbol.Function function -> "function";
			case null, default -> "type";
		};
	}

	private static List<ReplCandidate> fields(String before, CheckedProgram checked) {
		Matcher matcher = FIELDS.matcher(before);
		if (!matcher.find()) {
			return List.of();
		}
		return checked.declarations()
			.entities()
			.stream()
			.filter((each) -> each.name().equals(matcher.group("entity")))
			.flatMap((each) -> each.declaration().fields().stream())
			.map((field) -> new ReplCandidate(field.name(), "field"))
			.toList();
	}

	private List<ReplCandidate> members(Type type, CheckedProgram checked) {
		List<ReplCandidate> all = new ArrayList<>();
		switch (type) {
			case Type.Optional optional -> {
				return members(optional.inner(), checked);
			}
			case Type.RecordOf of -> of.fields().forEach((name, field) -> all.add(new ReplCandidate(name,
					field.toString())));
			case Type.EntityOf of -> {
				of.symbol().declaration().fields().forEach((each) -> all.add(new ReplCandidate(each.name(), "field")));
				RECORD_MEMBERS.stream().sorted().forEach((each) -> all.add(new ReplCandidate(each, "field")));
			}
			case Type.EntityType of -> operations(all);
			case Type.QueryOf of -> operations(all);
			case Type.TupleOf of -> {
				for (int i = 0; i < of.elements().size(); i++) {
					all.add(new ReplCandidate(String.valueOf(i), of.elements().get(i).toString()));
				}
			}
			case Type other -> {
			}
		}
		methods(type, checked, all);
		builtins(type, all);
		return all;
	}

	private static void operations(List<ReplCandidate> all) {
		List<String> names = new ArrayList<>(Names.FIELD_OPERATIONS);
		names.addAll(QUERY_MEMBERS);
		names.stream().sorted().forEach((each) -> all.add(new ReplCandidate(each, "query")));
	}

	private static void methods(Type type, CheckedProgram checked, List<ReplCandidate> all) {
		String name = type.toString().replaceAll("<.*", "");
		for (Symbol.Implementation each : checked.declarations().implementations()) {
			if (each.declaration().type() instanceof TypeExpr.Named named
					&& named.name().equals(name)) {
				each.declaration().methods().forEach((fn) -> all.add(new ReplCandidate(fn.name(), "method")));
			}
		}
	}

	private void builtins(Type type, List<ReplCandidate> all) {
		if (type instanceof Type.EntityType || type instanceof Type.QueryOf) {
			return;
		}
		this.builtins.entries()
			.stream()
			.filter((entry) -> BuiltinReceivers.accepts(entry, type) && entry.name().indexOf('.') < 0)
			.sorted(Comparator.comparing(BuiltinEntry::name))
			.forEach((entry) -> all.add(new ReplCandidate(entry.name(), entry.signature())));
	}

	/** The operand at the end of code: names, members, brackets and texts that hang together. */
	static String receiver(String code) {
		int at = code.length();
		while (at > 0) {
			char c = code.charAt(at - 1);
			int open = (c == ')' || c == ']' || c == '}') ? opening(code, at - 1)
					: (c == '"') ? quote(code, at - 1) : -1;
			if (open >= 0) {
				at = open;
			}
			else if (Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '?') {
				at--;
			}
			else {
				break;
			}
		}
		return code.substring(at);
	}

	private static int quote(String code, int close) {
		return code.lastIndexOf('"', close - 1);
	}

	private static int opening(String code, int close) {
		int depth = 0;
		for (int i = close; i >= 0; i--) {
			char c = code.charAt(i);
			if (c == ')' || c == ']' || c == '}') {
				depth++;
			}
			else if (c == '(' || c == '[' || c == '{') {
				depth--;
				if (depth == 0) {
					return i;
				}
			}
		}
		return -1;
	}

}
