package com.claudemesh.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.identity.ExternalSignIn;
import com.claudemesh.identity.RequestOrigin;
import com.claudemesh.identity.TestIdentity;
import com.claudemesh.identity.oidc.OidcSignIn.Answer;
import com.claudemesh.identity.oidc.OidcSignIn.Outcome;
import com.claudemesh.platform.OidcSettings;
import com.claudemesh.protocol.crypto.AtRestCipher;
import com.claudemesh.testing.OpenIdProvider;
import com.claudemesh.testing.OpenIdProvider.Algorithm;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OidcSignInTest {
    private static final RequestOrigin HERE = new RequestOrigin("192.0.2.1", "JUnit");
    private static final String BROWSER = "a secret of this browser";

    private final TestIdentity identity = TestIdentity.withoutMail();
    private final OpenIdProvider provider = new OpenIdProvider("claudemesh", "s3cret");
    private final OidcSignIn signIn = signIn("s3cret", provider.issuer());

    @BeforeEach
    void somebodyIsSignedInAtTheProvider() {
        provider.signIn(Map.of(
                "sub",
                "u-1",
                "email",
                "ada@example.org",
                "email_verified",
                true,
                "name",
                "Ada",
                "groups",
                List.of("mesh-admins", "staff")));
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"RS256", "ES256"})
    void complete_wholeFlow_signsInAndReturns(Algorithm algorithm) throws Exception {
        provider.signWith(algorithm);

        Outcome outcome = complete(comeBack("/dashboard?x=1"));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.SignedIn.class, it -> {
            assertThat(it.returnTo()).isEqualTo("/dashboard?x=1");
            assertThat(it.result().account().email()).isEqualTo("ada@example.org");
            assertThat(it.result().account().isAdministrator()).isTrue();
        });
    }

    @Test
    void complete_providerWithThinTokens_asksForTheRest() throws Exception {
        provider.sendThinTokens();

        assertThat(complete(comeBack("/"))).isInstanceOfSatisfying(Outcome.SignedIn.class, it -> {
            assertThat(it.result().account().email()).isEqualTo("ada@example.org");
            assertThat(it.result().account().isAdministrator()).isTrue();
        });
    }

    @Test
    void complete_keyRotatedAfterTheFirstSignIn_isAccepted() throws Exception {
        complete(comeBack("/"));
        provider.rotateKey();

        assertThat(complete(comeBack("/"))).isInstanceOf(Outcome.SignedIn.class);
    }

    @Test
    void complete_answerReplayed_isRefused() throws Exception {
        Answer answer = comeBack("/");
        complete(answer);

        assertThat(complete(answer)).isEqualTo(new Outcome.Unexpected());
    }

    @Test
    void complete_answerInAnotherBrowser_isRefusedAndStaysUsableInItsOwn() throws Exception {
        Answer answer = comeBack("/");

        assertThat(signIn.complete(answer, "another browser", HERE)).isEqualTo(new Outcome.Unexpected());
        assertThat(complete(answer)).isInstanceOf(Outcome.SignedIn.class);
    }

    @Test
    void complete_elevenMinutesLater_isRefused() throws Exception {
        Answer answer = comeBack("/");

        identity.clock().advance(Duration.ofMinutes(11));

        assertThat(complete(answer)).isEqualTo(new Outcome.Unexpected());
    }

    @Test
    void complete_answerThatNobodyAskedFor_isRefused() {
        assertThat(complete(new Answer("invented", "code", null, null))).isEqualTo(new Outcome.Unexpected());
        assertThat(complete(new Answer(null, "code", null, null))).isEqualTo(new Outcome.Unexpected());
        assertThat(complete(new Answer("x".repeat(100_000), "code", null, null)))
                .isEqualTo(new Outcome.Unexpected());
    }

    @Test
    void complete_codeOfAnotherFlow_failsTheCodeChallenge() throws Exception {
        Answer mine = comeBack("/");
        Answer other = comeBack("/");

        assertThat(complete(new Answer(mine.state(), other.code(), null, null))).isEqualTo(new Outcome.Failed());
    }

    @Test
    void complete_answerOfAnotherIssuer_isRefused() throws Exception {
        Answer answer = comeBack("/");

        assertThat(complete(new Answer(answer.state(), answer.code(), null, "https://evil.example")))
                .isEqualTo(new Outcome.Unexpected());
    }

    @Test
    void complete_personSaidNo_isDeclined() throws Exception {
        assertThat(complete(new Answer(comeBack("/").state(), null, "access_denied", null)))
                .isEqualTo(new Outcome.Declined());
    }

    @Test
    void complete_tokenSignedByAnotherKey_fails() throws Exception {
        provider.signWithUnpublishedKey();

        assertThat(complete(comeBack("/"))).isEqualTo(new Outcome.Failed());
    }

    @Test
    void complete_unsignedToken_fails() throws Exception {
        provider.signWith(Algorithm.NONE);

        assertThat(complete(comeBack("/"))).isEqualTo(new Outcome.Failed());
    }

    @Test
    void complete_tokenWithWrongClaims_fails() throws Exception {
        for (Map<String, Object> lie : List.<Map<String, Object>>of(
                Map.of("nonce", "other"),
                Map.of("aud", "another-client"),
                Map.of("iss", "https://evil.example"),
                Map.of("exp", System.currentTimeMillis() / 1000 - 120))) {
            provider.lie(lie);

            assertThat(complete(comeBack("/"))).as("%s", lie).isEqualTo(new Outcome.Failed());
        }
        assertThat(identity.accountCount()).isZero();
    }

    @Test
    void complete_wrongClientSecret_fails() throws Exception {
        OidcSignIn wrong = signIn("wrong", provider.issuer());
        URI back = provider.visit(wrong.begin(BROWSER, "/").orElseThrow());

        assertThat(wrong.complete(answer(back), BROWSER, HERE)).isEqualTo(new Outcome.Failed());
    }

    @Test
    void complete_personOfNoAllowedGroup_isNotAdmitted() throws Exception {
        provider.signIn(Map.of("sub", "u-2", "groups", List.of("guests")));

        assertThat(complete(comeBack("/"))).isEqualTo(new Outcome.NotAdmitted(new ExternalSignIn.Outcome.NotAllowed()));
    }

    @Test
    void begin_providerAway_isEmpty() {
        provider.close();

        assertThat(signIn.begin(BROWSER, "/")).isEmpty();
    }

    @Test
    void begin_providerInTheClearOnAnotherMachine_isRefused() {
        assertThat(signIn("s3cret", "http://id.example.org").begin(BROWSER, "/"))
                .isEmpty();
    }

    @Test
    void begin_issuerThatIsNotItsOwn_isRefused() {
        assertThat(signIn("s3cret", provider.issuer() + "/").begin(BROWSER, "/"))
                .isEmpty();
    }

    private OidcSignIn signIn(String secret, String issuer) {
        OidcSettings settings = new OidcSettings(
                issuer,
                "claudemesh",
                secret,
                List.of("openid", "email", "profile"),
                "groups",
                List.of("mesh-admins"),
                List.of("staff"),
                "SSO");
        return new OidcSignIn(
                new OidcProvider(settings, URI.create("http://127.0.0.1:7900/auth/oidc/callback"), identity.clock()),
                new OidcAttempts(identity.transactions(), new AtRestCipher("33".repeat(32)), identity.clock()),
                identity.externalSignIn(true, Set.of("mesh-admins"), Set.of("staff")),
                true,
                "SSO");
    }

    /** Sends the browser to the provider and back. */
    private Answer comeBack(String returnTo) throws IOException, InterruptedException {
        return answer(provider.visit(signIn.begin(BROWSER, returnTo).orElseThrow()));
    }

    private Outcome complete(Answer answer) {
        return signIn.complete(answer, BROWSER, HERE);
    }

    private static Answer answer(URI callback) {
        assertThat(callback.toString()).startsWith("http://127.0.0.1:7900/auth/oidc/callback?");
        Map<String, String> parameters = new HashMap<>();
        for (String pair : callback.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return new Answer(parameters.get("state"), parameters.get("code"), null, parameters.get("iss"));
    }
}
