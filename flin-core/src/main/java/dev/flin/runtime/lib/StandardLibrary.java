package dev.flin.runtime.lib;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.flin.runtime.BuiltinCatalog;
import dev.flin.value.FlinBugException;

/**
 * The built-ins that every engine has.
 */
public final class StandardLibrary {

	/** What {@link BuiltinCatalog#toIndex} writes for the classes; a test keeps it current. */
	static final String INDEX = "builtins.index";

	private StandardLibrary() {
	}

	/** The classes of the built-ins. */
	public static List<Class<?>> classes() {
		return List.of(ListFunctions.class, ListChanges.class, ListOrder.class, ListGroups.class, MapFunctions.class,
				TextFunctions.class, TextStyles.class, TextChecks.class, RegexFunctions.class, NumberFunctions.class,
				MathFunctions.class, ConversionFunctions.class, StatisticsFunctions.class, GeometryFunctions.class,
				MoneyFunctions.class, TimeFunctions.class, TimeSources.class, DurationFunctions.class,
				JsonFunctions.class, TypeFunctions.class, ControlFunctions.class, LogFunctions.class,
				CodecFunctions.class, CryptoFunctions.class, PasswordFunctions.class, TokenFunctions.class,
				OtpFunctions.class, SignInFunctions.class, OAuthFunctions.class, HttpFunctions.class,
				UrlFunctions.class, CsvFunctions.class, ChangeFunctions.class, HtmlFunctions.class,
				FormatFunctions.class, JavaScriptFunctions.class, JavaScriptTimes.class,
				JavaScriptNumbers.class, JavaScriptFormats.class, BrowserFunctions.class);
	}

	/** The catalog of the classes, from their index: no class is loaded before it is used. */
	public static BuiltinCatalog catalog() {
		return BuiltinCatalog.ofIndex(index());
	}

	/** The index of the classes. */
	public static String index() {
		try (InputStream index = StandardLibrary.class.getResourceAsStream(INDEX)) {
			if (index == null) {
				throw new FlinBugException("the index of the built-ins is missing");
			}
			return new String(index.readAllBytes(), StandardCharsets.US_ASCII);
		}
		catch (IOException ex) {
			throw new FlinBugException("the index of the built-ins cannot be read", ex);
		}
	}

}
