package dev.flin.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.flin.diag.Diagnostic;
import dev.flin.runtime.entity.EntityDefinition;
import dev.flin.runtime.entity.FieldDefinition;
import dev.flin.runtime.entity.FieldDefinition.Flag;
import dev.flin.runtime.lib.StandardLibrary;
import dev.flin.source.SourceFile;
import dev.flin.syntax.Syntax;
import dev.flin.syntax.SyntaxTree;
import dev.flin.types.Checker;

class EntityDefinitionsTests {

	private static EntityDefinitions read(String source) {
		SyntaxTree tree = Syntax.parse(new SourceFile("entities/all.flin", source));
		return EntityDefinitions.of(
				Checker.check(List.of(tree), new CatalogSignatures(StandardLibrary.catalog())).declarations());
	}

	private static String problems(String source) {
		return String.join(", ", read(source).diagnostics().stream().map(EntityDefinitionsTests::show).toList());
	}

	private static String show(Diagnostic diagnostic) {
		return diagnostic.code() + " " + diagnostic.line();
	}

	@Test
	void fieldsKeepTheirTypesDefaultsAndDecorators() {
		EntityDefinitions definitions = read("""
				enum Genre { Novel, Poem }
				entity Writer { name: text }
				entity Book {
				    title: text @required @was("name") = "untitled"
				    genre: Genre = "Novel"
				    writer: Writer? @on_delete(cascade) @inverse("works")
				    pages: int @min(1) where <= 5000
				    added: time = now
				    thick: bool => pages > 500
				    @index(genre, pages)
				    @retention(90.days)
				    before save { title = title.trim }
				}
				""");
		EntityDefinition book = definitions.all().get(1);
		assertThat(definitions.diagnostics()).isEmpty();
		assertThat(definitions.enums()).containsEntry("Genre", List.of("Novel", "Poem"));
		assertThat(book.fields()).extracting(FieldDefinition::type)
			.containsExactly("text", "Genre", "Writer?", "int", "time", "bool");
		FieldDefinition title = book.fields().getFirst();
		assertThat(title.is(Flag.REQUIRED)).isTrue();
		assertThat(title.initial()).isEqualTo("untitled");
		assertThat(title.was()).containsExactly("name");
		assertThat(book.fields().get(2).onDelete()).isEqualTo("cascade");
		assertThat(book.fields().get(2).inverse()).isEqualTo("works");
		assertThat(book.fields().get(3).rules()).hasSize(2);
		assertThat(book.fields().get(4).initialCode()).isEqualTo(1);
		assertThat(book.fields().get(5).computedCode()).isEqualTo(2);
		assertThat(book.hooks()).containsExactly(new EntityDefinition.Hook(true, "save", 3));
		assertThat(book.indexes()).containsExactly(new EntityDefinition.Index(List.of("genre", "pages"), false));
		assertThat(book.retention()).isEqualTo(new EntityDefinition.Retention(Duration.ofDays(90), 0, null, null));
	}

	@Test
	void whatCannotBeDeclaredIsRefusedAtItsPlace() {
		assertThat(problems("entity E {\n    id: int\n}")).isEqualTo("E0401 2");
		assertThat(problems("entity E {\n    a: int\n    a: text\n}")).isEqualTo("E0108 3");
		assertThat(problems("entity E { a: int @nope }")).isEqualTo("E0402 1");
		assertThat(problems("entity E { a: int @email }")).isEqualTo("E0403 1");
		assertThat(problems("entity E { a: text @pattern(\"(\") }")).isEqualTo("E0403 1");
		assertThat(problems("entity T { n: text }\nentity M {\n    a: T\n    b: T\n}")).isEqualTo("E0404 4");
		assertThat(problems("entity E { a: text @encrypted }")).isEmpty();
		assertThat(problems("entity E { a: text @encrypted @searchable }")).isEqualTo("E0403 1");
		assertThat(problems("entity E { a: semantic text @encrypted }")).isEqualTo("E0403 1");
		assertThat(problems("entity E { b: E? @encrypted }")).isEqualTo("E0403 1");
		assertThat(problems("entity E { a: int, b: int @encrypted => a + 1 }")).isEqualTo("E0403 1");
		assertThat(problems("entity E { a: int, @compact(after: 1.days, to: \"yearly\") }")).isEqualTo("E0403 1");
	}

}
