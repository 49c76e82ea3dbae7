package dev.flin.runtime.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.BuiltinEntry;

/** The names that programs rely on, second spellings included: none of them may get lost. */
class BuiltinNamesTests {

	private final BuiltinCatalog catalog = StandardLibrary.catalog();

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			text | len length count upper uppercase to_upper lower lowercase to_lower trim trim_start trim_end
			text 2 | capitalize title contains includes starts_with ends_with index_of last_index_of split lines
			text 3 | words chars slice substring replace replace_all replace_regex match_regex find_all_regex
			text 4 | test_regex join repeat reverse pad_start pad_left pad_end pad_right center remove_prefix
			text 5 | remove_suffix truncate slugify camel_case snake_case kebab_case pascal_case strip_tags
			text 6 | escape_html unescape_html char_at code_point_at from_code_point compare compare_ignore_case
			text 7 | levenshtein similarity is_empty is_blank count_of insert to_text to_string to_int to_number
			text 8 | to_float to_decimal to_bool format wrap indent dedent ascii normalize word_count
			text 9 | reading_time
			checks | is_numeric is_alpha is_alphanumeric is_upper is_lower is_email is_url is_ip is_ipv4 is_ipv6
			checks 2 | is_uuid is_json is_hex is_base64 is_slug is_phone is_credit_card is_iban is_mac is_date
			checks 3 | is_time is_color is_semver is_domain is_strong_password is_ascii is_latitude is_longitude
			checks 4 | is_postal_code is_isbn is_ean is_mime sanitize_html sanitize_filename sanitize_url
			checks 5 | sanitize_sql_like strip_control
			numbers | abs sign min max clamp floor ceil round round_half_even trunc div mod pow sqrt cbrt exp ln
			numbers 2 | log10 log2 log sin cos tan asin acos atan atan2 sinh cosh tanh to_radians to_degrees hypot
			numbers 3 | is_nan is_finite is_integer is_even is_odd is_prime gcd lcm factorial fibonacci binomial
			numbers 4 | lerp map_range format format_number to_fixed to_hex to_binary to_octal parse_int random
			numbers 5 | random_int random_choice shuffle pi e infinity
			statistics | sum avg mean median mode stddev variance percentile quantile range_of correlation
			statistics 2 | linear_regression cumulative_sum moving_average histogram zscore distance manhattan_distance
			statistics 3 | haversine bearing midpoint point_in_polygon polygon_area bounding_box cosine_similarity dot
			statistics 4 | magnitude
			money | money amount currency convert round_money allocate format_currency decimal
			lists | map filter where reduce fold flat_map each for_each find find_index find_last any some all
			lists 2 | every none_of count_by group_by key_by partition sort sort_by sort_desc reverse list_reverse
			lists 3 | first last rest take take_while drop drop_while slice chunk window zip zip_with zip_map
			lists 4 | unzip flatten concat unique distinct unique_by compact index_of contains includes push pop
			lists 5 | shift unshift insert_at remove_at remove clear sum sum_by avg min max min_by max_by join
			lists 6 | range repeat_value is_empty get set with swap sample shuffle permutations combinations
			lists 7 | intersperse scan to_map to_set enumerate union intersection difference symmetric_difference
			lists 8 | is_subset
			maps | keys values entries from_entries has_key get set delete_key pick omit merge merge_deep map_values
			maps 2 | map_keys filter_map invert clone deep_clone is_empty len to_list sort_keys group
			time 0 | now today tomorrow yesterday
			time | time parse_time time_of format year month day hour minute second weekday day_of_year
			time 2 | week_of_year quarter add sub start_of end_of diff is_before is_after is_between is_past
			time 3 | is_future is_today is_weekend is_leap_year days_in_month to_timezone timezone to_iso to_unix
			time 4 | from_unix time_ago from_now humanize in_seconds in_minutes in_hours in_days total age
			types | type_of fields_of field_types_of is_int is_number is_text is_bool is_list is_map is_none
			types 2 | is_function is_entity is_time to_json parse_json deep_equals hash clone inspect
			control | print log fail assert try_or retry sleep memoize compose pipe identity parallel timeout
			control 2 | measure env config set_timeout clear_timeout set_interval clear_interval
			encoding 0 | base64url_encode base64url_decode
			encoding | base64_encode base64_decode hex_encode hex_decode url_encode url_decode md5 sha1 sha256
			encoding 2 | sha512 crc32 hmac secure_random generate_uuid uuid uuid_v7 nanoid encrypt decrypt
			encoding 3 | hash_password verify_password constant_time_equals
			data | parse_csv to_csv parse_xml to_xml parse_yaml to_yaml parse_toml parse_query to_query
			data 2 | render_markdown parse_url build_url mime_type
			""")
	void eachNameOfAGroupExists(String group, String names) {
		List<String> missing = Stream.of(names.split(" "))
			.filter(name -> this.catalog.named(name).isEmpty())
			.toList();
		assertThat(missing).as(group).isEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "upper, toUpperCase", "filter, where", "any, some", "all, every", "unique, distinct",
			"contains, includes", "avg, mean", "pad_start, pad_left", "print, log", "uuid, generate_uuid",
			"time_ago, from_now", "each, for_each", "replace_all, replaceAll" })
	void secondSpellingsMeanTheSame(String name, String alias) {
		assertThat(this.catalog.named(alias)).extracting(BuiltinEntry::name).contains(name);
	}

}
