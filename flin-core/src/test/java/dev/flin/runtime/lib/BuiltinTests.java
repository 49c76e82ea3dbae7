package dev.flin.runtime.lib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.flin.runtime.Contexts;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.text.JsonParser;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.Printer;

/**
 * Built-ins called by name: given arguments as JSON, then the printed result.
 */
class BuiltinTests {

	private final FlinContext context = Contexts.plain();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			len             | ["a🐘b"]                     | 3
			count           | ["banana", "a"]              | 3
			upper           | ["été"]                      | ÉTÉ
			toLowerCase     | ["ABC"]                      | abc
			capitalize      | ["hello world"]              | Hello world
			title           | ["hello wide world"]         | Hello Wide World
			trim            | ["  a b "]                   | a b
			contains        | ["banana", "nan"]            | true
			index_of        | ["a🐘b", "b"]                | 2
			last_index_of   | ["banana", "n"]              | 4
			index_of        | ["banana", "x"]              | -1
			reverse         | ["a🐘b"]                     | b🐘a
			chars           | ["a🐘b"]                     | ["a", "🐘", "b"]
			code_point_at   | ["a🐘b", 1]                  | 128024
			from_code_point | [128024]                     | 🐘
			char_at         | ["a🐘b", 1]                  | 🐘
			slice           | ["hello", 1, 3]              | el
			slice           | ["hello", -3]                | llo
			split           | ["a,b,c", ","]               | ["a", "b", "c"]
			split           | ["ab", ""]                   | ["a", "b"]
			lines           | ["one\\ntwo\\nthree"]        | ["one", "two", "three"]
			words           | [" the  quick fox "]         | ["the", "quick", "fox"]
			replace         | ["a-b-c", "-", "+"]          | a+b-c
			replaceAll      | ["a-b-c", "-", "+"]          | a+b+c
			remove_suffix   | ["image.png", ".png"]        | image
			remove_prefix   | ["image.png", "x"]           | image.png
			repeat          | ["ab", 3]                    | ababab
			insert          | ["Hello!", 5, " World"]      | Hello World!
			join            | ["-", ["x", "y"]]            | x-y
			join            | [[1, 2, null], ", "]         | 1, 2,
			truncate        | ["short", 10]                | short
			truncate        | ["a long text", 6]           | a lon…
			pad_start       | ["42", 5, "0"]               | 00042
			pad_end         | ["42", 5, "."]               | 42...
			center          | ["ab", 6, "*"]               | **ab**
			slugify         | ["Café Crème!"]              | cafe-creme
			camel_case      | ["hello world"]              | helloWorld
			pascal_case     | ["hello world"]              | HelloWorld
			snake_case      | ["helloWorld"]               | hello_world
			kebab_case      | ["parseHTMLText"]            | parse-html-text
			compare         | ["apple", "banana"]          | -1
			levenshtein     | ["kitten", "sitting"]        | 3
			similarity      | ["same", "same"]             | 1
			format          | ["{0} and {1}, {0}", "a", "b"] | a and b, a
			to_decimal      | ["2.50"]                     | 2.50
			parse_int       | ["ff", 16]                   | 255
			find_all_regex  | ["a1b22c333", "[0-9]+"]      | ["1", "22", "333"]
			replace_regex   | ["order 66", "[0-9]+", "X"]  | order X
			test_regex      | ["abc", "[0-9]+"]            | false
			match_regex     | ["2024-06", "(\\\\d+)-(\\\\d+)"] | ["2024-06", "2024", "06"]
			escape_html     | ["<b>Tom & Jerry</b>"]       | &lt;b&gt;Tom &amp; Jerry&lt;/b&gt;
			unescape_html   | ["&lt;b&gt; &#233;"]         | <b> é
			strip_tags      | ["<b>bold</b> < <i>thin</i>"] | bold < thin
			dedent          | ["  a\\n    b"]              | a\\n  b
			wrap            | ["the quick fox", 9]         | the quick\\nfox
			ascii           | ["déjà vu"]                  | deja vu
			""")
	void text(String name, String args, String printed) {
		assertThat(call(name, args).stripTrailing()).isEqualTo(printed.replace("\\n", "\n"));
	}

	@ParameterizedTest
	@CsvSource({ "is_numeric, 12345, 12a45", "is_alpha, abc, ab1", "is_alphanumeric, ab1, a b", "is_upper, ABC, AbC",
			"is_email, ama@example.com, ama@", "is_url, https://example.com/a?b=c, example",
			"is_ipv4, 192.168.0.1, 256.1.1.1", "is_ipv6, 2001:db8::1, 192.168.0.1", "is_ip, ::1, 1.2.3",
			"is_mac, 00:1A:2B:3C:4D:5E, 00:1A:2B", "is_domain, example.com, not a domain",
			"is_phone, +14155552671, hello",
			"is_credit_card, 4111111111111111, 4111111111111112",
			"is_iban, GB82WEST12345698765432, GB82WEST12345698765431", "is_isbn, 9780306406157, 9780306406158",
			"is_ean, 4006381333931, 4006381333932", "is_date, 2024-02-29, 2023-02-29", "is_time, 14:30, 25:00",
			"is_color, #ff8800, #ff88zz", "is_semver, 1.2.3, 1.2",
			"is_uuid, 550e8400-e29b-41d4-a716-446655440000, 550e8400", "is_json, '{\"a\": [1, 2]}', {a: 1}",
			"is_base64, SGVsbG8=, not base64!", "is_mime, text/html, text", "is_hex, deadBEEF, xyz",
			"is_slug, hello-world, Hello World", "is_strong_password, Secret-42, password",
			"is_postal_code, 75001, hello", "is_latitude, 6.37, 91" })
	void checks(String name, String good, String bad) {
		assertThat(Contexts.plain().builtins().call(this.context, name, good, new Object[0])).isEqualTo(true);
		assertThat(Contexts.plain().builtins().call(this.context, name, bad, new Object[0])).isEqualTo(false);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			abs          | [-5]              | 5
			abs          | [-2.5]            | 2.5
			sign         | [-3]              | -1
			max          | [2, 2.5]          | 2.5
			min          | [[3, 9, 4]]       | 3
			max          | [1, 9, 4, 12]     | 12
			clamp        | [15, 10, 0]       | 10
			floor        | [-2.7]            | -3
			round        | [2.5]             | 3
			round        | [-2.5]            | -3
			round        | [0.49999999999999994] | 0
			round        | [3.14159, 2]      | 3.14
			round        | [2.675, 2]        | 2.68
			trunc        | [-2.7]            | -2
			round_half_even | [2.5]          | 2
			div          | [-7, 2]           | -3
			mod          | [7, 3]            | 1
			pow          | [2, 10]           | 1024
			gcd          | [48, 36]          | 12
			lcm          | [4, 6]            | 12
			factorial    | [20]              | 2432902008176640000
			fibonacci    | [92]              | 7540113804746346429
			binomial     | [5, 2]            | 10
			is_prime     | [9223372036854775783] | true
			is_prime     | [91]              | false
			log2         | [8]               | 3
			cbrt         | [27]              | 3
			lerp         | [0, 10, 0.5]      | 5
			map_range    | [5, 0, 10, 0, 100] | 50
			to_fixed     | [2.5, 2]          | 2.50
			format       | [3.14159, 2]      | 3.14
			format_number | [1234567.5]      | 1,234,567.5
			to_hex       | [-255]            | -ff
			sum          | [[4, 1, 3, 2]]    | 10
			sum          | [[]]              | 0
			avg          | [[4, 1, 3, 2]]    | 2.5
			median       | [[4, 1, 3, 2]]    | 2.5
			mode         | [[1, 2, 2, 3]]    | 2
			stddev       | [[5, 5, 5]]       | 0
			percentile   | [[1, 2, 3, 4, 5], 50] | 3
			range_of     | [[3, 9, 4]]       | 6
			correlation  | [[1, 2, 3], [2, 4, 6]] | 1
			cumulative_sum | [[1, 2, 3]]     | [1, 3, 6]
			moving_average | [[1, 2, 3, 4], 2] | [1.5, 2.5, 3.5]
			dot          | [[1, 2, 3], [4, 5, 6]] | 32
			haversine    | [6.37, 2.43, 6.37, 2.43] | 0
			distance     | [[0, 0], [3, 4]]  | 5
			money        | [50, "CFA"]       | 50 XOF
			percent_change | [80, 60]        | -25
			percent_change | [0, 5]          | none
			""")
	void numbers(String name, String args, String printed) {
		assertThat(call(name, args)).isEqualTo(printed);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			sort          | [[10, 9, 1]]            | [1, 9, 10]
			sort          | [["b", "a"]]            | ["a", "b"]
			sort_desc     | [[9, 10, 1]]            | [10, 9, 1]
			take          | [[1, 2, 3], 99]         | [1, 2, 3]
			drop          | [[1, 2, 3], 2]          | [3]
			chunk         | [[1, 2, 3], 2]          | [[1, 2], [3]]
			window        | [[1, 2, 3], 2]          | [[1, 2], [2, 3]]
			flatten       | [[[1, 2], [3], []]]     | [1, 2, 3]
			concat        | [[1, 2], [3], [4]]      | [1, 2, 3, 4]
			zip           | [[1, 2], ["a", "b"]]    | [(1, "a"), (2, "b")]
			intersperse   | [[1, 2, 3], 0]          | [1, 0, 2, 0, 3]
			range         | [0, 10, 3]              | [0, 3, 6, 9]
			range         | [3, 0, -1]              | [3, 2, 1]
			permutations  | [[1, 2, 3]] \
				| [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]]
			combinations  | [[1, 2, 3], 2]          | [[1, 2], [1, 3], [2, 3]]
			unique        | [[1, 2, 2, 3]]          | [1, 2, 3]
			compact       | [[1, null, 0]]          | [1, 0]
			difference    | [[1, 2, 3], [3, 4]]     | [1, 2]
			symmetric_difference | [[1, 2, 3], [3, 4]] | [1, 2, 4]
			is_subset     | [[1, 4], [1, 2]]        | false
			push          | [[1], 2]                | [1, 2]
			push          | [[1], 2, 3, 4]          | [1, 2, 3, 4]
			pop           | [[]]                    | none
			unshift       | [[2], 1]                | [1, 2]
			insert_at     | [[1, 3], 1, 2]          | [1, 2, 3]
			remove        | [[7, 2, 3], 2]          | [7, 3]
			remove_at     | [[7, 2, 3], -1]         | [7, 2]
			swap          | [[3, 5], 0, 1]          | [5, 3]
			splice        | [[1, 2, 3, 4], 1, 2]    | [2, 3]
			first         | [[]]                    | none
			get           | [[1], 5]                | none
			keys          | [{"b": 1, "a": 2}]      | ["b", "a"]
			entries       | [{"b": 1}]              | [("b", 1)]
			merge         | [{"a": 1}, {"a": 5, "z": 9}] | ["a": 5, "z": 9]
			merge_deep    | [{"a": {"x": 1}}, {"a": {"y": 2}}] | ["a": ["x": 1, "y": 2]]
			invert        | [{"x": "one"}]          | ["one": "x"]
			pick          | [{"a": 1, "b": 2}, ["b", "c"]] | ["b": 2]
			omit          | [{"a": 1, "b": 2}, ["b"]] | ["a": 1]
			has_key       | [{"a": null}, "a"]      | true
			get           | [{"a": 1}, "z", 7]      | 7
			to_map        | [[["a", 1]]]            | ["a": 1]
			to_json       | [{"n": [1, 2.5, "a\\"b", null, true]}] | {"n":[1,2.5,"a\\"b",null,true]}
			type_of       | [[]]                    | list
			""")
	void collections(String name, String args, String printed) {
		assertThat(call(name, args)).isEqualTo(printed);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			base64_encode     | ["Hello, FLIN"]        | SGVsbG8sIEZMSU4=
			base64_decode     | ["w6k="]               | é
			base64url_encode  | ["ab?"]                | YWI_
			hex_decode        | ["4869"]               | Hi
			url_encode        | ["a b&c/é"]            | a%20b%26c%2F%C3%A9
			url_decode        | ["a%26b%3Dc"]          | a&b=c
			md5               | ["hello"]              | 5d41402abc4b2a76b9719d911017c592
			crc32             | ["hello"]              | 3610a686
			parse_query       | ["a=1&b=two%20words"]  | ["a": "1", "b": "two words"]
			to_query          | [{"a": "1", "b": ["x", "y"]}] | a=1&b=x&b=y
			parse_url         | ["https://flin.dev/a?b=c#d"] \
				| ["scheme": "https", "host": "flin.dev", "port": none, "path": "/a", "query": ["b": "c"], \
			"fragment": "d"]
			mime_type         | ["photo.PNG"]          | image/png
			parse_csv         | ["a,b\\n1,\\"x \\"\\"y\\"\\"\\"\\n"] | [["a": "1", "b": "x \\"y\\""]]
			to_csv            | [[{"a": 1, "b": "x,y"}]] | a,b\\n1,"x,y"\\n
			parse_yaml        | ["a: 1\\nb:\\n  - x\\n  - y: 2\\n    z: [1, {k: v}]\\nc: >\\n  one\\n  two\\n"] \
				| ["a": 1, "b": ["x", ["y": 2, "z": [1, ["k": "v"]]]], "c": "one two\\n"]
			parse_yaml        | ["base: &b {x: yes}\\nuse: *b\\nat: 2024-01-02"] \
				| ["base": ["x": "yes"], "use": ["x": "yes"], "at": "2024-01-02"]
			to_yaml           | [{"a": [1, {"b": "x: y"}], "c": {}}] | a:\\n  - 1\\n  - b: 'x: y'\\nc: {}\\n
			parse_toml        | ["t = \\"x\\"\\n[o.p]\\nn = [1, 2.5, true]\\n[[q]]\\na = {b = 1}"] \
				| ["t": "x", "o": ["p": ["n": [1, 2.5, true]]], "q": [["a": ["b": 1]]]]
			parse_toml        | ["at = 2024-01-02T03:04:05Z\\nday = 2024-01-02"] \
				| ["at": 2024-01-02T03:04:05Z, "day": "2024-01-02"]
			parse_xml         | ["<a x='1'>t<b/></a>"] \
				| ["name": "a", "attributes": ["x": "1"], "text": "t", "children": [["name": "b", "attributes": [:], \
			"text": "", "children": []]]]
			sanitize_html     | ["<p onclick='x'>Hi<script>alert(1)</script></p><a href='javascript:x'>l</a><b>"] \
				| <p>Hi</p>l<b></b>
			sanitize_filename | ["../../etc/pass:wd"]  | pass_wd
			render_markdown   | ["# A\\n\\n**b** *i* `c` [l](/x)\\n\\n- 1\\n- 2"] \
				| <h1>A</h1>\\n<p><strong>b</strong> <em>i</em> <code>c</code> <a \
			href="/x">l</a></p>\\n<ul>\\n<li>1</li>\\n<li>2</li>\\n</ul>
			render_markdown   | ["~~a~~ https://flin.dev"] \
				| <p><del>a</del> <a href="https://flin.dev">https://flin.dev</a></p>
			render_markdown   | ["<b>x</b> [l](javascript:y)"] | <p>&lt;b&gt;x&lt;/b&gt; <a>l</a></p>
			""")
	void formats(String name, String args, String printed) {
		String expected = printed.replace("\\n", "\n");
		assertThat(call(name, args).replace("\\n", "\n")).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "parse_yaml", "parse_toml", "render_markdown", "sanitize_html" })
	void endlessNestingIsRefusedOrCutButNeverOverflowsTheStack(String name) {
		for (String unit : new String[] { "[", "{a: ", "- ", "> ", "*", "<b>", "a = [" }) {
			try {
				this.context.builtins().callFunction(this.context, name, new Object[] { unit.repeat(100_000) });
			}
			catch (FlinError refused) {
				assertThat(refused.code()).isEqualTo(FlinError.ERROR);
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			to_int        | ["4x"]          | "4x" is not an int
			to_number     | ["two"]         | "two" is not a number
			to_bool       | ["maybe"]       | "maybe" is not a bool
			factorial     | [21]            | int overflow: 2432902008176640000 * 21
			floor         | [1e300]         | 1e+300 does not fit into an int
			money         | [1, "XXY"]      | "XXY" is not a currency
			time          | ["soon"]        | "soon" is not a time
			start_of      | ["x", "day"]    | 'start_of(t)' should be time but is text "x"
			range         | [0, 5, 0]       | the step of a range cannot be 0
			repeat        | ["ab", 100000000] \
				| a value of size 200000000 is over the limit of 10000000 (flin.limits.collection-size)
			parse_json    | ["[1, 2"]       | Malformed JSON at line 1, column 6
			parse_json    | ["{\\"a\\": tru}"] | Malformed JSON at line 1, column 10
			parse_json    | ["{\\n  \\"a\\" 1}"] | Malformed JSON at line 2, column 7
			parse_csv     | ["a,b\\n\\"1,2"] | Malformed CSV: Unclosed quoted field at end of input (record starting at line 2)
			parse_yaml    | ["a: [1"]       | Malformed YAML at line 1: expected ',' or ']', but got <stream end>
			parse_yaml    | ["a: 1\\na: 2"] | Malformed YAML at line 2: found duplicate key a
			parse_toml    | ["a = 1\\nb = 08"] | Malformed TOML at line 2: Unexpected '8', expected a newline or end-of-input
			parse_json    | ["1 2"]         | Malformed JSON at line 1, column 3
			remove_at     | [[1], 5]        | index 5 is out of range: the list has 1 element
			upper         | [5]             | 'upper(s)' should be text but is int 5
			test_regex    | ["a", "("]      | bad regular expression '(': Unclosed group
			""")
	void badInput(String name, String args, String message) {
		assertThatThrownBy(() -> call(name, args)).isInstanceOf(FlinError.class).hasMessage(message);
	}

	private String call(String name, String args) {
		FlinList arguments = (FlinList) JsonParser.parse(args);
		return Printer.print(this.context.builtins().callFunction(this.context, name, arguments.toArray()));
	}

}
