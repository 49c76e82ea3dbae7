package dev.flin;

import dev.flin.value.Html;

/** What a visitor sees in development instead of a page whose file has an error. */
final class DiagnosticsPage {

	private static final String HEAD = """
			<!doctype html>
			<html lang="en"><head><meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<title>This page has an error</title>
			<style nonce="{nonce}">
			body { margin: 0; padding: 2rem; background: #1b1d23; color: #e6e6e6; font: 16px system-ui, sans-serif }
			h1 { font-size: 1.25rem; color: #ff8080 }
			pre { overflow: auto; padding: 1rem; background: #111318; border-radius: .5rem; line-height: 1.5 }
			</style></head>
			""";

	private DiagnosticsPage() {
	}

	static Html of(String rendered, String nonce) {
		String text = rendered.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
		return Html.of(HEAD.replace("{nonce}", nonce) + "<body><h1>This page has an error</h1><pre>" + text + """
				</pre><p>It comes back as soon as the file is mended.</p></body></html>
				""");
	}

}
