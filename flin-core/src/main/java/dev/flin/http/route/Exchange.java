package dev.flin.http.route;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.Percent;
import dev.flin.http.ResponseBody;
import dev.flin.http.body.BodyReader;
import dev.flin.http.body.Upload;
import dev.flin.http.policy.Hosts;
import dev.flin.http.session.Session;
import dev.flin.http.session.SessionCookies;
import dev.flin.runtime.FlinContext;
import dev.flin.value.EntityInstance;
import dev.flin.value.FileValue;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinMap;
import dev.flin.view.Forms;
import dev.flin.view.Nonces;

/**
 * One request as the program sees it, and what it has said about the answer so far. Each part is made when it is first
 * asked for. Used by one thread.
 */
public final class Exchange implements Forms, Nonces {

	private static final String BEARER = "Bearer ";

	private final HttpRequest raw;

	private final String path;

	private final Supplier<String> ids;

	private @Nullable String id;

	private final BodyReader bodyReader;

	private final SessionCookies sessions;

	private final DispatcherPorts.Users users;

	private final Hosts hosts;

	private FlinMap params = new FlinMap();

	private @Nullable FlinMap query;

	private @Nullable List<String> queryPairs;

	private @Nullable FlinMap headers;

	private @Nullable FlinMap cookies;

	private @Nullable FlinMap info;

	private BodyReader.@Nullable Body body;

	private boolean bodyReplaced;

	private @Nullable Object bodyValue;

	private @Nullable Session session;

	private @Nullable FlinMap response;

	private Failure failure = Failure.NONE;

	private @Nullable FlinMap errors;

	private final HttpFields.Builder cookiesToSet = HttpFields.builder();

	private final HttpFields.Builder extraHeaders = HttpFields.builder();

	private @Nullable FlinFunction next;

	private @Nullable FlinContext context;

	private @Nullable String nonce;

	private boolean masked;

	private boolean guarded;

	private boolean hostAsked;

	private @Nullable Object hostUser;

	private boolean tokenRead;

	private @Nullable Object tokenUser;

	private @Nullable String csrfBinding;

	Exchange(HttpRequest raw, String path, Supplier<String> ids, BodyReader bodyReader, SessionCookies sessions,
			DispatcherPorts.Users users, Hosts hosts) {
		this.raw = raw;
		this.path = path;
		this.ids = ids;
		this.bodyReader = bodyReader;
		this.sessions = sessions;
		this.users = users;
		this.hosts = hosts;
	}

	/**
	 * The exchange of a context.
	 * @param name the name that the program used, for the message when there is no request
	 */
	public static Exchange of(FlinContext context, String name) {
		return context.require(Exchange.class, "'" + name + "'");
	}

	/** The request as the host received it. */
	public HttpRequest raw() {
		return this.raw;
	}

	/** The decoded path. */
	public String path() {
		return this.path;
	}

	/** The id of the request, also in logs. */
	public String id() {
		String known = this.id;
		if (known == null) {
			known = this.ids.get();
			this.id = known;
		}
		return known;
	}

	/** {@code params}: what the pattern of the path captured. */
	public FlinMap params() {
		return this.params;
	}

	/** {@code query}: the last value of each key. */
	public FlinMap query() {
		FlinMap known = this.query;
		if (known == null) {
			known = Percent.map(queryPairs());
			this.query = known;
		}
		return known;
	}

	/** {@code headers}, their names in lower case; see {@link #header} for any case. */
	public FlinMap headers() {
		FlinMap known = this.headers;
		if (known == null) {
			FlinMap made = new FlinMap();
			this.raw.headers().forEach((name, value) -> made.put(name.toLowerCase(Locale.ROOT), value));
			this.headers = made;
			return made;
		}
		return known;
	}

	/** {@code headers["X-Name"]} in any case; none when absent. */
	public @Nullable String header(String name) {
		return this.raw.headers().first(name);
	}

	/** {@code cookies} of the request. */
	public FlinMap cookies() {
		FlinMap known = this.cookies;
		if (known == null) {
			known = Cookies.parse(this.raw.headers());
			this.cookies = known;
		}
		return known;
	}

	/** {@code cookies.set(name, value, …)}: sets a cookie of the answer. */
	public void setCookie(String name, String value, Map<?, ?> options) {
		this.cookiesToSet.add("Set-Cookie", Cookies.format(name, value, options, this.raw.secure()));
		cookies().put(name, value);
	}

