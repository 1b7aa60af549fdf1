package com.claudemesh.cli.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.testing.MovableClock;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyCreated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortLivedKeyTest {
    private final MovableClock clock = new MovableClock();
    private final Desk desk = new Desk();
    private final List<String> warnings = new ArrayList<>();
    private final ShortLivedKey key = new ShortLivedKey(
            new ShortLivedKey.Purpose("test", List.of(ApiKeyCapability.READ), null), desk, desk, clock, warnings::add);

    private static final class Desk implements KeyDesk {
        private final List<ApiKeyCreate> minted = new ArrayList<>();
        private final List<String> revoked = new ArrayList<>();
        private boolean down;

        @Override
        public ApiKeyCreated mint(ApiKeyCreate wish) {
            minted.add(wish);
            String id = "key" + minted.size();
            return new ApiKeyCreated(id, "secret of " + id, "", "", wish.capabilities(), null, "");
        }

        @Override
        public void revoke(String keyId) {
            if (down) {
                throw CliException.network("gone");
            }
            revoked.add(keyId);
        }
    }

    @Test
    void secret_neverAsked_needsNoServer() {
        key.close();

        assertThat(desk.minted).isEmpty();
        assertThat(desk.revoked).isEmpty();
    }

    @Test
    void secret_withinItsTime_isTheSame() {
        String first = key.secret();
        clock.pass(Duration.ofMinutes(3));

        assertThat(key.secret()).isEqualTo(first).isEqualTo("secret of key1");
        assertThat(desk.minted.get(0).expiresAt())
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(2)).toString());
    }

    @Test
    void secret_aMinuteBeforeTheEnd_isReplacedAndTheOldOneRevoked() {
        key.secret();
        clock.pass(Duration.ofMinutes(4));

        assertThat(key.secret()).isEqualTo("secret of key2");
        assertThat(desk.revoked).containsExactly("key1");
    }

    @Test
    void renew_refusedKey_isReplaced() {
        key.secret();
        key.renew();

        assertThat(key.secret()).isEqualTo("secret of key2");
    }

    @Test
    void close_key_isRevokedOnce() {
        key.secret();
        key.close();
        key.close();

        assertThat(desk.revoked).containsExactly("key1");
        assertThatThrownBy(key::secret).isInstanceOf(CliException.class);
    }

    @Test
    void close_serverGone_isSaid() {
        key.secret();
        desk.down = true;

        key.close();

        assertThat(warnings).singleElement().asString().contains("5 minutes");
    }
}
