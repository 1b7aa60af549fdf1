package com.claudemesh.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountSettingsTest {

    @Test
    void from_nothingSet_isClosedAndWithoutMailAndSingleSignOn() {
        Settings settings = settings(Map.of());

        assertThat(settings.accounts().registrationOpen()).isFalse();
        assertThat(settings.mail().isConfigured()).isFalse();
        assertThat(settings.oidc().isConfigured()).isFalse();
        assertThat(settings.accounts().trustedProxies().ranges()).isEmpty();
        assertThat(settings.accounts().exportsPerHour()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "CLI_SYNC_SECRET, too short",
        "CLAUDEMESH_REGISTRATION, maybe",
        "CLAUDEMESH_SIGN_IN_ATTEMPTS, 0",
        "CLAUDEMESH_SESSION_IDLE_MINUTES, -1",
        "CLAUDEMESH_PASSWORD_MEMORY_KIB, 1",
        "CLAUDEMESH_TRUSTED_PROXIES, everybody",
        "CLAUDEMESH_EXPORTS_PER_HOUR, 0",
        "CLAUDEMESH_EXPORTS_PER_HOUR, 1001",
        "SMTP_ENCRYPTION, rot13",
        "SMTP_PORT, 70000",
        "OIDC_ISSUER, ftp://id.example"
    })
    void from_wrongValue_stopsTheStartNamingTheVariableAndNotItsValue(String name, String value) {
        assertThatThrownBy(() -> settings(Map.of(name, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining("too short");
    }

    @Test
    void from_issuerWithoutClient_namesTheClient() {
        assertThatThrownBy(() -> settings(Map.of("OIDC_ISSUER", "https://id.example")))
                .hasMessageContaining("OIDC_CLIENT_ID");
    }

    @Test
    void toString_secrets_areNotShown() {
        Settings settings = settings(Map.of(
                "CLI_SYNC_SECRET", "s".repeat(32),
                "SMTP_HOST", "mail.example",
                "SMTP_PASSWORD", "hunter2hunter2",
                "OIDC_ISSUER", "https://id.example",
                "OIDC_CLIENT_ID", "c",
                "OIDC_CLIENT_SECRET", "geheim"));

        assertThat(settings.accounts() + " " + settings.mail() + " " + settings.oidc() + settings)
                .doesNotContain("ssss", "hunter2", "geheim", "0000");
    }

    private static Settings settings(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.putIfAbsent("BROKER_ENCRYPTION_KEY", "0".repeat(64));
        return Settings.from(name -> Optional.ofNullable(variables.get(name)));
    }
}
