package dev.flin.diag;

/**
 * The stable codes of all diagnostics. The Javadoc of each constant is the smallest input that triggers it. A code is
 * never reused for another meaning.
 */
public enum Code {

	/** {@code x = §} */
	E0001("unexpected character", "delete it, or put it into a text"),

	/** {@code print("one)} */
	E0002("text that is never closed"),

	/** {@code "\q"} */
	E0003("unknown escape"),

	/** {@code x = 007} */
	E0004("malformed number"),

	/** {@code /* open} */
	E0005("comment that is never closed", "end it with the sign that closes it: */ in code, --> in markup"),

	/** {@code x = ) + 2} */
	E0010("unexpected token", "write what is expected before it, or delete it"),

	/** {@code fn f() { if x { } }} without its last brace */
	E0011("block or bracket that is never closed"),

	/** {@code a < b < c} */
	E0012("operators that cannot be chained"),

	/** {@code 1 + 1 = 2} */
	E0013("not something that can be assigned"),

	/** {@code <p><b></p>} */
	E0014("markup that does not nest", "end what was opened last first"),

	/** {@code ((((((… nested more than the limit} */
	E0015("code nested too deeply"),

	/** {@code break} outside a loop */
	E0016("statement out of place"),

	/** {@code /(/} */
	E0017("malformed regular expression"),

	/** {@code search "q" in E} before search exists */
	E0099("not supported yet"),

	/** {@code total = cuont + 1} */
	E0102("undefined variable"),

	/** {@code pritn(1)} */
	E0103("undefined function"),

	/** {@code "a".uper} */
	E0104("unknown member"),

	/** {@code fn f(a: txet) {}} */
	E0105("unknown type"),

	/** {@code f(famly: 1)} */
	E0106("unknown argument", "name a parameter as the function declares it"),

	/** {@code Go(1)} without such a variant */
	E0107("unknown variant", "variants are declared in their enum"),

	/** {@code fn f() {} fn f() {}} */
	E0108("declared twice"),

	/** {@code if c { x = 1 } print(x)} */
	E0109("not surely assigned"),

	/** {@code const a = 1; a = 2} */
	E0110("assigned a constant"),

	/** {@code impl Flyable for Dog {}} */
	E0111("unknown trait", "declare it: trait Name { }"),

	/** {@code break 'nowhere} */
	E0112("unknown label", "a label stands before its loop: 'outer: for x in xs { }"),

	/** {@code E.where(price > price)} with a variable named price */
	E0113("field and variable of one name"),

	/** {@code n: int = "a"} */
	E0201("types do not match", "convert the value, or write another type"),

	/** {@code "a" - 1} */
	E0202("operator does not fit its operands", "convert one side first, as with to_number or to_text"),

	/** {@code f(1)} for two parameters */
	E0203("wrong number of arguments", "give what the declaration asks for"),

	/** {@code 1 == "a"} */
	E0204("values that are never equal", "convert one side first, or compare something else"),

	/** {@code fn f(f) { f(f) }} */
	E0205("a type that would contain itself", "write the type of a parameter or of the result"),

	/** {@code largest(x => x)} */
	E0206("bound not met"),

	/** {@code impl T for E {}} without a method of T */
	E0207("trait not implemented", "write the method in the 'impl' as the trait declares it"),

	/** {@code 3(1)} */
	E0208("not a function", "leave the parentheses out to read the value"),

	/** {@code x = [1, "a"]; x = none} */
	E0209("annotation needed"),

	/** {@code match b { true -> 1 }} */
	E0301("match that does not cover everything"),

	/** {@code match r { Go -> 1 }} for {@code Go(int)} */
	E0302("pattern does not fit"),

	/** {@code a | (b, c)} binding other names */
	E0303("alternatives bind different names"),

	/** {@code entity E { id: int }} */
	E0401("reserved field name", "choose another name: every record has this one already"),

	/** {@code entity E { a: int @nope }} */
	E0402("unknown decorator"),

	/** {@code entity E { a: int @email }} */
	E0403("decorator does not fit"),

	/** two references to one entity without {@code @inverse} */
	E0404("ambiguous inverse"),

	/** a stored value that the new type cannot take */
	E0410("schema change refused"),

	/** {@code migrate { fail("no") }} */
	E0411("migration failed"),

	/** {@code route FETCH { }} */
	E0501("malformed route"),

	/** two files for one URL */
	E0502("route declared twice"),

	/** {@code guard nope} */
	E0503("unknown guard"),

	/** {@code <PriceLable/>} */
	E0504("unknown component"),

	/** {@code <Card value={1}/>} without such a prop */
	E0505("unknown prop", "declare it in the component's props { }"),

	/** {@code <Meter value="x"/>} for an int */
	E0506("prop of the wrong type"),

	/** {@code <Meter/>} without a required prop */
	E0507("missing prop", "give it a value here, or a default in the component's props { }"),

	/** {@code guard owner(note)} with a variable of the route, {@code guard ip_whitelist("home")} */
	E0508("guard that cannot work"),

	/** {@code <style>p { color: {tone} }</style>} where tone is a prop */
	E0509("value in a style that is no constant"),

	/** {@code create_token(user)} without a library for tokens */
	E0601("service that is not there"),

	/** {@code import "x"} */
	W0101("line without effect"),

	/** {@code x = 1} never read, in a function */
	W0102("unused variable"),

	/** {@code return 1; print(2)} */
	W0103("unreachable code", "take it out, or put it before what leaves"),

	/** {@code x || true} */
	W0104("always true", "leave out the side that decides, or the condition"),

	/** {@code data.x == "a"} where one side is any */
	W0105("comparison with any", "give the value a type first: name: text = …"),

	/** {@code for x in xs} hiding a variable */
	W0106("shadowed name"),

	/** {@code match x { red -> }} with a variable red */
	W0107("pattern compares with a variable"),

	/** {@code match x { _ -> 1, 2 -> 3 }} */
	W0108("unreachable arm"),

	/** {@code maybe.field} on T? */
	W0109("may be none"),

	/** two components of one name */
	W0110("component hidden by another"),

	/** {@code E { ...m, nope: 1 }} */
	W0111("unknown key ignored"),

	/** {@code if x { error(404) }} before other lines of a route or page */
	W0112("answer not returned"),

	/** {@code t("cart.titel")} without a message in some language */
	W0113("missing message"),

	/** {@code "{" + x + "}"} */
	W0114("text inside of a text"),

	/** {@code <p v-if="open">} */
	W0115("markup without a meaning here"),

	/** {@code <button click={n++}>} before handlers exist */
	W0199("without effect for now");

	private final String title;

	private final String remedy;

	Code(String title) {
		this(title, "");
	}

	Code(String title, String remedy) {
		this.title = title;
		this.remedy = remedy;
	}

	/** What this code is about, in a few words. */
	public String title() {
		return this.title;
	}

	/** What helps where a diagnostic knows nothing better; empty where that depends too much on the place. */
	public String remedy() {
		return this.remedy;
	}

	public Severity severity() {
		return name().startsWith("W") ? Severity.WARNING : Severity.ERROR;
	}

}
