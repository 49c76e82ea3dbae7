package dev.flin.autoconfigure.attacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The files of the application that is attacked. */
final class Victim {

	private static final Map<String, String> FILES = new LinkedHashMap<>();

	static {
		FILES.put("entities/User.flin", """
				entity User {
				    name: text @required @unique
				    role: text = "member"
				    secret: text? @hidden
				    bio: text?
				}
				entity Note { title: text  owner: User }
				""");
		FILES.put("app/api/setup.flin", """
				route POST {
				    if User.count > 0 { return { ok: true } }
				    ada = User { name: "ada", role: "admin", secret: hash_password("ada-secret") }
				    bob = User { name: "bob", secret: hash_password("bob-secret") }
				    eve = User { name: "eve", secret: hash_password("eve-secret") }
				    save ada
				    save bob
				    save eve
				    save Note { title: "of-bob", owner: bob }
				    { ok: true }
				}
				""");
		FILES.put("app/api/enter.flin", """
				route POST {
				    session.user = User.where(name == query.name).first
				    { ok: true }
				}
				""");
		FILES.put("app/api/login.flin", """
				guard rate_limit(5, 3600, by: body.name)
				route POST {
				    user = User.where(name == body.name).first
				    if user == none || !verify_password(body.password, user.secret) { return error(401, "Wrong") }
				    session.user = user
				    { ok: true }
				}
				""");
		FILES.put("app/api/me.flin", """
				guard auth
				route GET { request.user }
				route POST {
				    validate { bio: text }
				    me = request.user
				    me.bio = body.bio
				    save me
				    { keys: body.keys }
				}
				""");
		FILES.put("app/api/users.flin", """
				route POST {
				    validate { name: text @required }
				    made = User { ...body }
				    save made
				    { role: made.role }
				}
				""");
		FILES.put("app/api/notes/[id].flin", """
				guard owner(Note.find(params.id))
				route GET { Note.find(params.id) }
				route DELETE { { deleted: true } }
				""");
		FILES.put("app/api/admin/stats.flin", """
				guard role("admin")
				route GET { { stats: "admin-figures" } }
				route DELETE { { gone: "admin-figures" } }
				""");
		FILES.put("app/admin/index.flin", "guard role(\"admin\")\n<h1>admin-figures</h1>\n");
		FILES.put("app/api/go.flin", "route GET { redirect(query.to) }\n");
		FILES.put("app/api/echo.flin", "route POST { body }\nroute GET { { said: query.v } }\n");
		FILES.put("app/api/header.flin", "route GET {\n    set_header(\"X-Note\", query.v)\n    { ok: true }\n}\n");
		FILES.put("app/api/cookie.flin", "route GET {\n    cookies.set(\"note\", query.v)\n    { ok: true }\n}\n");
		FILES.put("app/api/limited.flin", "guard rate_limit(3, 3600)\nroute GET { { ok: true } }\n");
		FILES.put("app/api/internal.flin", "guard ip_whitelist(\"10.0.0.0/8\")\nroute GET { { in: \"figures\" } }\n");
		FILES.put("app/api/match.flin", "route GET { { match: test_regex(query.s, /^(a+)+$/) } }\n");
		FILES.put("app/api/upload.flin", "route POST { { size: body.document.size, name: body.document.name } }\n");
		FILES.put("app/api/partner.flin", "guard api_key\nroute GET { { feed: \"partner-figures\" } }\n");
		FILES.put("app/api/token.flin", """
				route POST { { token: create_token(query.name) } }
				route GET {
				    claims = verify_token(headers.authorization)
				    if claims == none { return error(401, "No token") }
				    { sub: claims.sub }
				}
				""");
		FILES.put("app/api/link.flin", "route GET { { link: signed_url(\"/api/paper?id=7\") } }\n");
		FILES.put("app/api/paper.flin", "guard signed\nroute GET { { paper: query.id } }\n");
		FILES.put("app/api/sleep.flin", "route GET {\n    while true { x = 1 }\n    { ok: true }\n}\n");
		FILES.put("app/api/deep.flin", "fn down(n) { 1 + down(n + 1) }\nroute GET { { n: down(1) } }\n");
		FILES.put("app/api/big.flin", "route GET { { n: \"x\".repeat(2000000000).len } }\n");
		FILES.put("app/api/fail.flin", "route GET { fail(\"db-password-7\") }\n");
		FILES.put("app/api/url.flin", "route GET { { url: request.url, ip: request.ip } }\n");
		FILES.put("entities/Paper.flin", "entity Paper { document: file }\n");
		FILES.put("app/api/paper-file.flin", """
				route POST {
				    paper = Paper { document: body.document }
				    save paper
				    paper.document.url
				}
				""");
		FILES.put("app/api/keep.flin", "route POST { save_file(body.document, query.dir ?? \"docs\").url }\n");
		FILES.put("app/api/forget.flin", "route POST { delete_file(query.url) }\n");
		FILES.put("app/api/events.flin", """
				sse { emit(query.data ?? "one", event: query.name, id: query.id) }
				""");
		FILES.put("app/api/name.flin", """
				route GET "/api/name/cookie" { set_cookie(query.v, "x") }
				route GET "/api/name/header" { set_header(query.v, "x") }
				route GET "/api/name/response" { response { body: 1  headers: [query.v: "x"] } }
				""");
		FILES.put("app/api/log.flin", """
				route GET {
				    log_warn("said: " ++ (query.v ?? ""), by: query.v)
				    if query.fail { fail(query.fail) }
				    none
				}
				""");
		FILES.put("app/api/files/[...path].flin", "route GET { stream { emit fail(params.path) } }\n");
		FILES.put("app/_middleware.flin", "middleware only \"/api/star/*/*/*/*/*/*/b\" { next() }\n");
		FILES.put("app/api/star/[...path].flin", "route GET { 1 }\n");
		FILES.put("app/api/xml.flin", "route POST { to_json(parse_xml(body)) }\n");
		FILES.put("app/api/yaml.flin", "route POST { to_json(parse_yaml(body)).len }\n");
		FILES.put("app/api/pattern.flin", """
				route POST {
				    validate { s: text @required @pattern("^(a+)+$") }
				    1
				}
				""");
		FILES.put("app/api/checked.flin", """
				route POST {
				    validate {
				        url: text? @url
				        email: text? @email
				        words: text? @pattern("^([a-z]|-[a-z])*$")
				        twice: text? @pattern("(.*)*x\\\\1y")
				    }
				    none
				}
				""");
		FILES.put("app/api/away.flin", "route GET { redirect(query.to, external: true) }\n");
		FILES.put("app/api/refuse.flin", "route GET { error(400, query.v) }\n");
		FILES.put("app/api/pay.flin", """
				guard auth
				idempotent
				route POST { { by: request.user.name } }
				""");
		FILES.put("app/show.flin", """
				v = query.v || ""
				<p id="text">{v}</p>
				<p id="attr" title="{v}">a</p>
				<a id="href" href={v}>b</a>
				<img id="src" src="{v}">
				<p id="style" style="color: {v}">c</p>
				<div id="html"><raw>{v}</raw></div>
				<script type="application/json">{ { v: v } }</script>
				<form method="post" action="/api/echo"><button>Go</button></form>
				""");
		FILES.put("app/open.flin", "<h1>open</h1>\n");
		FILES.put("lib/hidden.flin", "fn hidden_function() { \"source-figures\" }\n");
		FILES.put("public/plain.txt", "plain");
		FILES.put("public/.env", "PASSWORD=dot-figures");
		FILES.put("application.properties", "secret=property-figures");
	}

	private Victim() {
	}

	/** Writes them into {@code flin} below a directory that has something to steal as well. */
	static void write(Path root) throws IOException {
		Files.writeString(root.resolve("outside.txt"), "outside-figures");
		for (Map.Entry<String, String> file : FILES.entrySet()) {
			Path path = root.resolve("flin").resolve(file.getKey());
			Files.createDirectories(Objects.requireNonNull(path.getParent()));
			Files.writeString(path, file.getValue());
		}
	}

}
