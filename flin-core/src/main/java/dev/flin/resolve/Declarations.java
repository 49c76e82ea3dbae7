package dev.flin.resolve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.source.SourceFile;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;
import dev.flin.syntax.TypeExpr;

/**
 * The names that files of an application share: everything declared in {@code lib/} and {@code entities/}, entities of
 * any file, and components; and the names that one file declares for itself.
 */
public final class Declarations {

	private static final Span NOWHERE = new Span(0, 0);

	/** Folders whose files are no components, whatever their names. */
	private static final Set<String> FOLDERS = Set.of("app/", "lib/", "entities/", "migrations/", "emails/", "tests/");

	private static final String IDEMPOTENCY_LOG = "IdempotencyLog";

	private static final String API_KEY = "ApiKey";

	private static final String ONE_TIME_USE = "OneTimeUse";

	/** What programs say that use tokens, codes and sign-ins. */
	private static final List<String> CODES = List.of("verify_token", "create_token", "refresh_token", "revoke_token",
			"otp_generate", "otp_verify", "verify_totp", "whatsapp_send_otp", "verify_telegram_login", "auth_",
			"sign_in_with");

	/** The letters before their first underscores. */
	private static final String BEFORE_UNDERSCORE = beforeUnderscore(CODES);

	private static final String IDEMPOTENT = "idempotent";

	private final Map<String, Symbol> shared = new LinkedHashMap<>();

	/** By identity: trees are compared as a whole otherwise. */
	private final Map<SyntaxTree, Map<String, Symbol>> local = new IdentityHashMap<>();

	private final Map<String, List<Symbol.Component>> components = new LinkedHashMap<>();

	private final List<Symbol.Implementation> implementations = new ArrayList<>();

	private final Map<String, List<Symbol.Variant>> variants = new HashMap<>();

	private final List<Diagnostic> diagnostics = new ArrayList<>();

	private Declarations() {
	}

	/** Collects the declarations of all files. */
	public static Declarations of(Collection<SyntaxTree> trees) {
		Declarations declarations = new Declarations();
		declarations.builtInEnums();
		for (SyntaxTree tree : trees) {
			declarations.collect(tree);
		}
		declarations.whatIsSpokenOf(trees);
		return declarations;
	}

	private void whatIsSpokenOf(Collection<SyntaxTree> trees) {
		boolean log = false;
		boolean keys = false;
		boolean codes = false;
		for (SyntaxTree tree : trees) {
			log = log || needsIdempotencyLog(tree);
			keys = keys || speaksOfApiKeys(tree);
			codes = codes || speaksOfCodes(tree);
		}
		if (log) {
			idempotencyLog();
		}
		if (keys) {
			apiKey();
		}
		if (codes) {
			oneTimeUse();
		}
	}

	/** Whether a file names the log, or has routes that are {@code idempotent}. */
	private static boolean needsIdempotencyLog(SyntaxTree tree) {
		return tree.file().text().contains(IDEMPOTENCY_LOG) || (tree.file().text().contains(IDEMPOTENT)
				&& tree.body().stream().anyMatch(Declarations::isIdempotent));
	}

	private static boolean isIdempotent(Stmt statement) {
		return switch (statement) {
			case Stmt.Guard guard -> guard.rules()
				.stream()
				.anyMatch((rule) -> rule instanceof Expr.Name name && name.name().equals(IDEMPOTENT));
			case Stmt.Route route -> route.body().body().stream().anyMatch(Declarations::isIdempotent);
			default -> false;
		};
	}

	/**
	 * Whether a new edition of a file says the same to other files as the one before. Only editions are compared that
	 * declare functions and props alone; of others it is assumed that they differ.
	 */
	public static boolean isSameOutside(SyntaxTree before, SyntaxTree edition) {
		return before.file().path().equals(edition.file().path())
				&& needsIdempotencyLog(before) == needsIdempotencyLog(edition)
				&& speaksOfApiKeys(before) == speaksOfApiKeys(edition)
				&& speaksOfCodes(before) == speaksOfCodes(edition)
				&& outline(before) instanceof List<String> first && first.equals(outline(edition));
	}

