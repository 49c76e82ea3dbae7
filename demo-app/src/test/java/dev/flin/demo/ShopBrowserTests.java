package dev.flin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "flin.store.type=memory")
class ShopBrowserTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@LocalServerPort
	private int port;

	private @Nullable WebDriver driver;

	@BeforeEach
	void open() {
		Path browser = first("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
		Path service = first("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");
		if (!"true".equals(System.getenv("CI"))) {
			assumeTrue(browser != null && service != null, "Chromium and its driver are not installed");
		}
		assertThat(browser).as("Chromium").isNotNull();
		assertThat(service).as("its driver").isNotNull();
		ChromeOptions options = new ChromeOptions();
		options.setBinary(String.valueOf(browser));
		options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
		ChromeDriverService.Builder driverService = new ChromeDriverService.Builder();
		this.driver = new ChromeDriver(driverService.usingDriverExecutable(service.toFile()).build(), options);
	}

	@AfterEach
	void close() {
		if (this.driver != null) {
			this.driver.quit();
		}
	}

	private static @Nullable Path first(String... places) {
		return Stream.of(places).map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
	}

	private WebDriver at(String path) {
		WebDriver browser = this.driver;
		if (browser == null) {
			throw new IllegalStateException("no browser");
		}
		browser.get("http://localhost:" + this.port + path);
		return browser;
	}

	private static void waitFor(WebDriver browser, String css) {
		new WebDriverWait(browser, PATIENCE).until(ExpectedConditions.presenceOfElementLocated(By.cssSelector(css)));
	}

	@Test
	void theSearchBoxFindsAProductAndItsHistoryIsShown() {
		WebDriver browser = at("/");
		assertThat(browser.findElements(By.cssSelector(".card"))).hasSizeGreaterThan(5);
		WebElement search = browser.findElement(By.id("q"));
		search.sendKeys("lamp");
		search.submit();
		new WebDriverWait(browser, PATIENCE).until(ExpectedConditions.urlContains("q=lamp"));
		List<WebElement> found = browser.findElements(By.cssSelector(".card h2 a"));
		assertThat(found).extracting(WebElement::getText).containsExactly("Brass desk lamp");
		found.get(0).click();
		waitFor(browser, ".chart polyline");
		assertThat(browser.findElements(By.cssSelector(".chart circle"))).hasSize(6);
		assertThat(browser.findElements(By.cssSelector("tbody tr"))).hasSize(6);
		assertThat(browser.findElement(By.cssSelector("tbody tr td:nth-child(3)")).getText()).isEqualTo("€ 89.90");
	}

	@Test
	void theFormSavesAProductAndAnotherPriceIsAnotherVersion() {
		WebDriver browser = at("/products/new");
		browser.findElement(By.name("name")).sendKeys("Tin whistle");
		browser.findElement(By.name("price")).sendKeys("12.5");
		browser.findElement(By.cssSelector("main form button")).click();
		waitFor(browser, ".chart");
		assertThat(browser.findElement(By.tagName("h1")).getText()).isEqualTo("Tin whistle");
		WebElement price = browser.findElement(By.name("price"));
		price.clear();
		price.sendKeys("13.25");
		browser.findElement(By.cssSelector("main form button")).click();
		new WebDriverWait(browser, PATIENCE)
			.until(ExpectedConditions.numberOfElementsToBe(By.cssSelector("tbody tr"), 2));
		assertThat(browser.findElement(By.cssSelector(".price.big")).getText()).isEqualTo("€ 13.25");
	}

	@Test
	void thePageFitsAPhone() {
		WebDriver browser = at("/");
		browser.manage().window().setSize(new Dimension(500, 800));
		browser.navigate().refresh();
		waitFor(browser, ".card");
		WebElement body = browser.findElement(By.tagName("body"));
		int widest = browser.findElements(By.cssSelector(".card"))
			.stream()
			.mapToInt((card) -> card.getRect().getX() + card.getRect().getWidth())
			.max()
			.orElse(0);
		assertThat(widest).isLessThanOrEqualTo(body.getSize().getWidth());
	}

}