	/** {@code body}: read when first asked for; after {@code validate} exactly what was declared. */
	public @Nullable Object body() {
		return this.bodyReplaced ? this.bodyValue : readBody().value();
	}

	/** {@code session}: what is remembered about this visitor. */
	public FlinMap session() {
		return loadSession().read().values();
	}

	/** {@code flash}: what the request before left, and what this one leaves for the next. */
	public FlinMap flash() {
		return loadSession().read().flash();
	}

	/**
	 * The user who is signed in, or none. Whom the host has authenticated counts before the user of the session, and
	 * that before whom a token of the application was made for.
	 */
	public @Nullable Object user() {
		askHost();
		if (this.hostUser != null) {
			return this.hostUser;
		}
		Object user = hasSession() ? loadSession().values().get(Session.USER) : null;
		return (user != null) ? user : tokenUser();
	}

	/**
	 * Whom the token of the request was made for. A foreign page cannot send one, so it needs no proof against that.
	 */
	private @Nullable Object tokenUser() {
		FlinContext run = this.context;
		if (!this.tokenRead && run != null) {
			this.tokenRead = true;
			String field = header("Authorization");
			if (field != null && field.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
				this.tokenUser = this.users.ofToken(run, field.substring(BEARER.length()).strip());
			}
		}
		return this.tokenUser;
	}

	private void askHost() {
		if (!this.hostAsked) {
			this.hostAsked = true;
			this.hostUser = this.raw.security().user();
			this.csrfBinding = this.raw.security().csrfBinding();
		}
	}

	/** {@code response}, as middleware sees and changes it: {@code status}, {@code headers} and {@code body}. */
	public FlinMap response() {
		FlinMap known = this.response;
		if (known == null) {
			known = FlinMap.of("status", 200L, "headers", new FlinMap(), "body", null);
			this.response = known;
		}
		return known;
	}

	/** Has an error page shown for a failure; middleware sees its status too. */
	void fail(Failure shown) {
		this.failure = shown;
		response().put("status", (long) shown.status());
	}

	/** What an error page is shown for. */
	public Failure failure() {
		return this.failure;
	}

	/** Whether anybody has looked at {@code response}, and so may have changed it. */
	boolean hasResponse() {
		return this.response != null;
	}

	/** {@code errors} of a form that was refused: messages by field; empty otherwise. */
	public FlinMap errors() {
		FlinMap known = this.errors;
		if (known == null) {
			known = new FlinMap();
			this.errors = known;
		}
		return known;
	}

	@Override
	public String nonce() {
		String known = this.nonce;
		if (known == null) {
			known = this.sessions.newId();
			this.nonce = known;
		}
		return known;
	}

	/** The nonce when the page has used it. */
	@Nullable String usedNonce() {
		return this.nonce;
	}

	@Override
	public @Nullable String formToken() {
		String token = csrfToken();
		if (token == null) {
			return null;
		}
		this.masked = true;
		return this.sessions.mask(token);
	}

	/** Whether the answer is different each time, so that a validator for it would never match again. */
	boolean isUnique() {
		return this.masked || this.nonce != null;
	}

	/** The token of this visitor; null while there is nothing to protect. */
	@Nullable String csrfToken() {
		askHost();
		if (this.csrfBinding != null) {
			return this.sessions.csrfToken(this.csrfBinding);
		}
		Session known = hasSession() ? loadSession() : null;
		return (known == null || known.isNew()) ? null : this.sessions.csrfToken(known);
	}

	/** Whether the answer is for this visitor alone. */
	boolean isPersonal() {
		return this.hostUser != null || this.tokenUser != null || this.session != null || this.guarded;
	}

	/** The route has guards: what it answers to one must not be kept for another. */
	void guarded() {
		this.guarded = true;
	}

	/** The token of a visitor whom the host knows by something that browsers send by themselves; null otherwise. */
	@Nullable String hostCsrfToken() {
		return (this.csrfBinding != null) ? this.sessions.csrfToken(this.csrfBinding) : null;
	}

	@Override
	public @Nullable Object sent(String name) {
		boolean refused = this.errors != null && !this.errors.isEmpty();
		return (refused && readBody().value() instanceof FlinMap form) ? form.get(name) : null;
	}

	/** {@code request}: method, path, url, ip, id, is_https, locale and user. */
	public FlinMap request() {
		FlinMap known = this.info;
		if (known == null) {
			known = describe();
			this.info = known;
		}
		known.put("user", user());
		return known;
	}

