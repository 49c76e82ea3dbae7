package dev.flin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinCliTests {

	@TempDir
	private Path directory;

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private Path file(String name, String text) throws IOException {
		Path path = this.directory.resolve(name);
		Files.createDirectories(path.getParent());
		return Files.writeString(path, text);
	}

	private int flin(Object... args) {
		String[] texts = new String[args.length];
		for (int i = 0; i < args.length; i++) {
			texts[i] = args[i].toString();
		}
		return FlinCli.run(texts, new PrintWriter(this.out, true), new PrintWriter(this.err, true));
	}

	@Test
	void runsAFile() throws IOException {
		Path file = file("hello.flin", "name = \"Ada\"\nprint(\"Hello {name}\")\n");
		assertThat(flin("run", file)).isZero();
		assertThat(this.out.toString()).isEqualToNormalizingNewlines("Hello Ada\n");
	}

	@Test
	void runsAFileWithTheApplicationAroundIt() throws IOException {
		file("lib/words.flin", "fn twice(n: int) {\n    n * 2\n}\n");
		Path file = file("main.flin", "print(twice(21))\n");
		assertThat(flin("run", file)).isZero();
		assertThat(this.out.toString().strip()).isEqualTo("42");
	}

	@Test
	void theApplicationAroundMayLieInFoldersOfItsFolders() throws IOException {
		file("components/ui/text/Shout.flin", "<b>{props.word.upper}</b>\n");
		Path page = file("app/deep/down/index.flin", "<Shout word=\"hi\"/>\n");
		assertThat(flin("render", page)).isZero();
		assertThat(this.out.toString()).contains("<b>HI</b>");
	}

	@Test
	void aDirectoryIsNotRun() throws IOException {
		file("app/index.flin", "<p>hi</p>\n");
		assertThat(flin("run", this.directory)).isEqualTo(1);
		assertThat(this.err.toString()).contains("is a directory: give one of its files");
	}

	@Test
	void theFunctionsOfServicesAreThere() throws IOException {
		Path file = file("services.flin", """
				print(verify_password("s3cret", hash_password("s3cret")), verify_token(create_token(7)).sub)
				print(try { http_get("http://localhost:9/") } catch e { e.code })
				""");
		assertThat(flin("run", file)).isZero();
		assertThat(this.out.toString()).isEqualToNormalizingNewlines("true 7\nHttpError\n");
		file("all.test.flin", "test \"hashes\" { assert verify_password(\"a\", hash_password(\"a\")) }\n");
		assertThat(flin("check", this.directory)).isZero();
		assertThat(flin("test", this.directory)).isZero();
	}

	@Test
	void showsWhereAProgramFailed() throws IOException {
		Path file = file("fails.flin", "fn boom() {\n    fail(\"too bad\")\n}\nboom()\n");
		assertThat(flin("run", file)).isEqualTo(1);
		assertThat(this.err.toString()).contains("error: too bad", "fails.flin:2").doesNotContain(".java");
	}

	@Test
	void checkCountsErrorsAndWarnings() throws IOException {
		file("app/index.flin", "total = cuont + 1\n<p>{total}</p>\n");
		file("lib/ok.flin", "fn one() {\n    1\n}\n");
		assertThat(flin("check", this.directory)).isEqualTo(1);
		assertThat(this.out.toString()).contains("app/index.flin:1:9");
		assertThat(this.out.toString().strip()).endsWith("2 files, 1 error, 0 warnings");
	}

	@Test
	void runsTests() throws IOException {
		file("app/hello.flin", "route GET { \"hello\" }\n");
		file("app/hello.test.flin", """
				test "greets" { assert request(GET, "/hello").text == "\\"hello\\"" }
				test "fails" {
				    print("here")
				    assert 1 == 2
				}
				""");
		assertThat(flin("test", this.directory)).isEqualTo(1);
		assertThat(this.out.toString()).isEqualToNormalizingNewlines("""
				ok    app/hello.test.flin: greets
				FAIL  app/hello.test.flin: fails
				      > here
				      assertion failed: 1 == 2
				        left:  1
				        right: 2
				        at test (app/hello.test.flin:4)
				1 passed, 1 failed
				""");
		assertThat(flin("test", this.directory, "--name", "^greets")).isZero();
	}

	@Test
	void aNameThatNoTestHasIsNotASuccess() throws IOException {
		file("app/hello.test.flin", "test \"greets\" {\n    assert 1 == 1\n}\n");
		assertThat(flin("test", this.directory, "--name", "greats")).isEqualTo(1);
		assertThat(this.out.toString().strip()).isEqualTo("no test has a name that 'greats' matches");
	}

	@Test
	void checkIsQuietAboutGoodFiles() throws IOException {
		file("lib/ok.flin", "fn one() {\n    1\n}\n");
		assertThat(flin("check", this.directory)).isZero();
		assertThat(this.out.toString().strip()).isEqualTo("1 file, 0 errors, 0 warnings");
	}

	@Test
	void checkOfOneFileKnowsItsApplication() throws IOException {
		file("entities/Tea.flin", "entity Tea { name: text }\n");
		file("components/Price.flin", "<b>{cuont}</b>\n");
		Path file = file("components/Card.flin", "<p>{Tea.count} <Price/></p>\n<Prize/>\n");
		assertThat(flin("check", file)).isEqualTo(1);
		assertThat(this.out.toString()).contains("components/Card.flin:2:2", "there is no component 'Prize'");
		assertThat(this.out.toString().strip()).endsWith("1 file, 1 error, 0 warnings");
	}

	@Test
	void checkShowsFormsThatAreNotBuiltYet() throws IOException {
		file("lib/later.flin", "entity Tea { name: text }\nsearch \"green\" in Tea\n");
		assertThat(flin("check", this.directory)).isEqualTo(1);
		assertThat(this.out.toString()).contains("error[E0099]", "lib/later.flin:2");
		assertThat(this.out.toString().strip()).endsWith("1 file, 1 error, 0 warnings");
	}

	@Test
	void checkFindsTwoFilesForOneAddress() throws IOException {
		file("app/about.flin", "<p>One</p>\n");
		file("app/about/index.flin", "<p>Two</p>\n");
		assertThat(flin("check", this.directory)).isEqualTo(1);
		assertThat(this.out.toString()).contains("error[E0502]: the page /about is declared twice",
				"app/about/index.flin:1:1", "the first is in app/about.flin:1");
	}

	@Test
	void checkShowsMalformedAddresses() throws IOException {
		file("app/api.flin", "route GET \"users\" {\n    1\n}\nroute GET \"/[...rest]/more\" {\n    2\n}\n");
		file("app/[id]/[id].flin", "<p>{params.id}</p>\n");
		assertThat(flin("check", this.directory)).isEqualTo(1);
		assertThat(this.out.toString()).contains("error[E0501]: a path starts with '/', this one does not: users",
				"app/api.flin:1:1", "nothing may follow a catch-all", "app/api.flin:4:1",
				"the name of this file is no address: two parameters have one name: /[id]/[id]");
	}

	@Test
	void formatsTheFilesOfAFolder() throws IOException {
		Path file = file("app/index.flin", "total=1   +2;\n<p>{ total }</p>");
		file("app/good.flin", "x = 1\n");
		Path other = file("app/notes.txt", "a=1");
		file("app/target/copy.flin", "a=1");
		assertThat(flin("fmt", this.directory)).isZero();
		assertThat(this.out.toString().lines()).containsExactly(file.toString(), "1 formatted, 1 unchanged");
		assertThat(file).hasContent("total = 1 + 2\n<p>{total}</p>\n");
		assertThat(other).hasContent("a=1");
		assertThat(this.directory.resolve("app/target/copy.flin")).hasContent("a=1");
	}

	@Test
	void fmtCheckChangesNothing() throws IOException {
		Path file = file("lib/a.flin", "a=1");
		assertThat(flin("fmt", "--check", this.directory)).isEqualTo(1);
		assertThat(this.out.toString().lines()).containsExactly(file.toString(), "1 would change, 0 unchanged");
		assertThat(file).hasContent("a=1");
		assertThat(flin("fmt", file)).isZero();
		assertThat(flin("fmt", "--check", this.directory)).isZero();
	}

	@Test
	void fmtLeavesFilesWithSyntaxErrors() throws IOException {
		Path file = file("lib/broken.flin", "a=(1\n");
		file("lib/good.flin", "a=1");
		assertThat(flin("fmt", this.directory)).isEqualTo(1);
		assertThat(file).hasContent("a=(1\n");
		assertThat(this.err.toString()).contains("error[E0011]", "broken.flin:1:3");
		assertThat(this.out.toString()).contains("1 formatted, 0 unchanged, 1 with errors");
	}

	@Test
	void formatsTheStandardInput() {
		assertThat(flinReading("x=1", "fmt", "-")).isZero();
		assertThat(flinReading("x=(", "fmt", "-")).isEqualTo(1);
		assertThat(this.out.toString()).isEqualTo("x = 1\nx=(");
	}

	@Test
	void rendersAComponent() throws IOException {
		Path file = file("components/Hello.flin", "<p>Hello {props.name}</p>\n");
		assertThat(flin("render", file, "--props", "{\"name\": \"<Ada>\"}")).isZero();
		assertThat(this.out.toString().strip()).isEqualTo("<p>Hello &lt;Ada&gt;</p>");
	}

	@Test
	void commandsSeeTheMessagesAndServedFilesOfTheApplication() throws IOException {
		file("i18n/en.json", "{\"greeting\": \"Hello {name}\"}");
		file("public/css/site.css", "p { color: teal }");
		Path page = file("app/index.flin", """
				<p>{t("greeting", name: "Ada")} {asset_url("css/site.css").ends_with(".css")}</p>
				""");
		file("app/index.test.flin", """
				test "greets" {
				    assert "Hello Ada true" in request(GET, "/").text
				    assert request(GET, "/css/site.css").status == 200
				}
				""");
		assertThat(flin("test", this.directory)).isZero();
		this.out.getBuffer().setLength(0);
		assertThat(flin("render", page)).isZero();
		assertThat(this.out.toString()).contains("<p>Hello Ada true</p>");
	}

	@Test
	void saysWhatIsMissing() {
		assertThat(flin("run", this.directory.resolve("nothing.flin"))).isEqualTo(1);
		assertThat(this.err.toString()).contains("there is no file");
		assertThat(flin("fly")).isEqualTo(2);
	}

	@Test
	void runsTheStandardInput() {
		assertThat(flinReading("print(6 * 7)", "run", "-")).isZero();
		assertThat(this.out.toString().strip()).isEqualTo("42");
		assertThat(flinReading("print(cuont)", "run", "-")).isEqualTo(1);
		assertThat(this.err.toString()).contains("--> stdin.flin:1:7");
	}

	@Test
	void endlessRecursionIsToldInAFewLines() throws IOException {
		Path file = file("deep.flin", "fn down(n) { 1 + down(n + 1) }\nprint(down(0))\n");
		assertThat(flin("run", file)).isEqualTo(1);
		assertThat(this.err.toString().lines()).hasSizeLessThan(6)
			.contains("  at down (deep.flin:1)")
			.anyMatch((line) -> line.matches("  the line above, \\d+ times more"));
	}

	@Test
	void aFileThatIsNoTextIsNamed() throws IOException {
		Path file = this.directory.resolve("latin.flin");
		Files.write(file, "print(1)\nprint(\"é\")\n".getBytes(StandardCharsets.ISO_8859_1));
		for (String command : List.of("run", "check", "fmt", "render")) {
			this.err.getBuffer().setLength(0);
			assertThat(flin(command, file)).as(command).isEqualTo(1);
			assertThat(this.err.toString()).isEqualToNormalizingNewlines(
					"error: " + file + " is not UTF-8 text: its line 2 has bytes that are no characters of it\n");
		}
	}

	@Test
	void aFileOfAnotherKindIsNotTakenForFlin() throws IOException {
		Path file = file("notes.txt", "print(1)\n");
		for (String command : List.of("run", "check", "test", "render")) {
			this.err.getBuffer().setLength(0);
			assertThat(flin(command, file)).as(command).isEqualTo(1);
			assertThat(this.err.toString()).isEqualToNormalizingNewlines(
					"error: " + file + " is no FLIN file: its name does not end with .flin\n");
		}
	}

	@Test
	void commandsThatWorkInADirectoryMakeNoneUnasked() throws IOException {
		Path missing = this.directory.resolve("missing");
		Path file = file("a.flin", "print(1)\n");
		assertThat(flinReading("1\n", "repl", missing)).isEqualTo(1);
		assertThat(flin("migrate", missing)).isEqualTo(1);
		assertThat(flin("recover", missing, this.directory.resolve("new"))).isEqualTo(1);
		assertThat(flinReading("1\n", "repl", file)).isEqualTo(1);
		assertThat(this.err.toString().lines()).containsExactly("error: there is no directory " + missing,
				"error: there is no directory " + missing, "error: there is no directory " + missing,
				"error: " + file + " is a file: give a directory");
		assertThat(missing).doesNotExist();
	}

	@Test
	void aPatternOfNamesThatIsNoneIsWrongUsage() {
		assertThat(flin("test", "--name", "[", this.directory)).isEqualTo(2);
		assertThat(this.err.toString()).startsWith("--name: Unclosed character class");
	}

	private int flinReading(String input, Object... args) {
		InputStream before = System.in;
		System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
		try {
			return flin(args);
		}
		finally {
			System.setIn(before);
		}
	}

	private void repl(String input, Object... args) {
		assertThat(flinReading(input, args)).isZero();
	}

	@Test
	void aSessionFromAPipeShowsResultsAlone() {
		repl("x = 20\nfn twice(n) {\n    n * 2\n}\nprint(\"hi\")\ntwice(x)\ncuont\n:quit\nx\n", "repl");
		assertThat(this.out.toString()).startsWith("hi\n40\nerror[E0102]: undefined variable 'cuont'")
			.contains("session.flin:7:1")
			.doesNotContain("20\n", "\u001b", ">\n");
	}

	@Test
	void aSessionWorksInAnApplicationAndItsRecords() throws IOException {
		file("entities/Tea.flin", "entity Tea { name: text }\n");
		repl("save Tea { name: \"Assam\" }\n", "repl", this.directory);
		repl("Tea.first?.name\n", "repl", this.directory);
		repl("Tea.count\n", "repl", this.directory, "--memory");
		assertThat(this.out.toString()).isEqualToNormalizingNewlines("Tea #1\n\"Assam\"\n0\n");
	}

	@Test
	void aSessionGoesOnWithoutFilesThatAreWrong() throws IOException {
		file("lib/tea.flin", "fn steep(n) { n * }\n");
		repl("1 + 1\n", "repl", this.directory);
		assertThat(this.out.toString()).startsWith("error[E0010]")
			.endsWith("The session is without these files until they are mended and ':reload' reads them.\n2\n");
	}

	@Test
	void backsUpRestoresVerifiesAndRecovers() throws IOException {
		Path program = file("notes.flin",
				"entity Note {\n    body: text\n}\nsave Note { body: \"n\" }\nprint(Note.count)\n");
		Path data = this.directory.resolve("data");
		Path kept = Files.createDirectories(this.directory.resolve("kept"));
		Path secret = file("secret.txt", "correct horse\n");
		assertThat(flin("run", program, "--data", data)).isZero();
		Path full = kept.resolve("a.flinbackup");
		assertThat(flin("backup", full, "--data", data, "--encrypt", "--passphrase-file", secret)).isZero();
		assertThat(flin("run", program, "--data", data)).isZero();
		assertThat(flin("backup", kept.resolve("b.flinbackup"), "--data", data, "--incremental-from", full, "--encrypt",
				"--passphrase-file", secret))
			.isZero();
		Path restored = this.directory.resolve("restored");
		assertThat(flin("restore", kept, restored)).isEqualTo(1);
		assertThat(this.err.toString()).contains("is encrypted: give its passphrase");
		assertThat(restored).doesNotExist();
		assertThat(flin("restore", kept, restored, "--passphrase-file", secret)).as(this.err.toString()).isZero();
		assertThat(this.out.toString()).contains("2 records");
		assertThat(flin("db", "verify", restored)).isZero();
		assertThat(this.out.toString()).contains("2 records, 0 older versions, 0 index entries, 0 damages");
		assertThat(flin("restore", kept, restored, "--passphrase-file", secret)).isEqualTo(1);
		assertThat(this.err.toString()).contains("already has a store");
		assertThat(flin("restore", kept, restored, "--passphrase-file", secret, "--replace")).isZero();
		assertThat(flin("restore", kept, this.directory.resolve("early"), "--at", "2020-01-01 10:00")).isEqualTo(1);
		assertThat(this.err.toString()).contains("nothing before that can be restored");
		Path copy = this.directory.resolve("copy");
		assertThat(flin("recover", restored, copy)).isZero();
		assertThat(this.out.toString()).contains("copy: 2 records");
		assertThat(flin("run", program, "--data", copy)).isZero();
		assertThat(this.out.toString().strip()).endsWith("3");
	}

	@Test
	void showsAPlanAndMigrates() throws IOException {
		Path application = this.directory.resolve("shop");
		Path data = application.resolve(".flindb");
		file("shop/entities/Tea.flin", "entity Tea {\n    price: text\n    color: text\n}\n");
		Path fill = file("shop/fill.flin", "save Tea { price: \"cheap\", color: \"green\" }\n");
		assertThat(flin("run", fill, "--data", data)).isZero();
		Files.delete(fill);
		assertThat(flin("migrate", "--plan", application)).isZero();
		assertThat(this.out.toString()).isEqualToNormalizingNewlines("Nothing to do\n");
		file("shop/entities/Tea.flin", "entity Tea {\n    price: int\n}\n");
		assertThat(flin("migrate", "--plan", application)).isEqualTo(1);
		assertThat(this.out.toString()).contains("Change the type of Tea.price", "Hide Tea.color",
				"Refused: 1 value of Tea.price cannot become the new type: cheap");
		file("shop/migrations/2026-11-20-prices.flin",
				"migrate {\n    for tea in Tea.all {\n        tea.price = 1\n        save tea\n    }\n}\n");
		assertThat(flin("migrate", "--plan", application)).isZero();
		assertThat(this.out.toString()).contains("Run migrations/2026-11-20-prices.flin",
				"To be mended by the migrations: 1 value of Tea.price");
		assertThat(flin("migrate", application)).as(this.err.toString()).isZero();
		assertThat(this.out.toString().strip()).endsWith("Done");
		assertThat(flin("migrate", "--plan", application)).isZero();
		assertThat(this.out.toString().strip()).endsWith("Nothing to do");
	}

}
