package dev.flin.autoconfigure.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

import dev.flin.FlinStore;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.value.EntityInstance;

class FlinJacksonAutoConfigurationTests {

	@TempDir
	private Path root;

	private ApplicationContextRunner runner() throws IOException {
		Files.writeString(this.root.resolve("Shop.flin"), """
				entity Maker { name: text }
				entity Product { name: text  price: decimal  secret: text = "s" @hidden  maker: Maker? }
				""");
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, FlinAutoConfiguration.class,
					FlinJacksonAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory");
	}

	record Answer(String title, List<EntityInstance> products) {

	}

	record Product(long id, String name) {

	}

	@Test
	void shouldWriteRecordsAsFlinDoes() throws IOException {
		runner().run((context) -> {
			FlinStore store = context.getBean(FlinStore.class);
			EntityInstance maker = store.create("Maker", Map.of("name", "Ama"));
			store.create("Product", Map.of("name", "Pen", "price", new BigDecimal("2.50"), "maker", maker));
			EntityInstance pen = store.all("Product").getFirst();
			JsonMapper mapper = context.getBean(JsonMapper.class);
			assertThat(mapper.writeValueAsString(new Answer("all", List.of(pen)))).isEqualTo("""
					{"title":"all","products":[{"id":1,"name":"Pen","price":"2.50","maker":{"id":1,"name":"Ama"}}]}""");
			assertThat(mapper.valueToTree(pen).get("maker").get("name").stringValue()).isEqualTo("Ama");
			assertThat(mapper.convertValue(maker, Product.class)).isEqualTo(new Product(1, "Ama"));
		});
	}

	@Test
	void shouldDoWithoutJackson() throws IOException {
		runner().withClassLoader(new FilteredClassLoader("tools.jackson"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("flinJacksonModule"));
	}

}
