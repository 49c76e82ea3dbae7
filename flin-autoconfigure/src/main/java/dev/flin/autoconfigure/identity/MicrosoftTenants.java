package dev.flin.autoconfigure.identity;

import java.util.regex.Pattern;

/**
 * Whose accounts of Microsoft may sign in. An application that is registered for one directory is refused at the place
 * that is for all of them, and one that means one directory must not take people of another.
 */
final class MicrosoftTenants {

	static final String ALL = "common";

	private static final String WORK = "organizations";

	private static final String PRIVATE = "consumers";

	/** The directory of all private accounts. */
	private static final String PRIVATE_ID = "9188040d-6c67-4c5b-b112-36a304b66dad";

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");

	private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

	private MicrosoftTenants() {
	}

	/** Refuses what cannot be part of an address. */
	static void check(String provider, String tenant) {
		if (!NAME.matcher(tenant).matches()) {
			throw new IllegalArgumentException("flin.oauth.providers." + provider + ".tenant: '" + tenant
					+ "' is no tenant; give the id of a directory, its domain, common, organizations or consumers");
		}
	}

	/**
	 * Whether somebody of a directory may sign in.
	 * @param wanted an id, a domain, which only Microsoft can look up, or one of the three words
	 * @param id the directory that the token names
	 */
	static boolean allows(String wanted, String id) {
		return switch (wanted) {
			case WORK -> !id.equals(PRIVATE_ID);
			case PRIVATE -> id.equals(PRIVATE_ID);
			default -> !ID.matcher(wanted).matches() || wanted.equalsIgnoreCase(id);
		};
	}

}
