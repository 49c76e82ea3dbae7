package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;

/** Records of an entity as values of hand-written types. */
class FlinRepositoryTests {

	private static final Map<String, String> FILES = Map.of("entities/Shop.flin", """
			enum Size { Small, Large }
			entity Maker { name: text @unique }
			entity Tag { label: text }
			entity Product {
			    name: text @required
			    unit_price: number = 1.5
			    stock: int = 0
			    size: Size?
			    tags: [text] = []
			    maker: Maker?
			    labels: [Tag]
			    worth: number => unit_price * stock
			}
			""");

	private final FlinEngine engine = FlinEngine.builder().root(SourceRoot.of(() -> FILES)).build().requireNoErrors();

	private final FlinStore store = this.engine.store();

	private final FlinRepository<Product> products = this.store.repository(Product.class);

	@AfterEach
	void close() {
		this.engine.close();
	}

	enum Size {

		Small, Large, Huge

	}

	record Product(@Nullable Long id, long version, String name, @Nullable Double unitPrice, int stock,
			@Nullable Size size, @Nullable List<String> tags, @Nullable Long maker, @Nullable Double worth,
			@Nullable Instant createdAt) {

		static Product of(String name, int stock) {
			return new Product(null, 0, name, null, stock, null, null, null, null, null);
		}

		Product withStock(int other) {
			return new Product(this.id, this.version, this.name, this.unitPrice, other, this.size, this.tags,
					this.maker, this.worth, this.createdAt);
		}

	}

	private long lamp() {
		return Objects.requireNonNull(this.products.save(Product.of("lamp", 3)).id());
	}

	@Test
	void recordsAreSavedAndRead() {
		Product saved = this.products.save(Product.of("lamp", 3));
		assertThat(saved.id()).isEqualTo(1);
		assertThat(saved.version()).isEqualTo(1);
		assertThat(saved.unitPrice()).isEqualTo(1.5);
		assertThat(saved.worth()).isEqualTo(4.5);
		assertThat(saved.tags()).isEmpty();
		assertThat(saved.createdAt()).isNotNull();
		assertThat(this.products.find(1)).isEqualTo(saved);
		assertThat(this.products.find(2)).isNull();
		Product changed = this.products.save(saved.withStock(4));
		assertThat(changed.version()).isEqualTo(2);
		assertThat(changed.worth()).isEqualTo(6.0);
		assertThat(this.products.all()).containsExactly(changed);
		assertThat(this.products.count()).isEqualTo(1);
	}

	@Test
	void enumsListsAndReferencesAreThoseOfJava() {
		EntityInstance maker = this.store.create("Maker", Map.of("name", "Ama"));
		Product saved = this.products.save(new Product(null, 0, "lamp", 2.0, 1, Size.Large, List.of("a", "b"),
				maker.id(), null, null));
		assertThat(saved.size()).isEqualTo(Size.Large);
		assertThat(saved.tags()).containsExactly("a", "b");
		assertThat(saved.maker()).isEqualTo(maker.id());
		assertThat(this.store.query("Product").where("size", "==", "Large").count()).isEqualTo(1);
		assertThatThrownBy(() -> this.products.save(new Product(null, 0, "x", null, 0, null, null, 99L, null, null)))
			.hasMessage("'maker' refers to Maker 99, which does not exist");
		assertThatThrownBy(() -> this.products
			.save(new Product(null, 0, "x", null, 0, Size.Huge, null, null, null, null)))
			.isInstanceOf(FlinError.class);
		assertThat(this.products.count()).isEqualTo(1);
	}

	@Test
	void queriesGiveValues() {
		this.products.save(Product.of("lamp", 3));
		this.products.save(Product.of("chair", 8));
		this.products.save(Product.of("table", 5));
		assertThat(this.products.where("stock", ">", 3L)).extracting(Product::name).containsExactly("chair", "table");
		assertThat(this.products.query((all) -> all.orderDescending("stock").limit(1))).extracting(Product::name)
			.containsExactly("chair");
	}

