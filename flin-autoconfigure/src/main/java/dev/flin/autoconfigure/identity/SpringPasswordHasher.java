package dev.flin.autoconfigure.identity;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

import dev.flin.port.PasswordHasher;

/**
 * Hashes with Argon2id, and knows the hashes of Argon2 and bcrypt, also with the marks in front that Spring Security's
 * own storage format has.
 */
final class SpringPasswordHasher implements PasswordHasher {

	/** Costs of hashes that are worth no more work: whoever may store a hash must not stop the machine with it. */
	private static final int MEMORY_KIB_MAX = 1 << 20;

	private static final int ITERATIONS_MAX = 64;

	private static final int LANES_MAX = 64;

	private static final int BCRYPT_COST_MAX = 18;

	private static final Pattern ARGON2 = Pattern.compile(
			"\\$argon2(?:id|i|d)\\$(?:v=\\d{1,3}\\$)?m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})\\$[^$]+\\$[^$]+");

	private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]?\\$(\\d\\d)\\$[./0-9A-Za-z]{53}");

	private static final Map<String, String> MARKS = Map.of("{bcrypt}", "$2", "{argon2}", "$argon2",
			"{argon2@SpringSecurity_v5_2}", "$argon2", "{argon2@SpringSecurity_v5_8}", "$argon2");

	private final PasswordEncoder argon2 = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();

	private final PasswordEncoder bcrypt = new BCryptPasswordEncoder();

	@Override
	public String hash(String password) {
		return argon2(password);
	}

	@Override
	public boolean verify(String password, String hash) {
		String bare = hash;
		for (Map.Entry<String, String> mark : MARKS.entrySet()) {
			if (hash.startsWith(mark.getKey() + mark.getValue())) {
				bare = hash.substring(mark.getKey().length());
			}
		}
		Matcher argon = ARGON2.matcher(bare);
		if (argon.matches()) {
			boolean bearable = Integer.parseInt(argon.group(1)) <= MEMORY_KIB_MAX
					&& Integer.parseInt(argon.group(2)) <= ITERATIONS_MAX
					&& Integer.parseInt(argon.group(3)) <= LANES_MAX;
			return bearable && this.argon2.matches(password, bare);
		}
		Matcher blowfish = BCRYPT.matcher(bare);
		return blowfish.matches() && Integer.parseInt(blowfish.group(1)) <= BCRYPT_COST_MAX
				&& this.bcrypt.matches(password, bare);
	}

	@Override
	public String argon2(String password) {
		return encode(this.argon2, password);
	}

	@Override
	public String bcrypt(String password, int cost) {
		return encode(new BCryptPasswordEncoder(cost), password);
	}

	private static String encode(PasswordEncoder encoder, String password) {
		String hash = encoder.encode(password);
		if (hash == null) {
			throw new IllegalArgumentException("The password has no hash");
		}
		return hash;
	}

}
