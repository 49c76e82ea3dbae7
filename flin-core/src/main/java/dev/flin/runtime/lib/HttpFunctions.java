package dev.flin.runtime.lib;

import org.jspecify.annotations.Nullable;

import dev.flin.port.HttpCalls;
import dev.flin.runtime.Builtin;
import dev.flin.runtime.Fakes;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinMap;

/**
 * Requests to other servers. Only the public internet can be reached, and what the configuration names.
 */
public final class HttpFunctions {

	private static final String ANSWER_TYPE =
			" -> { status: int, ok: bool, headers: [text: text], body: any, json: any }";

	private static final String OPTIONS = " Options: `headers` (a map), one of `json`, `form` (a map) and `body` (text "
			+ "or a file), `timeout` (`5.seconds`) and `retries`.";

	private static final String ANSWER =
			" The answer has `status`, `ok` (a status from 200 to 299), `headers` (names in "
			+ "lower case), `body` (text, else a file) and `json` (none when it is not JSON).";

	private HttpFunctions() {
	}

	@Builtin(value = "http_get(url: text, options: map? = none)" + ANSWER_TYPE, serverOnly = true,
			service = HttpCalls.class,
			doc = "What another server answers to `GET`." + ANSWER + " An error with the code `HttpError` when nothing "
					+ "comes. Private addresses are refused unless `flin.http.allow` names them." + OPTIONS,
			errors = "http_get(\"http://127.0.0.1/\") // '127.0.0.1' is a private address: flin.http.allow does not "
					+ "name it")
	public static FlinMap httpGet(FlinContext context, String url, @Nullable FlinMap options) {
		return answer(context, "http_get", "GET", url, options);
	}

	@Builtin(value = "http_post(url: text, options: map? = none)" + ANSWER_TYPE, serverOnly = true,
			service = HttpCalls.class,
			doc = "What another server answers to `POST`: `http_post(url, { json: { name: \"Ada\" } })`. Options and "
					+ "answer are those of `http_get`.",
			errors = "http_post(\"https://api.example\", { data: 1 }) // "
					+ "http_post has the options headers, json, form, body, timeout and retries, not \"data\"")
	public static FlinMap httpPost(FlinContext context, String url, @Nullable FlinMap options) {
		return answer(context, "http_post", "POST", url, options);
	}

	@Builtin(value = "http_put(url: text, options: map? = none)" + ANSWER_TYPE, serverOnly = true,
			service = HttpCalls.class,
			doc = "What another server answers to `PUT`. Options and answer are those of `http_get`.",
			errors = "http_put(\"ftp://api.example\") // a request needs an address such as https://api.example/v1, "
					+ "not \"ftp://api.example\"")
	public static FlinMap httpPut(FlinContext context, String url, @Nullable FlinMap options) {
		return answer(context, "http_put", "PUT", url, options);
	}

	@Builtin(value = "http_patch(url: text, options: map? = none)" + ANSWER_TYPE, serverOnly = true,
			service = HttpCalls.class,
			doc = "What another server answers to `PATCH`. Options and answer are those of `http_get`.",
			errors = "http_patch(\"http://127.1/\") // \"127.1\" is not the name of a server")
	public static FlinMap httpPatch(FlinContext context, String url, @Nullable FlinMap options) {
		return answer(context, "http_patch", "PATCH", url, options);
	}

	@Builtin(value = "http_delete(url: text, options: map? = none)" + ANSWER_TYPE, serverOnly = true,
			service = HttpCalls.class,
			doc = "What another server answers to `DELETE`. Options and answer are those of `http_get`.",
			errors = "http_delete(\"https://api.example\", { retries: 99 }) // 'retries' is a number from 0 to 10")
	public static FlinMap httpDelete(FlinContext context, String url, @Nullable FlinMap options) {
		return answer(context, "http_delete", "DELETE", url, options);
	}

	private static FlinMap answer(FlinContext context, String function, String method, String url,
			@Nullable FlinMap options) {
		FlinFunction fake = Fakes.of(context, function);
		return (fake == null) ? OutgoingCall.of(context, function, method, url, options).answer()
				: FakeAnswer.of(function, Fakes.call(fake, url, options));
	}

}
