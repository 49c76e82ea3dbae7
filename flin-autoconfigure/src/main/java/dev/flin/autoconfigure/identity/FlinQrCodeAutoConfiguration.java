package dev.flin.autoconfigure.identity;

import com.google.zxing.qrcode.QRCodeWriter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.port.QrCodes;

/**
 * Auto-configuration for QR codes.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class)
@ConditionalOnClass(QRCodeWriter.class)
@ConditionalOnBean(FlinEngine.class)
public final class FlinQrCodeAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	QrCodes flinQrCodes() {
		return new ZxingQrCodes();
	}

}