	/** The written headers of what other files can see of a file; null when that is more than functions and props. */
	private static @Nullable List<String> outline(SyntaxTree tree) {
		List<String> outline = new ArrayList<>();
		boolean lib = isShared(tree.file().path());
		for (Stmt statement : tree.body()) {
			switch (statement) {
				case Stmt.Entity s -> {
					return null;
				}
				case Stmt.Enum s -> {
					return null;
				}
				case Stmt.TypeAlias s -> {
					return null;
				}
				case Stmt.Trait s -> {
					return null;
				}
				case Stmt.Impl s -> {
					return null;
				}
				case Stmt.GuardDefinition s -> {
					return null;
				}
				case Stmt.Fn s when lib -> header(s, tree.file(), outline);
				case Stmt.Props s -> outline.add(written(s, tree.file()));
				default -> {
				}
			}
		}
		return outline;
	}

	/** All of a header but the values of its defaults: what their types are is found out when the body is checked. */
	private static void header(Stmt.Fn fn, SourceFile file, List<String> outline) {
		outline.add((fn.server() ? "server " : "") + ((fn.body() != null) ? "fn " : "signature ") + fn.name());
		fn.typeParams().forEach(param -> outline.add(written(param, file)));
		outline.add("(");
		for (Part.Param param : fn.params()) {
			outline.add((param.rest() ? "..." : "") + written(param.target(), file)
					+ ((param.defaultValue() != null) ? "=" : ""));
			outline.add((param.type() != null) ? written(param.type(), file) : "");
		}
		outline.add(")");
		outline.add((fn.result() != null) ? written(fn.result(), file) : "");
	}

	private static String written(Node node, SourceFile file) {
		return file.text().substring(node.span().start(), node.span().end());
	}

	/**
	 * Puts a new edition of a file in the place of the one before. What other files can see keeps its symbols.
	 * @param edition one that is {@link #isSameOutside the same outside}
	 */
	public void replace(SyntaxTree before, SyntaxTree edition) {
		Map<String, Symbol> own = this.local.remove(before);
		if (own == null) {
			throw new IllegalArgumentException("no edition of " + before.file().path());
		}
		this.local.put(edition, new LinkedHashMap<>());
		this.components.values()
			.forEach(all -> all.stream().filter(each -> each.tree() == before).forEach(each -> each.moveTo(edition)));
		if (!isShared(edition.file().path())) {
			declareAll(edition);
			return;
		}
		List<Symbol.Function> functions = sharedFunctions(before);
		List<Stmt.Fn> edited = functions(edition);
		for (int i = 0; i < edited.size(); i++) {
			functions.get(i).moveTo(edited.get(i), edition);
		}
	}

	/** Whether other files see a function. */
	public boolean isShared(Symbol.Function function) {
		return this.shared.get(function.name()) == function;
	}

	/** The functions of a file that others see. */
	public List<Symbol.Function> sharedFunctions(SyntaxTree tree) {
		List<Symbol.Function> found = new ArrayList<>();
		for (Stmt.Fn fn : functions(tree)) {
			if (this.shared.get(fn.name()) instanceof Symbol.Function function && function.declaration() == fn) {
				found.add(function);
			}
		}
		return found;
	}

	private static List<Stmt.Fn> functions(SyntaxTree tree) {
		return tree.body().stream().filter(Stmt.Fn.class::isInstance).map(Stmt.Fn.class::cast).toList();
	}

	private static boolean isShared(String path) {
		return path.startsWith("lib/") || path.startsWith("entities/");
	}

	/** What a name declared by a file, or shared by all, stands for; null when nothing declares it. */
	public @Nullable Symbol lookup(SyntaxTree tree, String name) {
		Symbol own = this.local.getOrDefault(tree, Map.of()).get(name);
		return (own != null) ? own : this.shared.get(name);
	}

	/** The names a file can see. */
	public Collection<String> names(SyntaxTree tree) {
		List<String> names = new ArrayList<>(this.shared.keySet());
		names.addAll(this.local.getOrDefault(tree, Map.of()).keySet());
		return names;
	}

	/** All declared functions, entities, enums, traits and aliases: shared ones, then those of single files. */
	public List<Symbol> all() {
		List<Symbol> all = new ArrayList<>(this.shared.values());
		this.local.values().forEach(names -> all.addAll(names.values()));
		return all;
	}

