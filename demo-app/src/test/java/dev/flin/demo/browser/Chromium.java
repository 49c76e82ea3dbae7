package dev.flin.demo.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The machine's Chromium and its driver; never one that is downloaded. */
record Chromium(Path browser, Path driver) {

	private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

	/** Says with each start that it does not know this version's developer tools, which nothing here uses. */
	private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");
	static {
		SELENIUM.setLevel(Level.SEVERE);
	}

	static Optional<Chromium> find() {
		Optional<Path> driver = onPath("chromedriver");
		return BROWSERS.stream()
			.flatMap((name) -> onPath(name).stream())
			.findFirst()
			.flatMap((browser) -> driver.map((found) -> new Chromium(browser, found)));
	}

	private static Optional<Path> onPath(String name) {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst();
	}

	ChromeDriver start() {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(this.browser.toFile());
		// Containers run as root with a small /dev/shm; pages are our own, so the sandbox guards nothing here.
		options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
				"--window-size=1280,900", "--lang=en-US");
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(this.driver.toFile())
			.usingAnyFreePort()
			.build();
		return new ChromeDriver(service, options);
	}

}
