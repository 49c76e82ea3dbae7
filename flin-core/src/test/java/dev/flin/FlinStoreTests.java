package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;

/** What FLIN can do with records, a Java host can do too. */
class FlinStoreTests {

	private static final Map<String, String> FILES = Map.of("entities/Shop.flin", """
			entity Maker { name: text @unique }
			entity Product {
			    name: text @required
			    price: int @index = 0
			    maker: Maker?
			    double_price: int => price * 2
			}
			""");

	private final FlinEngine engine = FlinEngine.builder().root(SourceRoot.of(() -> FILES)).build().requireNoErrors();

	private final FlinStore store = this.engine.store();

	@AfterEach
	void close() {
		this.engine.close();
	}

	private EntityInstance product(String name, long price) {
		return this.store.create("Product", Map.of("name", name, "price", price));
	}

	private static List<Object> names(List<EntityInstance> records) {
		return records.stream().map((record) -> Objects.requireNonNull(record.get(record.shape().slotOf("name"))))
				.toList();
	}

	@Test
	void queriesFilterSortAndCut() {
		product("lamp", 30);
		product("chair", 20);
		product("table", 90);
		FlinQuery dear = this.store.query("Product").where("price", ">=", 30L);
		assertThat(names(dear.orderDescending("price").list())).containsExactly("table", "lamp");
		assertThat(dear.explain()).startsWith("index Product(price): price >= 30");
		assertThat(dear.count()).isEqualTo(2);
		assertThat(names(this.store.query("Product").where("name", "in", List.of("lamp", "chair")).order("name")
				.list()))
			.containsExactly("chair", "lamp");
		assertThat(names(this.store.query("Product").order("price").offset(1).limit(1).list())).containsExactly("lamp");
		assertThat(this.store.query("Product").where("name", "starts_with", "ta").exists()).isTrue();
		assertThat(this.store.query("Product").ask("sum", "price")).isEqualTo(140L);
		List<Object> seen = new ArrayList<>();
		this.store.query("Product").each((record) -> seen.add(record.id()));
		assertThat(seen).containsExactly(1L, 2L, 3L);
		assertThatThrownBy(() -> dear.where("price", "like", 1L).count()).isInstanceOf(FlinError.class)
			.hasMessageStartingWith("'like' compares nothing");
	}

	@Test
	void aNameThatIsNoFieldIsRefused() {
		assertThatThrownBy(() -> this.store.create("Product", Map.of("name", "lamp", "pric", 30L)))
			.hasMessage("Product has no field 'pric'");
		assertThat(this.store.count("Product")).isZero();
		EntityInstance lamp = product("lamp", 30);
		assertThatThrownBy(() -> this.store.update(lamp, Map.of("pric", 40L)))
			.hasMessage("Product has no field 'pric'");
	}

	@Test
	void versionsHaveNumbersOfAnyKind() {
		EntityInstance lamp = product("lamp", 30);
		this.store.update(lamp, Map.of("price", 40));
		for (Object number : List.of(1, 1L, (short) 1)) {
			assertThat(this.store.get(Objects.requireNonNull(this.store.at(lamp, number)), "price")).isEqualTo(30L);
		}
		assertThat(this.store.at(lamp, 3)).isNull();
	}

	@Test
	void pagesAndSlicesAreWrittenDown() {
		for (int price = 1; price <= 5; price++) {
			product("p" + price, price % 2);
		}
		FlinQuery all = this.store.query("Product").orderDescending("price");
		FlinPage<EntityInstance> page = all.page(2, 2);
		assertThat(names(page.items())).containsExactly("p5", "p2");
		assertThat(page.map(EntityInstance::id)).isEqualTo(new FlinPage<>(List.of(5L, 2L), 5, 3, 2, 2));
		assertThat(all.page(9, 2).items()).isEmpty();
		FlinSlice<EntityInstance> slice = all.after(null, 3);
		assertThat(names(slice.items())).containsExactly("p1", "p3", "p5");
		assertThat(slice.hasMore()).isTrue();
		product("p0", 1);
		FlinSlice<EntityInstance> rest = all.after(slice.cursor(), 9);
		assertThat(names(rest.items())).containsExactly("p0", "p2", "p4");
		assertThat(rest.hasMore()).isFalse();
		assertThat(all.after(rest.cursor(), 9).items()).isEmpty();
		assertThat(this.store.query("Maker").after(null, 3)).isEqualTo(new FlinSlice<>(List.of(), null, false));
		assertThatThrownBy(() -> all.page(0, 2)).isInstanceOf(FlinError.class);
		assertThatThrownBy(() -> all.after("nonsense", 2)).hasMessage("this cursor does not belong to this query");
		assertThatThrownBy(() -> all.order("name").after(slice.cursor(), 2))
			.hasMessage("this cursor does not belong to this query");
	}

	@Test
	void queriesChangeWhatTheyFind() {
		product("lamp", 30);
		product("chair", 20);
		FlinQuery cheap = this.store.query("Product").where("price", "<", 25L);
		assertThat(cheap.update(Map.of("price", 26L))).isEqualTo(1);
		assertThat(this.store.query("Product").delete()).isEqualTo(2);
		assertThat(this.store.query("Product").count()).isZero();
		assertThat(names(this.store.query("Product").onlyDeleted().list())).containsExactly("lamp", "chair");
		assertThat(this.store.query("Product").onlyDeleted().restore()).isEqualTo(2);
		assertThat(this.store.query("Product").destroy()).isEqualTo(2);
		assertThat(this.store.query("Product").withDeleted().count()).isZero();
	}

