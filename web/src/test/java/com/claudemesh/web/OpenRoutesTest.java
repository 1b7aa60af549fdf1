package com.claudemesh.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.web.OpenRoutes.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenRoutesTest {

    @ParameterizedTest
    @ValueSource(strings = {"/join", "/api/public/x", "/sign-in/x", "/auth/login", "/api/auth/sign-in", "/register"})
    void kindOf_routesWithoutCredential_count(String path) {
        assertThat(OpenRoutes.kindOf("POST", path)).isEqualTo(Kind.REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/i/x", "/invites/x/claim", "/api/public/invite-code/x", "/api/public/invites/x/claim"})
    void kindOf_shortCodes_haveALimitOfTheirOwn(String path) {
        assertThat(OpenRoutes.kindOf("GET", path)).isEqualTo(Kind.CODE);
    }

    @Test
    void kindOf_membersWithoutAccount_count() {
        assertThat(OpenRoutes.kindOf("GET", "/mesh/x/members")).isEqualTo(Kind.REQUEST);
        assertThat(OpenRoutes.kindOf("POST", "/cli-sync")).isEqualTo(Kind.REQUEST);
    }

    @Test
    void kindOf_pollsOfCommandLines_haveALimitOfTheirOwn() {
        assertThat(OpenRoutes.kindOf("GET", "/cli/device-code/X")).isEqualTo(Kind.POLL);
        assertThat(OpenRoutes.kindOf("GET", "/api/auth/cli/device-code/X")).isEqualTo(Kind.POLL);
        assertThat(OpenRoutes.kindOf("POST", "/cli/device-code")).isEqualTo(Kind.REQUEST);
    }

    @Test
    void kindOf_routesThatNeedACredential_doNotCount() {
        assertThat(OpenRoutes.kindOf("GET", "/health")).isEqualTo(Kind.OTHER);
        assertThat(OpenRoutes.kindOf("POST", "/cli/mesh/create")).isEqualTo(Kind.OTHER);
    }

    @Test
    void bucket_addressesOfOneIpv6Network_areOne() {
        assertThat(OpenRoutes.bucket("2001:db8:1:2:3:4:5:6"))
                .isEqualTo(OpenRoutes.bucket("2001:db8:1:2:ffff:0:0:1"))
                .isEqualTo(OpenRoutes.bucket("2001:DB8:1:2::1"))
                .isNotEqualTo(OpenRoutes.bucket("2001:db8:1:3:3:4:5:6"));
        assertThat(OpenRoutes.bucket("192.0.2.1")).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/public/invite-code/x",
                "/api;a=b/public;c/invite-code/x",
                "/api//public/invite-code/x",
                "/%61pi;x/public/./invite-code/x",
                "/x/../api/public/invite-code/x%"
            })
    void kindOf_pathWrittenOtherwise_isTheSame(String path) {
        assertThat(OpenRoutes.kindOf("GET", path)).isEqualTo(OpenRoutes.Kind.CODE);
    }
}
