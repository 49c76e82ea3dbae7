package dev.flin.autoconfigure.identity;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of codes by WhatsApp (Cloud API).
 *
 * @since 0.1.0
 */
@ConfigurationProperties("flin.whatsapp")
public class FlinWhatsAppProperties {

	/**
	 * Id of the number that messages come from.
	 */
	private String phoneNumberId = "";

	/**
	 * Token that the application speaks to the API with.
	 */
	private String accessToken = "";

	/**
	 * Name of the approved template, of the category authentication.
	 */
	private String template = "otp";

	/**
	 * Language of the template.
	 */
	private String language = "en";

	/**
	 * Where the API is.
	 */
	private String server = "https://graph.facebook.com/v23.0";

	public String getPhoneNumberId() {
		return this.phoneNumberId;
	}

	public void setPhoneNumberId(String phoneNumberId) {
		this.phoneNumberId = phoneNumberId;
	}

	public String getAccessToken() {
		return this.accessToken;
	}

	public void setAccessToken(String accessToken) {
		this.accessToken = accessToken;
	}

	public String getTemplate() {
		return this.template;
	}

	public void setTemplate(String template) {
		this.template = template;
	}

	public String getLanguage() {
		return this.language;
	}

	public void setLanguage(String language) {
		this.language = language;
	}

	public String getServer() {
		return this.server;
	}

	public void setServer(String server) {
		this.server = server;
	}

}