	@Test
	void aTransactionIsAllOrNothingAndSeesItsOwnWrites() {
		assertThatThrownBy(() -> this.store.transaction((inside) -> {
			inside.create("Product", Map.of("name", "lamp"));
			assertThat(inside.count("Product")).isEqualTo(1);
			throw new IllegalStateException("no");
		})).hasMessage("no");
		assertThat(this.store.count("Product")).isZero();
		long saved = this.store.transaction((inside) -> {
			inside.create("Product", Map.of("name", "lamp"));
			assertThatThrownBy(() -> inside.transaction((savepoint) -> {
				savepoint.create("Product", Map.of("name", "chair"));
				throw new IllegalStateException("back");
			})).hasMessage("back");
			return inside.count("Product");
		});
		assertThat(saved).isEqualTo(1);
		assertThat(names(this.store.all("Product"))).containsExactly("lamp");
	}

	@Test
	void thePastCanBeAskedAndDeletedRecordsComeBack() {
		EntityInstance lamp = product("lamp", 30);
		Instant then = Instant.now();
		this.store.update(lamp, Map.of("price", 40L));
		assertThat(this.store.query("Product").asOf(then).where("price", "==", 30L).count()).isEqualTo(1);
		assertThat(this.store.query("Product").where("price", "==", 30L).count()).isZero();
		this.store.delete(lamp);
		EntityInstance deleted = Objects.requireNonNull(this.store.query("Product").onlyDeleted().first());
		this.store.restore(deleted);
		assertThat(this.store.history(lamp)).hasSize(4);
		this.store.hold(lamp, "a lawsuit");
		EntityInstance held = Objects.requireNonNull(this.store.find("Product", lamp.id()));
		assertThatThrownBy(() -> this.store.destroy(held)).isInstanceOf(FlinError.class);
		this.store.release(held);
		this.store.destroy(held);
		assertThat(this.store.find("Product", lamp.id())).isNull();
	}

	@Test
	void periodsOfTheWorldAreSavedAndAskedApartFromWhatWasKnown() {
		EntityInstance lamp = product("lamp", 30);
		Instant learned = Instant.now();
		Instant start = learned.minus(Duration.ofDays(30));
		lamp.set(lamp.shape().slotOf("price"), 10L);
		this.store.save(lamp, start, start.plus(Duration.ofDays(10)));
		assertThat(this.store.timeline(lamp)).hasSize(2);
		EntityInstance known = this.store.at(lamp, start.plus(Duration.ofDays(1)), Instant.now());
		assertThat(Objects.requireNonNull(known).get(known.shape().slotOf("price"))).isEqualTo(10L);
		assertThat(this.store.at(lamp, start.plus(Duration.ofDays(1)), learned)).isNull();
		assertThat(this.store.query("Product").asOf(start.plus(Duration.ofDays(1)), learned).count()).isZero();
	}

	@Test
	void membersAreThoseOfFlin() {
		EntityInstance maker = this.store.create("Maker", Map.of("name", "Ama"));
		EntityInstance lamp = this.store.create("Product", Map.of("name", "lamp", "price", 3L, "maker", maker));
		assertThat(this.store.get(lamp, "double_price")).isEqualTo(6L);
		assertThat(this.store.get(maker, "products")).asInstanceOf(
				org.assertj.core.api.InstanceOfAssertFactories.ITERABLE).hasSize(1);
		EntityInstance second = product("chair", 1);
		lamp.set(lamp.shape().slotOf("price"), 4L);
		second.set(second.shape().slotOf("price"), 5L);
		this.store.saveAll(List.of(lamp, second));
		assertThat(this.store.query("Product").ask("sum", "price")).isEqualTo(9L);
	}

	@Test
	void idsStandForRecordsWhereFieldsLeadToThem() {
		EntityInstance ama = this.store.create("Maker", Map.of("name", "Ama"));
		EntityInstance ben = this.store.create("Maker", Map.of("name", "Ben"));
		EntityInstance lamp = this.store.create("Product", Map.of("name", "lamp", "price", 3, "maker", ama.id()));
		assertThat(this.store.get(lamp, "maker")).isEqualTo(ama);
		this.store.update(lamp, Map.of("maker", (int) ben.id()));
		assertThat(this.store.get(lamp, "maker")).isEqualTo(ben);
		FlinQuery lamps = this.store.query("Product").where("name", "==", "lamp");
		assertThat(lamps.update(Map.of("maker", ama.id()))).isEqualTo(1);
		assertThat(this.store.get(Objects.requireNonNull(this.store.find("Product", lamp.id())), "maker"))
			.isEqualTo(ama);
		assertThat(this.store.query("Product").where("maker", "==", ama.id()).count()).isEqualTo(1);
		assertThatThrownBy(() -> this.store.create("Product", Map.of("name", "chair", "maker", 99L)))
			.isInstanceOf(FlinError.class)
			.hasMessage("'maker' refers to Maker 99, which does not exist");
	}

}