	@Test
	void aVersionThatIsNotTheNewestIsRefused() {
		long id = lamp();
		Product mine = Objects.requireNonNull(this.products.find(id));
		this.products.update(id, Map.of("stock", 9L));
		assertThatThrownBy(() -> this.products.save(mine.withStock(1))).isInstanceOf(FlinError.class)
			.hasMessage("Product 1 is at version 2 by now, not at 1");
		assertThat(Objects.requireNonNull(this.products.find(id)).stock()).isEqualTo(9);
		assertThatThrownBy(() -> this.products.save(7, Product.of("ghost", 1))).hasMessage("there is no Product 7");
	}

	@Test
	void thePastIsOfTheSameType() {
		long id = lamp();
		Instant then = Instant.now();
		this.products.update(id, Map.of("stock", 9L));
		assertThat(this.products.delete(id)).isTrue();
		assertThat(this.products.delete(id)).isFalse();
		assertThat(this.products.find(id)).isNull();
		assertThat(this.products.history(id)).extracting(Product::stock).containsExactly(3, 9, 9);
		assertThat(Objects.requireNonNull(this.products.at(id, then)).stock()).isEqualTo(3);
		assertThat(Objects.requireNonNull(this.products.at(id, 2)).stock()).isEqualTo(9);
		assertThat(Objects.requireNonNull(this.products.restore(id)).stock()).isEqualTo(9);
		assertThat(this.products.restore(id)).isNull();
		assertThat(this.products.history(77)).isEmpty();
		assertThat(this.products.at(77, then)).isNull();
	}

	@Test
	void severalAreSavedTogetherOrNotAtAll() {
		List<Product> saved = this.products.saveAll(List.of(Product.of("lamp", 1), Product.of("chair", 2)));
		assertThat(saved).extracting(Product::id).containsExactly(1L, 2L);
		assertThat(this.products.saveAll(List.of(saved.getFirst().withStock(5), Product.of("table", 3))))
			.extracting(Product::version)
			.containsExactly(2L, 1L);
		assertThatThrownBy(() -> this.products.saveAll(List.of(Product.of("fine", 1), Product.of("", 1))))
			.isInstanceOf(FlinError.class);
		assertThatThrownBy(() -> this.products.saveAll(List.of(Product.of("fine", 1), saved.getFirst())))
			.hasMessage("Product 1 is at version 2 by now, not at 1");
		assertThat(this.products.all()).extracting(Product::name).containsExactly("lamp", "chair", "table");
		assertThat(this.products.page((all) -> all.orderDescending("stock"), 2, 2).items())
			.extracting(Product::name)
			.containsExactly("chair");
		FlinSlice<Product> slice = this.products.after((all) -> all.order("stock"), null, 2);
		assertThat(slice.items()).extracting(Product::stock).containsExactly(2, 3);
		assertThat(this.products.after((all) -> all.order("stock"), slice.cursor(), 2).items())
			.extracting(Product::stock)
			.containsExactly(5);
	}

	@Test
	void whatIsHeldIsNotErased() {
		long id = lamp();
		this.products.delete(id);
		this.products.hold(id, "audit");
		assertThatThrownBy(() -> this.products.destroy(id)).hasMessageContaining("is held (audit)");
		this.products.release(id);
		assertThat(this.products.destroy(id)).isTrue();
		assertThat(this.products.destroy(id)).isFalse();
		assertThat(this.products.history(id)).isEmpty();
		assertThatThrownBy(() -> this.products.hold(id, "too late")).hasMessage("there is no Product 1");
	}

	@Test
	void correctionsOfThePastAreKeptApartFromWhatWasKnown() {
		Product lamp = this.products.save(Product.of("lamp", 3), Instant.parse("2025-01-01T00:00:00Z"), null);
		Instant known = Instant.now();
		this.products.save(lamp.withStock(7), Instant.parse("2025-02-01T00:00:00Z"),
				Instant.parse("2025-03-01T00:00:00Z"));
		assertThat(this.products.timeline(1)).extracting(Product::stock).containsExactly(3, 7, 3);
		Instant february = Instant.parse("2025-02-10T00:00:00Z");
		assertThat(Objects.requireNonNull(this.products.at(1, february)).stock()).isEqualTo(7);
		assertThat(Objects.requireNonNull(this.products.at(1, february, known)).stock()).isEqualTo(3);
		assertThat(Objects.requireNonNull(this.products.find(1)).stock()).isEqualTo(3);
		assertThat(this.products.timeline(9)).isEmpty();
	}

