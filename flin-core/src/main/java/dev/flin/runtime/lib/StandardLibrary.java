package dev.flin.runtime.lib;

import java.util.List;

import dev.flin.runtime.BuiltinCatalog;

/**
 * The classes of the built-ins that every engine has.
 */
public final class StandardLibrary {

	private static final List<Class<?>> CLASSES = List.of(ListFunctions.class, ListChanges.class, ListOrder.class,
			ListGroups.class, MapFunctions.class, TextFunctions.class, TextStyles.class, TextChecks.class,
			RegexFunctions.class, NumberFunctions.class, MathFunctions.class, ConversionFunctions.class,
			StatisticsFunctions.class, GeometryFunctions.class, MoneyFunctions.class, TimeFunctions.class,
			TimeSources.class, DurationFunctions.class, JsonFunctions.class,
			TypeFunctions.class, ControlFunctions.class, CodecFunctions.class, CryptoFunctions.class, UrlFunctions.class,
			CsvFunctions.class, ChangeFunctions.class, HtmlFunctions.class, FormatFunctions.class, BrowserFunctions.class);

	private StandardLibrary() {
	}

	public static List<Class<?>> classes() {
		return CLASSES;
	}

	/** A catalog of these classes alone. */
	public static BuiltinCatalog catalog() {
		return BuiltinCatalog.of(CLASSES);
	}

}
