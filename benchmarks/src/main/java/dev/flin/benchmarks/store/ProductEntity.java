package dev.flin.benchmarks.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.envers.Audited;

/** The record for Hibernate and JaVers. */
@Entity
@Audited
@Table(name = "product")
class ProductEntity {

	@Id
	private long id;

	private String name = "";

	private String category = "";

	private long price;

	private long stock;

	private boolean active;

	private String notes = "";

	protected ProductEntity() {
	}

	ProductEntity(Item item) {
		this.id = item.id();
		set(item);
	}

	final void set(Item item) {
		this.name = item.name();
		this.category = item.category();
		this.price = item.price();
		this.stock = item.stock();
		this.active = item.active();
		this.notes = item.notes();
	}

	Item item() {
		return new Item(this.id, this.name, this.category, this.price, this.stock, this.active, this.notes);
	}

}