	private FlinMap describe() {
		String target = this.raw.outside(this.raw.path()) + (this.raw.query().isEmpty() ? "" : "?" + this.raw.query());
		FlinMap made = new FlinMap();
		made.put("method", this.raw.method());
		made.put("path", this.path);
		made.put("url", this.hosts.base(this.raw) + target);
		made.put("ip", this.raw.remoteAddress());
		made.put("id", id());
		made.put("is_https", this.raw.secure());
		made.put("locale", (this.context != null) ? this.context.locale().toLanguageTag() : "en");
		return made;
	}

	/** The key that a guard has accepted: {@code request.api_key}. */
	void apiKey(EntityInstance key) {
		request().put("api_key", key);
	}

	/** {@code next} of the middleware that runs. */
	public FlinFunction next() {
		if (this.next == null) {
			throw new FlinBugException("next() outside middleware");
		}
		return this.next;
	}

	/** Whether a visitor's session came with the request or was begun by it. */
	public boolean hasSession() {
		return this.session != null || (this.raw.headers().first("Cookie") != null
				&& cookies().containsKey(SessionCookies.name(this.raw.secure())));
	}

	@Nullable Session openedSession() {
		return this.session;
	}

	Session loadSession() {
		Session known = this.session;
		if (known == null) {
			known = this.sessions.load((String) cookies().get(SessionCookies.name(this.raw.secure())),
					this::findUser);
			this.session = known;
		}
		return known;
	}

	/** The current record of an entity; null when there is none. */
	@Nullable EntityInstance find(String entity, long id) {
		return findUser(entity, id);
	}

	private @Nullable EntityInstance findUser(String entity, long id) {
		return (this.context != null) ? this.users.find(this.context, entity, id) : null;
	}

	BodyReader.Body readBody() {
		BodyReader.Body known = this.body;
		if (known == null) {
			known = this.bodyReader.read(this.raw);
			this.body = known;
			if (known.value() instanceof FlinMap form && known.isForm()) {
				form.remove(Csrf.FIELD);
			}
		}
		return known;
	}

	/** All values of a key of the query, in the order in which they were sent. */
	public List<String> queryValues(String name) {
		List<String> pairs = queryPairs();
		return IntStream.range(0, pairs.size() / 2)
			.filter((i) -> pairs.get(2 * i).equals(name))
			.mapToObj((i) -> pairs.get(2 * i + 1))
			.toList();
	}

	List<String> queryPairs() {
		List<String> known = this.queryPairs;
		if (known == null) {
			known = Percent.pairs(this.raw.query());
			this.queryPairs = known;
		}
		return known;
	}

	void replaceBody(@Nullable Object value) {
		this.bodyReplaced = true;
		this.bodyValue = value;
	}

	void replaceQuery(FlinMap values) {
		this.query = values;
	}

	void params(FlinMap params) {
		this.params = params;
	}

	void next(@Nullable FlinFunction next) {
		this.next = next;
	}

	void context(FlinContext context) {
		this.context = context;
	}

	/** Adds a header field to whatever answer there will be. */
	public void addHeader(String name, String value) {
		this.extraHeaders.set(name, value);
	}

	HttpFields cookiesToSet() {
		return this.cookiesToSet.build();
	}

	HttpFields extraHeaders() {
		return this.extraHeaders.build();
	}

	/** Forgets the contents of uploads, at once or, when the answer is one of them, after it was sent. */
	HttpResponse releaseUploads(HttpResponse response) {
		BodyReader.Body read = this.body;
		if (read == null || read.uploads().isEmpty() || !(response.body() instanceof ResponseBody.Content content)) {
			close();
			return response;
		}
		FileValue file = content.file();
		FileValue last = new FileValue(file.name(), file.contentType(), file.size(), file.url(),
				() -> new FilterInputStream(file.open()) {

					@Override
					public void close() throws IOException {
						super.close();
						Exchange.this.close();
					}

				});
		return new HttpResponse(response.status(), response.headers(), new ResponseBody.Content(last));
	}

	/** Forgets the contents of uploads. */
	void close() {
		BodyReader.Body read = this.body;
		if (read != null) {
			for (Upload upload : read.uploads()) {
				try {
					upload.close();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
		}
	}

	/** The user as an entity, or null. */
	@Nullable EntityInstance userEntity() {
		return (user() instanceof EntityInstance entity) ? entity : null;
	}

	/**
	 * What an error page is shown for.
	 *
	 * @param status the status of the answer
	 * @param message what may be said about it
	 */
	public record Failure(int status, String message) {

		static final Failure NONE = new Failure(200, "");

	}

}
