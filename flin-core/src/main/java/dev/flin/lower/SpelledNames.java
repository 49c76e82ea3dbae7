package dev.flin.lower;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Attributes that JavaScript has to spell otherwise, as it knows no hyphens in names: {@code strokeWidth}. */
final class SpelledNames {

	/** Most attributes of drawings, such as {@code viewBox}, have capitals of their own: these have hyphens. */
	private static final String HYPHENS = "strokeWidth strokeLinecap strokeLinejoin strokeDasharray strokeDashoffset "
			+ "strokeMiterlimit strokeOpacity fillRule fillOpacity clipRule clipPath stopColor stopOpacity textAnchor "
			+ "dominantBaseline alignmentBaseline baselineShift fontSize fontFamily fontWeight fontStyle letterSpacing "
			+ "wordSpacing textDecoration textRendering pointerEvents shapeRendering imageRendering vectorEffect "
			+ "floodColor floodOpacity lightingColor markerStart markerMid markerEnd paintOrder transformOrigin "
			+ "acceptCharset httpEquiv";

	private static final Set<String> NAMES = Set.of(HYPHENS.split(" "));

	private SpelledNames() {
	}

	/** The attribute of HTML, null if it is spelled as everywhere. */
	static @Nullable String inHtml(String name) {
		return switch (name) {
			case "className" -> "class";
			case "htmlFor" -> "for";
			case "xlinkHref" -> "xlink:href";
			default -> NAMES.contains(name) ? hyphenated(name) : null;
		};
	}

	private static String hyphenated(String name) {
		StringBuilder spelled = new StringBuilder();
		for (char c : name.toCharArray()) {
			if (c >= 'A' && c <= 'Z') {
				spelled.append('-').append((char) (c + 'a' - 'A'));
			}
			else {
				spelled.append(c);
			}
		}
		return spelled.toString();
	}

}
