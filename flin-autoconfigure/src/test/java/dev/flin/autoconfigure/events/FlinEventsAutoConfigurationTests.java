package dev.flin.autoconfigure.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import dev.flin.FlinEngine;
import dev.flin.FlinStore;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.value.EntityInstance;

class FlinEventsAutoConfigurationTests {

	@TempDir
	private Path root;

	private ApplicationContextRunner runner = new ApplicationContextRunner();

	@BeforeEach
	void setUp() throws IOException {
		Files.writeString(this.root.resolve("Product.flin"), "entity Product { name: text  price: int = 0 }\n");
		Files.writeString(this.root.resolve("all.flin"), """
				transaction {
				    save Product { name: "a" }
				    save Product { name: "b" }
				}
				try {
				    transaction {
				        save Product { name: "c" }
				        fail("no")
				    }
				} catch e { }
				""");
		this.runner = this.runner
			.withConfiguration(AutoConfigurations.of(FlinAutoConfiguration.class, FlinEventsAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory")
			.withUserConfiguration(Listener.class);
	}

	private static List<String> take(Listener listener, int count) throws InterruptedException {
		List<String> taken = new java.util.ArrayList<>();
		for (int i = 0; i < count; i++) {
			taken.add(String.valueOf(listener.heard.poll(30, TimeUnit.SECONDS)));
		}
		return taken;
	}

	@Test
	void shouldTellOfEachChangeInOrder() {
		this.runner.run((context) -> {
			FlinStore store = context.getBean(FlinStore.class);
			EntityInstance pen = store.create("Product", Map.of("name", "Pen"));
			store.update(pen, Map.of("price", 3L));
			store.delete(pen);
			assertThat(take(context.getBean(Listener.class), 3)).containsExactly("CREATED Product 1",
					"UPDATED Product 1", "DELETED Product 1");
			assertThat(context.getBean(Listener.class).thread).isEqualTo("flin-changes");
		});
	}

	@Test
	void shouldTellOfWhatWasCommittedAlone() {
		this.runner.run((context) -> {
			context.getBean(FlinEngine.class).run("all.flin");
			context.getBean(FlinStore.class).create("Product", Map.of("name", "last"));
			assertThat(take(context.getBean(Listener.class), 3)).containsExactly("CREATED Product 1",
					"CREATED Product 2", "CREATED Product 4");
			assertThat(context.getBean(Listener.class).heard).isEmpty();
		});
	}

	@Test
	void shouldTellNothingWhenItIsSwitchedOff() {
		this.runner.withPropertyValues("flin.events.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("flinChangeEvents"));
	}

	static class Listener {

		final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

		volatile String thread = "";

		@EventListener
		void changed(FlinChangeEvent event) {
			this.thread = Thread.currentThread().getName();
			this.heard.add(event.kind() + " " + event.entity() + " " + event.id());
		}

	}

}
