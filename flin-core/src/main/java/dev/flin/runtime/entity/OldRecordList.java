package dev.flin.runtime.entity;

import java.util.Iterator;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Query;
import dev.flin.store.ReadView;
import dev.flin.store.RecordCursor;
import dev.flin.store.RecordVersion;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.ListView;

/**
 * Records that are read one by one while somebody walks through them, so that an entity need not fit into memory. As a
 * list it is all of them.
 */
final class OldRecordList implements Iterable<@Nullable Object>, ListView {

	private final ReadView view;

	private final Query query;

	private final Function<RecordVersion, FlinMap> mapping;

	OldRecordList(ReadView view, Query query, Function<RecordVersion, FlinMap> mapping) {
		this.view = view;
		this.query = query;
		this.mapping = mapping;
	}

	/** The cursor holds nothing of its own: what it reads belongs to the view. */
	@Override
	public Iterator<@Nullable Object> iterator() {
		RecordCursor records = this.view.query(this.query);
		return new Iterator<>() {
			@Override
			public boolean hasNext() {
				return records.hasNext();
			}

			@Override
			public Object next() {
				return OldRecordList.this.mapping.apply(records.next());
			}
		};
	}

	@Override
	public FlinList toList() {
		FlinList all = new FlinList();
		forEach(all::add);
		return all;
	}

}