	@Test
	void aRepositoryOfATransactionBelongsToIt() {
		assertThatThrownBy(() -> this.store.transaction((inside) -> {
			FlinRepository<Product> within = inside.repository(Product.class);
			within.save(Product.of("lamp", 3));
			assertThat(within.count()).isEqualTo(1);
			throw new IllegalStateException("no");
		})).hasMessage("no");
		assertThat(this.products.all()).isEmpty();
		try (FlinTransaction transaction = this.store.begin(false, null)) {
			this.products.save(Product.of("lamp", 3));
			assertThat(this.products.count()).isEqualTo(1);
			assertThat(transaction.isEnded()).isFalse();
		}
		assertThat(this.products.all()).isEmpty();
	}

	interface Priced {

		long getId();

		String getName();

		double getUnitPrice();

		default String label() {
			return getName() + " " + getUnitPrice();
		}

	}

	@Test
	void interfacesAreViews() {
		FlinRepository<Priced> priced = this.store.repository(Priced.class, "Product");
		priced.create(Map.of("name", "lamp", "unit_price", 2.5));
		Priced lamp = Objects.requireNonNull(priced.find(1));
		assertThat(lamp.getId()).isEqualTo(1);
		assertThat(lamp.label()).isEqualTo("lamp 2.5");
		assertThat(lamp).isEqualTo(priced.find(1)).hasSameHashCodeAs(priced.find(1));
		assertThat(lamp.toString()).isEqualTo("Priced{getId=1, getName=lamp, getUnitPrice=2.5}");
		this.store.query("Product").update(Map.of("unit_price", 3.0));
		assertThat(lamp).isNotEqualTo(priced.find(1));
		Priced saved = priced.save(lamp);
		assertThat(saved.getUnitPrice()).isEqualTo(2.5);
		assertThat(priced.count()).isEqualTo(1);
	}

	record Wrong(String id, String stock, long maker, String colour, WrongSize size) {

	}

	enum WrongSize {

		Small

	}

	interface Setters {

		void setName(String name);

	}

	@Test
	void allThatDoesNotFitIsToldAtOnce() {
		assertThatThrownBy(() -> this.store.repository(Wrong.class, "Product"))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("""
					dev.flin.FlinRepositoryTests$Wrong does not fit the entity Product:
					- id: 'id' of a record is Long in Java, not String
					- stock: the field 'stock' is int, which is Long in Java, not String
					- maker: the field 'maker' is Maker?, which may be none; declare it as Long
					- colour: Product has no such field; it has labels, maker, name, size, stock, tags, unit_price, worth
					- size: the field 'size' is Size?, and WrongSize lacks Large""");
		assertThatThrownBy(() -> this.store.repository(Setters.class, "Product"))
			.hasMessageEndingWith("- setName: is no getter; give it a body or leave it out");
		assertThatThrownBy(() -> this.store.repository(String.class, "Product"))
			.hasMessage("java.lang.String is neither a record nor an interface");
		assertThatThrownBy(() -> this.store.repository(Priced.class)).hasMessage("there is no entity Priced");
	}

	@Test
	void oneEntityWithoutATypeIsOfRecordsAsTheyAre() {
		FlinRepository<EntityInstance> all = this.engine.entity("Product");
		EntityInstance lamp = all.create(Map.of("name", "lamp", "stock", 2L));
		int stock = lamp.shape().slotOf("stock");
		lamp.set(stock, 5L);
		assertThat(all.save(lamp)).isSameAs(lamp);
		assertThat(lamp.version()).isEqualTo(2);
		assertThat(Objects.requireNonNull(all.find(1)).get(stock)).isEqualTo(5L);
		assertThat(all.query().where("stock", "==", 5L).count()).isEqualTo(1);
		assertThat(all.history(1)).extracting((version) -> version.get(stock)).containsExactly(2L, 5L);
		assertThat(Objects.requireNonNull(all.at(1, 1)).get(stock)).isEqualTo(2L);
		EntityInstance maker = this.store.create("Maker", Map.of("name", "Ama"));
		assertThatThrownBy(() -> all.save(maker)).hasMessage("expected a record of Product, not of Maker");
		lamp.set(stock, 6L);
		assertThat(all.save(1, lamp).version()).isEqualTo(3);
		EntityInstance chair = all.create(Map.of("name", "chair"));
		assertThatThrownBy(() -> all.save(1, chair)).hasMessage("a record keeps its id: Product 2 cannot be saved as "
				+ "Product 1");
		assertThat(all.delete(2)).isTrue();
		assertThat(this.engine.repository(Product.class).where("name", "==", "lamp")).hasSize(1);
		assertThat(all.delete(1)).isTrue();
		assertThat(all.all()).isEmpty();
		assertThatThrownBy(() -> this.engine.entity("Nothing")).hasMessage("there is no entity Nothing");
	}