	public List<Symbol.Entity> entities() {
		List<Symbol.Entity> entities = new ArrayList<>();
		for (Symbol symbol : this.shared.values()) {
			if (symbol instanceof Symbol.Entity entity) {
				entities.add(entity);
			}
		}
		return Collections.unmodifiableList(entities);
	}

	public List<Symbol.Implementation> implementations() {
		return Collections.unmodifiableList(this.implementations);
	}

	/** Variants of this name that a file can see. */
	public List<Symbol.Variant> variants(SyntaxTree tree, String name) {
		List<Symbol.Variant> found = new ArrayList<>();
		for (Symbol.Variant variant : this.variants.getOrDefault(name, List.of())) {
			if (lookup(tree, variant.owner().name()) == variant.owner()) {
				found.add(variant);
			}
		}
		return found;
	}

	/** The component a tag of a file means: the one in the nearest directory, then with the shortest path. */
	public Symbol.@Nullable Component component(SyntaxTree from, String name) {
		Symbol.Component best = null;
		for (Symbol.Component candidate : this.components.getOrDefault(name, List.of())) {
			if (best == null || nearer(from, candidate, best)) {
				best = candidate;
			}
		}
		return best;
	}

	/** The other components of its name, which a tag does not mean. */
	public List<Symbol.Component> hiddenBy(Symbol.Component taken) {
		List<Symbol.Component> all = this.components.getOrDefault(taken.name(), List.of());
		return (all.size() > 1) ? all.stream().filter(each -> each != taken).toList() : List.of();
	}

	public Collection<String> componentNames() {
		return Collections.unmodifiableSet(this.components.keySet());
	}

	/** Names declared twice. */
	public List<Diagnostic> diagnostics() {
		return Collections.unmodifiableList(this.diagnostics);
	}

	private void collect(SyntaxTree tree) {
		String path = tree.file().path();
		if (isComponent(path)) {
			String file = path.substring(path.lastIndexOf('/') + 1).replace(".flin", "");
			this.components.computeIfAbsent(file, key -> new ArrayList<>()).add(new Symbol.Component(file, tree));
		}
		declareAll(tree);
	}

	private void declareAll(SyntaxTree tree) {
		boolean lib = isShared(tree.file().path());
		Map<String, Symbol> own = this.local.computeIfAbsent(tree, key -> new LinkedHashMap<>());
		for (Stmt statement : tree.body()) {
			switch (statement) {
				case Stmt.Entity entity ->
					declare(this.shared, new Symbol.Entity(entity, tree), tree, entity.nameSpan());
				case Stmt.Fn fn ->
					declare(lib ? this.shared : own, new Symbol.Function(fn, tree, null, Symbol.Function.NOT_NESTED),
							tree, fn.nameSpan());
				case Stmt.Enum declared -> {
					Symbol.EnumType symbol = new Symbol.EnumType(declared, tree);
					declare(lib ? this.shared : own, symbol, tree, declared.nameSpan());
					addVariants(symbol);
				}
				case Stmt.TypeAlias alias ->
					declare(lib ? this.shared : own, new Symbol.Alias(alias, tree), tree, alias.nameSpan());
				case Stmt.Trait trait ->
					declare(lib ? this.shared : own, new Symbol.TraitType(trait, tree), tree, trait.nameSpan());
				case Stmt.Impl impl -> this.implementations.add(new Symbol.Implementation(impl, tree));
				default -> {
				}
			}
		}
	}

	/**
	 * Whether a file is a component: what lies in {@code components}, and, where a folder of components is looked at by
	 * itself, what is named like a tag and lies in no folder with another meaning.
	 */
	public static boolean isComponent(String path) {
		if (path.startsWith("components/") || path.contains("/components/")) {
			return true;
		}
		String name = path.substring(path.lastIndexOf('/') + 1);
		String folder = path.substring(0, path.indexOf('/') + 1);
		return Character.isUpperCase(name.codePointAt(0)) && !FOLDERS.contains(folder);
	}

