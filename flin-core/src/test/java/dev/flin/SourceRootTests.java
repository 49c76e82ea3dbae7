package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a directory. */
class SourceRootTests {

	@TempDir
	private Path directory;

	private void file(String path, String content) throws IOException {
		Path file = this.directory.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

	@Test
	void foldersWithADotAreNoneOfTheApplicationUnlessTheyAreServed() throws IOException {
		file("app/index.flin", "<p>x</p>");
		file("i18n/fr.json", "{}");
		file(".flindb/recovery.json", "[]");
		file("app/.drafts/next.flin", "oh no");
		file("public/.well-known/security.txt", "Contact: x");
		SourceRoot.Tree tree = SourceRoot.directory(this.directory).read();
		assertThat(tree.sources()).containsOnlyKeys("app/index.flin", "i18n/fr.json");
		assertThat(tree.files()).containsOnlyKeys(".well-known/security.txt");
	}

	@Test
	void aDirectoryThatIsNotThereHasNoFiles() throws IOException {
		SourceRoot.Tree tree = SourceRoot.directory(this.directory.resolve("none")).read();
		assertThat(tree.sources()).isEmpty();
	}

}