	record Maker(long id, String name) {
	}

	interface Tag {

		long getId();

		String getLabel();

	}

	record Labelled(long id, String name, @Nullable Maker maker, List<Tag> labels) {
	}

	record Loop(@Nullable Loop maker) {
	}

	@Test
	void referencesAreRecordsOfTheirOwn() {
		EntityInstance ama = this.store.create("Maker", Map.of("name", "Ama"));
		EntityInstance red = this.store.create("Tag", Map.of("label", "red"));
		EntityInstance big = this.store.create("Tag", Map.of("label", "big"));
		this.store.create("Product", Map.of("name", "lamp", "maker", ama, "labels", List.of(red, big)));
		FlinRepository<Labelled> labelled = this.store.repository(Labelled.class, "Product");
		Labelled lamp = Objects.requireNonNull(labelled.find(1));
		assertThat(lamp.maker()).isEqualTo(new Maker(1, "Ama"));
		assertThat(lamp.labels()).extracting(Tag::getLabel).containsExactly("red", "big");
		Labelled copy = labelled.save(new Labelled(0, "copy", lamp.maker(), lamp.labels().subList(1, 2)));
		assertThat(copy.labels()).extracting(Tag::getLabel).containsExactly("big");
		assertThat(this.store.query("Product").where("maker", "==", ama).count()).isEqualTo(2);
		assertThat(labelled.save(new Labelled(2, "copy", null, List.of())).maker()).isNull();
		assertThatThrownBy(() -> labelled.save(new Labelled(0, "x", new Maker(0, "new"), List.of())))
			.hasMessage("'maker' refers to a Maker without an id: save it first");
		assertThatThrownBy(() -> this.store.repository(Loop.class, "Product"))
			.hasMessageContaining("maker: Loop would contain itself");
	}

	@Test
	void valuesOfJavaBecomeThoseOfFlin() {
		EntityInstance red = this.store.create("Tag", Map.of("label", "red"));
		EntityInstance lamp = this.store.create("Product",
				Map.of("name", "lamp", "stock", 2, "unit_price", 2.5f, "tags", List.of("a"), "size", Size.Small));
		this.store.update(lamp, Map.of("stock", 3, "labels", List.of(red)));
		FlinQuery query = this.store.query("Product").where("stock", ">", 2).where("size", "==", Size.Small);
		assertThat(query.where("stock", "in", List.of(3, 4)).count()).isEqualTo(1);
		assertThat(query.where("labels", "contains", red).count()).isEqualTo(1);
		assertThat(query.update(Map.of("tags", List.of("a", "b"), "stock", 7))).isEqualTo(1);
		assertThat(this.products.all()).singleElement()
			.satisfies((product) -> assertThat(product.tags()).containsExactly("a", "b"))
			.satisfies((product) -> assertThat(product.stock()).isEqualTo(7));
		assertThat(this.store.query("Product").ask("limit", 1)).isInstanceOf(List.class);
	}

	@Test
	void recordsHaveTheGettersOfBeans() throws ReflectiveOperationException {
		EntityInstance ama = this.store.create("Maker", Map.of("name", "Ama"));
		EntityInstance lamp = this.store.create("Product", Map.of("name", "lamp", "stock", 2L, "maker", ama));
		EntityInstance read = Objects.requireNonNull(this.store.find("Product", lamp.id()));
		assertThat(read.getClass().getMethod("getName").invoke(read)).isEqualTo("lamp");
		assertThat(read.getClass().getMethod("getUnitPrice").invoke(read)).isEqualTo(1.5);
		assertThat(read.getClass().getMethod("getWorth").invoke(read)).isEqualTo(3.0);
		assertThat(read.getClass().getMethod("getMaker").invoke(read)).isEqualTo(ama);
		assertThat(read.getId()).isEqualTo(1);
		assertThat(read.getCreatedAt()).isEqualTo(read.createdAt());
	}

}