	private void declare(Map<String, Symbol> names, Symbol symbol, SyntaxTree tree, Span span) {
		Symbol before = names.putIfAbsent(symbol.name(), symbol);
		if (before == null || isBuiltIn(before)) {
			names.put(symbol.name(), symbol);
			return;
		}
		SourceFile other = treeOf(before).file();
		int line = other.lineOf(nameSpan(before).start());
		String first = other.path() + ":" + line;
		String second = tree.file().path() + ":" + tree.file().lineOf(span.start());
		this.diagnostics.add(Diagnostic
			.of(Code.E0108, tree.file(), span, "'" + symbol.name() + "' is declared twice: in " + first + " and in "
					+ second)
			.withLabel("declared again here")
			.withHelp("rename one of them"));
	}

	private static boolean isBuiltIn(Symbol symbol) {
		return symbol instanceof Symbol.EnumType type && type.tree().file().path().isEmpty();
	}

	private static SyntaxTree treeOf(Symbol symbol) {
		return switch (symbol) {
			case Symbol.Function s -> s.tree();
			case Symbol.Entity s -> s.tree();
			case Symbol.EnumType s -> s.tree();
			case Symbol.TraitType s -> s.tree();
			case Symbol.Alias s -> s.tree();
			case Symbol.Component s -> s.tree();
			default -> throw new IllegalArgumentException(symbol.name());
		};
	}

	private static Span nameSpan(Symbol symbol) {
		return switch (symbol) {
			case Symbol.Function s -> s.declaration().nameSpan();
			case Symbol.Entity s -> s.declaration().nameSpan();
			case Symbol.EnumType s -> s.declaration().nameSpan();
			case Symbol.TraitType s -> s.declaration().nameSpan();
			case Symbol.Alias s -> s.declaration().nameSpan();
			default -> NOWHERE;
		};
	}

	private void addVariants(Symbol.EnumType symbol) {
		for (Symbol.Variant variant : symbol.variants()) {
			this.variants.computeIfAbsent(variant.name(), key -> new ArrayList<>()).add(variant);
		}
	}

	/** {@code Option<T> { Some(T), None }} and {@code Result<T, E> { Ok(T), Err(E) }}. */
	private void builtInEnums() {
		SyntaxTree tree = new SyntaxTree(new SourceFile("", ""), List.of(), 0, List.of(), List.of());
		builtInEnum(tree, "Option", List.of("T"), Map.of("Some", List.of("T"), "None", List.of()), "Some", "None");
		builtInEnum(tree, "Result", List.of("T", "E"), Map.of("Ok", List.of("T"), "Err", List.of("E")), "Ok", "Err");
	}

	/** {@code IdempotencyLog { key, response_data, expires_at }}, present in programs that speak of it. */
	private void idempotencyLog() {
		SyntaxTree tree = new SyntaxTree(new SourceFile("", ""), List.of(), 0, List.of(), List.of());
		List<Part.Field> fields = List.of(builtInField("key", "text", "index"), builtInField("response_data", "any"),
				builtInField("expires_at", "time"));
		this.shared.putIfAbsent(IDEMPOTENCY_LOG, new Symbol.Entity(
				new Stmt.Entity(0, NOWHERE, NOWHERE, IDEMPOTENCY_LOG, fields, List.of(), List.of(), null), tree));
	}

	private static boolean speaksOfApiKeys(SyntaxTree tree) {
		return tree.file().text().contains(API_KEY) || tree.file().text().contains("api_key");
	}

	/** {@code ApiKey { name, hash, owner, expires_at }}, present in programs that speak of keys. */
	private void apiKey() {
		SyntaxTree tree = new SyntaxTree(new SourceFile("", ""), List.of(), 0, List.of(), List.of());
		List<Part.Field> fields = List.of(builtInField("name", "text"),
				builtInField("hash", "text", "hidden", "unique"), optional(builtInField("owner", "text")),
				optional(builtInField("expires_at", "time")));
		this.shared.putIfAbsent(API_KEY, new Symbol.Entity(
				new Stmt.Entity(0, NOWHERE, NOWHERE, API_KEY, fields, List.of(), List.of(), null), tree));
	}

	/** Whether a file calls what may be used once, or names the page that signs people in. */
	private static boolean speaksOfCodes(SyntaxTree tree) {
		return containsCode(tree.file().text()) || tree.file().text().contains(ONE_TIME_USE);
	}

