package dev.flin.test.docs;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.flin.runtime.BuiltinEntry;

/** The pages of built-in functions, in the order in which the index shows them. */
enum FunctionGroup {

	TEXT("Text",
			"Text counts, slices and indexes by code point: `\"Čaj\".len` is 3, and an emoji is one. None of "
					+ "these functions changes its receiver; each gives a new text."),

	CHECKS("Checks on text",
			"Questions to a text with `true` or `false` as answer, and functions that make a text safe for a "
					+ "place. An empty text is never an e-mail address, a number or anything else that is asked for "
					+ "here."),

	NUMBERS("Numbers",
			"An `int` that grows past 64 bits is an error, never a wrong number. What takes a `number` takes "
					+ "an `int` too."),

	STATISTICS("Statistics and geometry",
			"Lists of numbers, points and places on the earth. A point is a list `[x, y]`, a tuple `(x, y)` "
					+ "or a map with the keys `x` and `y`."),

	MONEY("Money and decimals",
			"Exact amounts. `450 USD` is money, `1000 CFA` is `1000 XOF`; two currencies never mix."),

	LISTS("Lists",
			"Functions that take a function give it the element, and its index too when it has one more "
					+ "parameter. The ones that change their list say so and give it back; all others leave it as it "
					+ "is. Ranges such as `1..5` have every function that does not change its list."),

	MAPS("Maps",
			"Maps keep the order in which their keys came in. The ones that change their map say so."),

	TIME("Time and durations",
			"A `time` is an instant in UTC. Where parts of a date are asked for, the time zone of the "
					+ "application decides (`flin.time-zone`). A `duration` is written as `7.days` or `90m`."),

	TYPES("Types and JSON",
			"What a value is, and how to copy, compare and write it."),

	CONTROL("Control",
			"Functions about functions, errors, waiting and the surroundings of the program."),

	ENCODING("Encoding and cryptography",
			"From text to text: encodings, digests, random names, passwords."),

	IDENTITY("Passwords, tokens and second factors",
			"Who somebody is. See [Signing in](../../guides/identity.md). Some of these functions are over a library "
					+ "that an application has to add; without it the compiler says which ([E0601]"
					+ "(../diagnostics/E0601.md))."),

	DATA("Data formats",
			"Reading and writing what other programs write: CSV, XML, YAML, TOML, addresses, Markdown."),

	TEMPORAL("Versions and graphs of records",
			"Every save of a record makes a version; these functions compare them. See [Time "
					+ "travel](../../guides/time-travel.md)."),

	WEB("Answers of routes",
			"What a route can give back. See [Routes](../../guides/routes.md)."),

	SERVICES("Requests to other servers",
			"See [Requests to other servers](../../guides/requests.md)."),

	JAVASCRIPT("Only in JavaScript's words",
			"Functions of JavaScript that have no name of FLIN's own. Most others are second spellings of the "
					+ "functions on the other pages; see [Spellings of JavaScript](../language/javascript.md)."),

	BROWSER("Only in the browser",
			"These names are known, but only code that runs in a browser may use them. On the server they "
					+ "are refused with [E0103](../diagnostics/E0103.md).");

	private static final Map<String, FunctionGroup> CLASSES = Map.ofEntries(Map.entry("TextFunctions", TEXT),
			Map.entry("TextStyles", TEXT), Map.entry("RegexFunctions", TEXT), Map.entry("TextChecks", CHECKS),
			Map.entry("NumberFunctions", NUMBERS), Map.entry("MathFunctions", NUMBERS),
			Map.entry("ConversionFunctions", NUMBERS), Map.entry("StatisticsFunctions", STATISTICS),
			Map.entry("GeometryFunctions", STATISTICS), Map.entry("MoneyFunctions", MONEY),
			Map.entry("ListFunctions", LISTS), Map.entry("ListChanges", LISTS), Map.entry("ListOrder", LISTS),
			Map.entry("ListGroups", LISTS), Map.entry("MapFunctions", MAPS), Map.entry("TimeFunctions", TIME),
			Map.entry("TimeSources", TIME), Map.entry("DurationFunctions", TIME), Map.entry("JsonFunctions", TYPES),
			Map.entry("TypeFunctions", TYPES), Map.entry("ControlFunctions", CONTROL),
			Map.entry("LogFunctions", CONTROL),
			Map.entry("CodecFunctions", ENCODING), Map.entry("CryptoFunctions", ENCODING),
			Map.entry("PasswordFunctions", IDENTITY), Map.entry("TokenFunctions", IDENTITY),
			Map.entry("OtpFunctions", IDENTITY), Map.entry("SignInFunctions", IDENTITY),
			Map.entry("OAuthFunctions", IDENTITY), Map.entry("ApiKeyFunctions", IDENTITY),
			Map.entry("CsvFunctions", DATA), Map.entry("UrlFunctions", DATA), Map.entry("FormatFunctions", DATA),
			Map.entry("ChangeFunctions", TEMPORAL), Map.entry("TemporalFunctions", TEMPORAL),
			Map.entry("WebLibrary", WEB), Map.entry("FileLibrary", WEB), Map.entry("SocketLibrary", WEB),
			Map.entry("BrowserFunctions", BROWSER),
			Map.entry("JavaScriptFunctions", JAVASCRIPT), Map.entry("JavaScriptNumbers", JAVASCRIPT),
			Map.entry("JavaScriptFormats", JAVASCRIPT), Map.entry("JavaScriptTimes", JAVASCRIPT),
			Map.entry("HttpFunctions", SERVICES));

	/** Names that belong to another page than the others of their class. */
	private static final Map<String, FunctionGroup> NAMES = Stream
		.of(Map.entry(TEXT, Set.of("to_text", "to_int", "to_number", "to_bool", "escape_html", "unescape_html",
				"strip_tags")),
				Map.entry(CHECKS,
						Set.of("sanitize_html", "sanitize_filename", "sanitize_url", "sanitize_sql_like",
								"strip_control")),
				Map.entry(MONEY, Set.of("format_currency", "to_decimal")), Map.entry(LISTS, Set.of("shuffle")),
				Map.entry(DATA, Set.of("render_markdown")))
		.flatMap((each) -> each.getValue().stream().map((name) -> Map.entry(name, each.getKey())))
		.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

	private final String title;

	private final String intro;

	FunctionGroup(String title, String intro) {
		this.title = title;
		this.intro = intro;
	}

	String title() {
		return this.title;
	}

	String intro() {
		return this.intro;
	}

	String file() {
		return name().toLowerCase(Locale.ROOT) + ".md";
	}

	static FunctionGroup of(BuiltinEntry entry) {
		FunctionGroup group = NAMES.get(entry.name());
		if (group == null) {
			group = CLASSES.get(entry.owner().substring(entry.owner().lastIndexOf('/') + 1));
		}
		if (group == null) {
			throw new IllegalArgumentException(entry.owner() + " has no page");
		}
		return group;
	}

}
