package dev.flin.demo.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebDriver;

/** The browser itself, before any page of the shop: when this fails the machine is at fault. */
@BrowserTest
class BrowserTests {

	@Test
	void showsAPage(WebDriver browser) {
		browser.get("data:text/html,<title>Hello</title>");
		assertThat(browser.getTitle()).isEqualTo("Hello");
	}

}
