package com.claudemesh.platform;

import com.claudemesh.protocol.crypto.AtRestCipher;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes the platform's objects, one of each, for injection. */
@Dependent
public class PlatformWiring {

    @Resource(lookup = "jdbc/claudemesh")
    private DataSource database;

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
    Transactions transactions() {
        return new Transactions(database);
    }

    @Produces
    @Singleton
    AtRestCipher atRestCipher(Settings settings) {
        return new AtRestCipher(settings.encryptionKeyHex(), settings.earlierEncryptionKeysHex());
    }

    @Produces
    @Singleton
    SecretsRotation rotation(Transactions transactions, AtRestCipher atRest, @Any Instance<EncryptedColumn> columns) {
        return new SecretsRotation(transactions, atRest, columns.stream().toList());
    }
}
