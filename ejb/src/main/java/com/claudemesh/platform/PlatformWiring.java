package com.claudemesh.platform;

import com.claudemesh.protocol.crypto.AtRestCipher;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes the platform's objects, one of each, for injection. */
@Dependent
public class PlatformWiring {

    @Produces
    @Singleton
    Settings settings() {
        return Settings.from(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
    }

    @Produces
    @Singleton
    Metrics metrics() {
        return new Metrics();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    AtRestCipher atRestCipher(Settings settings) {
        return new AtRestCipher(settings.encryptionKeyHex());
    }
}