	/** Each of the words has an underscore behind one of a few letters: few places of a text are worth a look. */
	private static boolean containsCode(String text) {
		for (int at = text.indexOf('_', 1); at >= 0; at = text.indexOf('_', at + 1)) {
			if (BEFORE_UNDERSCORE.indexOf(text.charAt(at - 1)) >= 0 && isCode(text, at)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isCode(String text, int underscore) {
		for (String word : CODES) {
			if (text.startsWith(word, underscore - word.indexOf('_'))) {
				return true;
			}
		}
		return false;
	}

	private static String beforeUnderscore(List<String> words) {
		StringBuilder letters = new StringBuilder();
		for (String word : words) {
			letters.append(word.charAt(word.indexOf('_') - 1));
		}
		return letters.toString();
	}

	/** {@code OneTimeUse { key, value, expires_at }}, present in programs that speak of codes and tokens. */
	private void oneTimeUse() {
		SyntaxTree tree = new SyntaxTree(new SourceFile("", ""), List.of(), 0, List.of(), List.of());
		List<Part.Field> fields = List.of(builtInField("key", "text", "unique"), builtInField("value", "any"),
				builtInField("expires_at", "time"));
		this.shared.putIfAbsent(ONE_TIME_USE, new Symbol.Entity(
				new Stmt.Entity(0, NOWHERE, NOWHERE, ONE_TIME_USE, fields, List.of(), List.of(), null), tree));
	}

	private static Part.Field optional(Part.Field field) {
		TypeExpr type = Objects.requireNonNull(field.type());
		return new Part.Field(0, NOWHERE, NOWHERE, field.name(), new TypeExpr.Optional(0, NOWHERE, type), false,
				field.decorators(), null, null, null, false, null);
	}

	private static Part.Field builtInField(String name, String type, String... decorators) {
		List<Part.Decorator> rules = new ArrayList<>();
		for (String decorator : decorators) {
			rules.add(new Part.Decorator(0, NOWHERE, decorator, List.of()));
		}
		return new Part.Field(0, NOWHERE, NOWHERE, name, new TypeExpr.Named(0, NOWHERE, type, List.of()), false, rules,
				null, null, null, false, null);
	}

	private void builtInEnum(SyntaxTree tree, String name, List<String> params, Map<String, List<String>> payloads,
			String... order) {
		List<Part.TypeParam> typeParams = new ArrayList<>();
		params.forEach(param -> typeParams.add(new Part.TypeParam(0, NOWHERE, param, List.of())));
		List<Part.Variant> declared = new ArrayList<>();
		for (String variant : order) {
			List<TypeExpr> payload = new ArrayList<>();
			for (String type : payloads.getOrDefault(variant, List.of())) {
				payload.add(new TypeExpr.Named(0, NOWHERE, type, List.of()));
			}
			declared.add(new Part.Variant(0, NOWHERE, variant, payload, payload.stream().map(type -> "").toList(),
					List.of(), null));
		}
		Symbol.EnumType symbol = new Symbol.EnumType(
				new Stmt.Enum(0, NOWHERE, NOWHERE, name, typeParams, declared, null), tree);
		this.shared.put(name, symbol);
		addVariants(symbol);
	}

	private static boolean nearer(SyntaxTree from, Symbol.Component a, Symbol.Component b) {
		String here = from.file().path();
		String pathA = a.tree().file().path();
		String pathB = b.tree().file().path();
		boolean aboveA = here.startsWith(home(pathA));
		if (aboveA != here.startsWith(home(pathB))) {
			return aboveA;
		}
		int sharedA = sharedDirectories(here, pathA);
		int sharedB = sharedDirectories(here, pathB);
		if (sharedA != sharedB) {
			return sharedA > sharedB;
		}
		long depthA = pathA.chars().filter(c -> c == '/').count();
		long depthB = pathB.chars().filter(c -> c == '/').count();
		return (depthA != depthB) ? depthA < depthB : pathA.compareTo(pathB) < 0;
	}

	/** The directory whose files a component is made for: what its {@code components} lies in. */
	private static String home(String path) {
		int at = path.startsWith("components/") ? 0 : path.indexOf("/components/") + 1;
		return path.substring(0, at);
	}

	private static int sharedDirectories(String a, String b) {
		int count = 0;
		for (int i = 0; i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i); i++) {
			if (a.charAt(i) == '/') {
				count++;
			}
		}
		return count;
	}

}
