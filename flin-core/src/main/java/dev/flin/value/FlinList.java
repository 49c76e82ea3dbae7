package dev.flin.value;

import java.util.Arrays;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * A list. Lists of only ints, only numbers or only bools keep their elements unboxed; storing anything else turns the
 * storage into one of objects. As a {@link java.util.List} it obeys the Java contract; {@link #at}, {@link #put} and
 * the typed accessors are those of FLIN: a negative index counts from the end, and an index out of range is a FLIN
 * error.
 */
public final class FlinList extends ElementList {

	/** The most elements that a list can ever have; contexts set lower limits. */
	public static final int SIZE_MAX = Integer.MAX_VALUE - 8;

	private static final @Nullable Object[] NO_OBJECTS = {};

	/** Fewer are moved as fast. */
	private static final int SHIFTED_MIN = 32;

	private long @Nullable [] longs;

	private double @Nullable [] doubles;

	private boolean @Nullable [] booleans;

	/** Without room while one of the others is there. A list without capacity may still become any of them. */
	private @Nullable Object[] objects;

	/** Instead of all of these, once the first of many elements was taken out; never while the list is empty. */
	private @Nullable ShiftedElements shifted;

	private int size;

	private boolean set;

	/** How often the storage was wanted without room while it had some. */
	private int roomInTheWay;

	/** How much room the first element asks for. */
	private int expected = Growth.CAPACITY_MIN;

	public FlinList() {
		this.objects = NO_OBJECTS;
	}

	/** An empty list that decides how to keep its elements at the first one, and then makes room for this many. */
	public static FlinList expecting(int elements) {
		FlinList list = new FlinList();
		list.expected = Math.max(1, elements);
		return list;
	}

	/** An empty list with room for this many objects. */
	public FlinList(int capacity) {
		this.objects = (capacity <= 0) ? NO_OBJECTS : new @Nullable Object[capacity];
	}

	private FlinList(@Nullable Object[] objects, int size) {
		this.objects = objects;
		this.size = size;
	}

	/** Takes the array over: the caller does not change it afterwards. */
	public static FlinList of(@Nullable Object... elements) {
		return new FlinList(elements, elements.length);
	}

	/** Takes the array over, of which the first elements count. */
	public static FlinList of(@Nullable Object[] elements, int size) {
		return new FlinList(elements, size);
	}

	/** Takes the array over: the caller does not change it afterwards. */
	public static FlinList ofLongs(long... elements) {
		return ofLongs(elements, elements.length);
	}

	/** Takes the array over, of which the first elements count. */
	public static FlinList ofLongs(long[] elements, int size) {
		FlinList list = new FlinList(NO_OBJECTS, size);
		list.longs = elements;
		return list;
	}

	/** Takes the array over: the caller does not change it afterwards. */
	public static FlinList ofDoubles(double... elements) {
		return ofDoubles(elements, elements.length);
	}

	/** Takes the array over, of which the first elements count. */
	public static FlinList ofDoubles(double[] elements, int size) {
		FlinList list = new FlinList(NO_OBJECTS, size);
		list.doubles = elements;
		return list;
	}

	/** Takes the array over: the caller does not change it afterwards. */
	public static FlinList ofBooleans(boolean... elements) {
		return ofBooleans(elements, elements.length);
	}

	/** Takes the array over, of which the first elements count. */
	public static FlinList ofBooleans(boolean[] elements, int size) {
		FlinList list = new FlinList(NO_OBJECTS, size);
		list.booleans = elements;
		return list;
	}

	/** A list that has the same value so many times. */
	public static FlinList filled(@Nullable Object value, int times) {
		return (times == 0) ? new FlinList() : Elements.filled(value, times);
	}

	public static FlinList copyOf(Collection<? extends @Nullable Object> elements) {
		return (elements instanceof FlinList list) ? list.copy() : of(elements.toArray());
	}

	/** This list as JavaScript's set: {@code add} adds nothing that it has. */
	public FlinList asSet() {
		this.set = true;
		return this;
	}

	public boolean isSet() {
		return this.set;
	}

	/** The storage when all elements are unboxed ints, else null. Only the first {@link #size} elements count. */
	public long @Nullable [] longStorage() {
		settle(0);
		return this.longs;
	}

	/** The storage when all elements are unboxed numbers, else null. Only the first {@link #size} elements count. */
	public double @Nullable [] doubleStorage() {
		settle(0);
		return this.doubles;
	}

	/** The storage when all elements are unboxed bools, else null. Only the first {@link #size} elements count. */
	public boolean @Nullable [] booleanStorage() {
		settle(0);
		return this.booleans;
	}

	/** The storage when all elements are unboxed ints and, or so that, it has no room left; else null. */
	public long @Nullable [] exactLongs() {
		long[] storage = this.longs;
		return (storage != null && storage.length == this.size) ? storage : trimmedLongs();
	}

	private long @Nullable [] trimmedLongs() {
		long[] storage = longStorage();
		if (storage != null && storage.length != this.size) {
			storage = isWorthTrimming() ? Arrays.copyOf(storage, this.size) : null;
			this.longs = (storage != null) ? storage : this.longs;
		}
		return storage;
	}

	/** The storage when all elements are unboxed numbers and, or so that, it has no room left; else null. */
	public double @Nullable [] exactDoubles() {
		double[] storage = this.doubles;
		return (storage != null && storage.length == this.size) ? storage : trimmedDoubles();
	}

	private double @Nullable [] trimmedDoubles() {
		double[] storage = doubleStorage();
		if (storage != null && storage.length != this.size) {
			storage = isWorthTrimming() ? Arrays.copyOf(storage, this.size) : null;
			this.doubles = (storage != null) ? storage : this.doubles;
		}
		return storage;
	}

	/** The storage when all elements are unboxed bools and, or so that, it has no room left; else null. */
	public boolean @Nullable [] exactBooleans() {
		boolean[] storage = booleanStorage();
		if (storage != null && storage.length != this.size) {
			storage = isWorthTrimming() ? Arrays.copyOf(storage, this.size) : null;
			this.booleans = (storage != null) ? storage : this.booleans;
		}
		return storage;
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public boolean isEmpty() {
		return this.size == 0;
	}

	@Override
	public @Nullable Object get(int index) {
		if (index < 0 || index >= this.size) {
			throw new IndexOutOfBoundsException(index);
		}
		return element(index);
	}

	/** Compared without its sign, as the JVM does too. */
	@Override
	public @Nullable Object element(int index) {
		@Nullable Object[] storage = this.objects;
		return (Integer.compareUnsigned(index, storage.length) < 0) ? storage[index] : boxed(index);
	}

	/** Reads as {@code xs[i]} does. */
	public @Nullable Object at(long index) {
		return holds(index) ? element((int) index) : element(checked(index));
	}

	/** Reads as {@code xs.get(i)} does: none when out of range. */
	public @Nullable Object atOrNone(long index) {
		long at = (index < 0) ? index + this.size : index;
		return (at >= 0 && at < this.size) ? element((int) at) : null;
	}

	public long getLong(long index) {
		long[] storage = this.longs;
		return (storage != null && holds(index)) ? storage[(int) index] : otherLong(index);
	}

	public double getDouble(long index) {
		double[] storage = this.doubles;
		return (storage != null && holds(index)) ? storage[(int) index] : otherDouble(index);
	}

	public boolean getBoolean(long index) {
		boolean[] storage = this.booleans;
		return (storage != null && holds(index)) ? storage[(int) index] : otherBoolean(index);
	}

	/** Writes as {@code xs[i] = v} does. */
	public void put(long index, @Nullable Object value) {
		store(holds(index) ? (int) index : checked(index), value);
	}

	public void setLong(long index, long value) {
		long[] storage = this.longs;
		if (storage != null && holds(index)) {
			storage[(int) index] = value;
		}
		else {
			store(checked(index), value);
		}
	}

	public void setDouble(long index, double value) {
		double[] storage = this.doubles;
		if (storage != null && holds(index)) {
			storage[(int) index] = value;
		}
		else {
			store(checked(index), value);
		}
	}

	public void setBoolean(long index, boolean value) {
		boolean[] storage = this.booleans;
		if (storage != null && holds(index)) {
			storage[(int) index] = value;
		}
		else {
			store(checked(index), value);
		}
	}

	@Override
	public @Nullable Object set(int index, @Nullable Object value) {
		Object old = get(index);
		store(index, value);
		return old;
	}

	@Override
	public boolean add(@Nullable Object value) {
		if (this.size < this.objects.length) {
			this.objects[this.size++] = value;
		}
		else if (value instanceof Long number && (this.longs != null || isOpen())) {
			addLong(number);
		}
		else if (value instanceof Double number && (this.doubles != null || isOpen())) {
			addDouble(number);
		}
		else if (value instanceof Boolean bool && (this.booleans != null || isOpen())) {
			addBoolean(bool);
		}
		else if (this.shifted != null) {
			addShifted(this.shifted, value);
		}
		else {
			generalise();
			if (this.size == this.objects.length) {
				this.objects = Arrays.copyOf(this.objects, Math.max(this.expected, Growth.grown(this.size + 1)));
			}
			this.objects[this.size++] = value;
		}
		return true;
	}

	public void addLong(long value) {
		long[] storage = this.longs;
		if (storage == null) {
			if (!isOpen()) {
				add((Object) value);
				return;
			}
			storage = new long[this.expected];
			this.longs = storage;
		}
		if (this.size == storage.length) {
			storage = Arrays.copyOf(storage, Growth.grown(this.size + 1));
			this.longs = storage;
		}
		storage[this.size++] = value;
	}

	public void addDouble(double value) {
		double[] storage = this.doubles;
		if (storage == null) {
			if (!isOpen()) {
				add((Object) value);
				return;
			}
			storage = new double[this.expected];
			this.doubles = storage;
		}
		if (this.size == storage.length) {
			storage = Arrays.copyOf(storage, Growth.grown(this.size + 1));
			this.doubles = storage;
		}
		storage[this.size++] = value;
	}

	public void addBoolean(boolean value) {
		boolean[] storage = this.booleans;
		if (storage == null) {
			if (!isOpen()) {
				add((Object) value);
				return;
			}
			storage = new boolean[this.expected];
			this.booleans = storage;
		}
		if (this.size == storage.length) {
			storage = Arrays.copyOf(storage, Growth.grown(this.size + 1));
			this.booleans = storage;
		}
		storage[this.size++] = value;
	}

	/** Appends all elements of another list, which may be this one. */
	public void addList(FlinList other) {
		append(other, Growth.grown(this.size + other.size));
	}

	/** As {@link #addList}; storage that is too small is replaced by one of this capacity. */
	public void append(FlinList other, int capacity) {
		int n = other.size;
		if (this.size == 0 && n > 0) {
			takeOver(other.copy());
		}
		else if (this.longs != null && other.longs != null) {
			long[] added = other.longs;
			this.longs = (this.longs.length < this.size + n) ? Arrays.copyOf(this.longs, capacity) : this.longs;
			System.arraycopy(added, 0, this.longs, this.size, n);
			this.size += n;
		}
		else if (this.doubles != null && other.doubles != null) {
			double[] added = other.doubles;
			this.doubles = (this.doubles.length < this.size + n) ? Arrays.copyOf(this.doubles, capacity) : this.doubles;
			System.arraycopy(added, 0, this.doubles, this.size, n);
			this.size += n;
		}
		else {
			for (int i = 0; i < n; i++) {
				add(other.element(i));
			}
		}
	}

	@Override
	public void add(int index, @Nullable Object value) {
		if (index < 0 || index > this.size) {
			throw new IndexOutOfBoundsException(index);
		}
		add(value);
		if (index < this.size - 1) {
			Object storage = storage();
			System.arraycopy(storage, index, storage, index + 1, this.size - 1 - index);
			store(index, value);
		}
	}

	@Override
	public @Nullable Object remove(int index) {
		Object old = get(index);
		Object storage = storage();
		System.arraycopy(storage, index + 1, storage, index, this.size - index - 1);
		this.size--;
		if (storage == this.objects) {
			this.objects[this.size] = null;
		}
		return old;
	}

	@Override
	public @Nullable Object removeFirst() {
		ShiftedElements rest = this.shifted;
		if (rest == null) {
			if (this.size < SHIFTED_MIN) {
				return remove(0);
			}
			rest = new ShiftedElements(storage());
			keep(NO_OBJECTS);
			this.shifted = rest;
		}
		Object first = rest.take();
		this.size--;
		if (this.size == 0) {
			settle(0);
		}
		return first;
	}

	@Override
	public void clear() {
		keep(NO_OBJECTS);
		this.shifted = null;
		this.size = 0;
	}

	private void addShifted(ShiftedElements rest, @Nullable Object value) {
		if (rest.offer(value, this.size)) {
			this.size++;
		}
		else {
			settle(Growth.grown(this.size + 1));
			add(value);
		}
	}

	/** Puts the elements back to the start of a storage with this much room. */
	private void settle(int room) {
		ShiftedElements rest = this.shifted;
		if (rest != null) {
			this.shifted = null;
			keep(rest.settled(this.size, room));
		}
	}

	private void keep(Object storage) {
		this.longs = (storage instanceof long[] array) ? array : null;
		this.doubles = (storage instanceof double[] array) ? array : null;
		this.booleans = (storage instanceof boolean[] array) ? array : null;
		this.objects = (storage instanceof Object[] array) ? array : NO_OBJECTS;
	}

	/** Replaces all elements by those of a list that nobody else uses. */
	public void takeOver(FlinList other) {
		this.shifted = null;
		keep(other.storage());
		this.size = other.size;
	}

	public FlinList copy() {
		return copy(0, this.size);
	}

	/** A new list of the elements from one index (included) to another (excluded), both in range. */
	public FlinList copy(int from, int to) {
		FlinList copy = new FlinList(NO_OBJECTS, to - from);
		copy.keep(Elements.part(storage(), from, to));
		return copy;
	}

	@Override
	public int indexOf(@Nullable Object value) {
		if (this.longs != null && value instanceof Long number) {
			return Elements.indexOf(this.longs, this.size, number);
		}
		return super.indexOf(value);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (this.longs != null && other instanceof FlinList list && list.longs != null) {
			return Arrays.equals(this.longs, 0, this.size, list.longs, 0, list.size);
		}
		return super.equals(other);
	}

	@Override
	public int hashCode() {
		return super.hashCode();
	}

	/** Whether an index is in range and not negative. */
	private boolean holds(long index) {
		return Long.compareUnsigned(index, this.size) < 0;
	}

	private @Nullable Object boxed(int index) {
		ShiftedElements rest = this.shifted;
		return (rest != null) ? rest.get(index) : Elements.boxed(this.longs, this.doubles, this.booleans, index);
	}

	/** The rest of the typed accessors is apart, so that what loops need is small enough to be inlined. */
	private long otherLong(long index) {
		return (this.longs != null) ? this.longs[checked(index)] : Elements.unboxedLong(element(checked(index)), index);
	}

	private double otherDouble(long index) {
		return (this.doubles != null) ? this.doubles[checked(index)]
				: Elements.unboxedDouble(element(checked(index)), index);
	}

	private boolean otherBoolean(long index) {
		return (this.booleans != null) ? this.booleans[checked(index)]
				: Elements.unboxedBoolean(element(checked(index)), index);
	}

	/** Whether so many loops met the room that giving it up costs each of them a few steps. */
	private boolean isWorthTrimming() {
		boolean worth = ++this.roomInTheWay > this.size >> 6;
		if (worth) {
			this.roomInTheWay = 0;
		}
		return worth;
	}

	/** Turns an index of the program into one of the storage. */
	private int checked(long index) {
		long at = (index < 0) ? index + this.size : index;
		if (at < 0 || at >= this.size) {
			throw Elements.outOfRange(index, this.size);
		}
		return (int) at;
	}

	/** Whether the list has not yet decided how to keep its elements. */
	private boolean isOpen() {
		return this.size == 0 && this.objects.length == 0 && this.longs == null && this.doubles == null
				&& this.booleans == null;
	}

	private Object storage() {
		settle(0);
		Object bare = (this.longs != null) ? this.longs : (this.doubles != null) ? this.doubles : this.booleans;
		return (bare != null) ? bare : this.objects;
	}

	private void store(int index, @Nullable Object value) {
		@Nullable Object[] storage = this.objects;
		if (index < storage.length) {
			storage[index] = value;
		}
		else if (value instanceof Double number && this.doubles != null) {
			this.doubles[index] = number;
		}
		else if (value instanceof Long number && this.longs != null) {
			this.longs[index] = number;
		}
		else if (value instanceof Boolean bool && this.booleans != null) {
			this.booleans[index] = bool;
		}
		else if (this.shifted != null) {
			settle(0);
			store(index, value);
		}
		else {
			generalise();
			this.objects[index] = value;
		}
	}

	private void generalise() {
		if (this.longs == null && this.doubles == null && this.booleans == null) {
			return;
		}
		@Nullable Object[] boxed = new @Nullable Object[Math.max(this.size, this.expected)];
		for (int i = 0; i < this.size; i++) {
			boxed[i] = element(i);
		}
		this.longs = null;
		this.doubles = null;
		this.booleans = null;
		this.objects = boxed;
	}

}
