package dev.flin.store.query;

/**
 * Keeps an index from telling the values of encrypted fields: equal values have equal places, nothing else shows.
 */
public interface Blinding {

	/** Of indexes without encrypted fields. */
	Blinding NONE = new Blinding() {
		@Override
		public boolean covers(int place) {
			return false;
		}

		@Override
		public byte[] blind(int place, byte[] value) {
			return value;
		}
	};

	/**
	 * Whether a field of the index is encrypted.
	 * @param place its place in the index
	 * @return true when its keys have no order
	 */
	boolean covers(int place);

	/**
	 * What stands for a value.
	 * @param place the field's place in the index
	 * @param value the value's key
	 * @return always as many bytes
	 */
	byte[] blind(int place, byte[] value);

}
