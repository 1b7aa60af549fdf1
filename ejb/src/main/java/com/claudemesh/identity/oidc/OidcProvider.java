package com.claudemesh.identity.oidc;

import com.claudemesh.identity.ExternalIdentity;
import com.claudemesh.platform.OidcSettings;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configured OpenID provider. What it publishes about itself is read on first use and again every hour; its keys when
 * they are old or a token names an unknown one. Everything but loopback addresses is spoken to over TLS. Blocking, ten
 * seconds at most for each request; safe for any thread.
 */
public final class OidcProvider {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_KEY_SET_BYTES = 262_144;
    private static final Duration METADATA_LIFE = Duration.ofHours(1);
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final OidcSettings settings;
    private final URI redirect;
    private final Clock clock;
    private volatile @Nullable Published published;

    /** What the provider said about itself. */
    private record Published(OIDCProviderMetadata metadata, IDTokenValidator validator, Instant readAt) {}

    public OidcProvider(OidcSettings settings, URI redirect, Clock clock) {
        this.settings = settings;
        this.redirect = redirect;
        this.clock = clock;
    }

    /** Where to send the browser. */
    URI authenticationRequest(String state, OidcSecrets secrets) throws OidcException {
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope(settings.scopes().toArray(String[]::new)),
                        new ClientID(settings.clientId()),
                        redirect)
                .endpointURI(safe(published().metadata().getAuthorizationEndpointURI()))
                .state(new State(state))
                .nonce(new Nonce(secrets.nonce()))
                .codeChallenge(new CodeVerifier(secrets.codeVerifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /** Redeems a code for a verified ID token, and asks for what the token leaves out. */
    ExternalIdentity redeem(String code, OidcSecrets secrets) throws OidcException {
        Published provider = published();
        try {
            OIDCTokens tokens = tokens(provider.metadata(), code, secrets);
            IDTokenClaimsSet claims = provider.validator().validate(tokens.getIDToken(), new Nonce(secrets.nonce()));
            Claims known = new Claims(claims.toJSONObject());
            boolean complete =
                    known.has("email") && (settings.groupClaim().isEmpty() || known.has(settings.groupClaim()));
            Claims more = complete ? Claims.NONE : userInfo(provider.metadata(), tokens, claims);
            return known.or(more).identity(settings.issuer(), settings.groupClaim());
        } catch (GeneralException | IOException e) {
            throw new OidcException("the code could not be redeemed", e);
        } catch (com.nimbusds.jose.proc.BadJOSEException | com.nimbusds.jose.JOSEException e) {
            throw new OidcException("the ID token is not acceptable", e);
        }
    }

    private OIDCTokens tokens(OIDCProviderMetadata metadata, String code, OidcSecrets secrets)
            throws OidcException, GeneralException, IOException {
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(
                new AuthorizationCode(code), redirect, new CodeVerifier(secrets.codeVerifier()));
        URI endpoint = safe(metadata.getTokenEndpointURI());
        TokenRequest request = settings.clientSecret().isEmpty()
                ? new TokenRequest.Builder(endpoint, new ClientID(settings.clientId()), grant).build()
                : new TokenRequest.Builder(endpoint, authentication(metadata), grant).build();
        TokenResponse response = OIDCTokenResponseParser.parse(send(request.toHTTPRequest()));
        if (!response.indicatesSuccess()) {
            throw new OidcException("the provider refused the code: "
                    + response.toErrorResponse().getErrorObject().getCode());
        }
        OIDCTokens tokens = ((OIDCTokenResponse) response).getOIDCTokens();
        if (tokens.getIDToken() == null) {
            throw new OidcException("the provider sent no ID token");
        }
        return tokens;
    }

    private ClientAuthentication authentication(OIDCProviderMetadata metadata) {
        ClientID id = new ClientID(settings.clientId());
        Secret secret = new Secret(settings.clientSecret());
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        boolean basic = methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return basic ? new ClientSecretBasic(id, secret) : new ClientSecretPost(id, secret);
    }

    private Claims userInfo(OIDCProviderMetadata metadata, OIDCTokens tokens, IDTokenClaimsSet claims)
            throws OidcException, GeneralException, IOException {
        if (metadata.getUserInfoEndpointURI() == null) {
            return Claims.NONE;
        }
        UserInfoRequest request = new UserInfoRequest(safe(metadata.getUserInfoEndpointURI()), tokens.getAccessToken());
        UserInfoResponse response = UserInfoResponse.parse(send(request.toHTTPRequest()));
        if (!response.indicatesSuccess() || response.toSuccessResponse().getUserInfo() == null) {
            throw new OidcException("the provider does not say who it is");
        }
        Claims more = new Claims(response.toSuccessResponse().getUserInfo().toJSONObject());
        // The answer is not signed: it is about this person or it is nothing (OpenID Connect Core §5.3.2).
        if (!claims.getSubject().getValue().equals(more.text("sub"))) {
            throw new OidcException("the provider's user info is about somebody else");
        }
        return more;
    }

    private static HTTPResponse send(HTTPRequest request) throws IOException {
        request.setConnectTimeout(TIMEOUT_MILLIS);
        request.setReadTimeout(TIMEOUT_MILLIS);
        request.setFollowRedirects(false);
        return request.send();
    }

    private Published published() throws OidcException {
        Published known = published;
        if (known != null && clock.instant().isBefore(known.readAt().plus(METADATA_LIFE))) {
            return known;
        }
        try {
            Published read = read();
            published = read;
            return read;
        } catch (GeneralException | IOException e) {
            if (known != null) {
                return known;
            }
            throw new OidcException("the provider does not describe itself", e);
        }
    }

    private Published read() throws OidcException, GeneralException, IOException {
        Issuer issuer = new Issuer(settings.issuer());
        safe(URI.create(settings.issuer()));
        OIDCProviderMetadata metadata = OIDCProviderMetadata.resolve(issuer, TIMEOUT_MILLIS, TIMEOUT_MILLIS);
        IDTokenValidator validator = new IDTokenValidator(
                issuer,
                new ClientID(settings.clientId()),
                new JWSVerificationKeySelector<>(ALGORITHMS, keys(safe(metadata.getJWKSetURI()))),
                null);
        return new Published(metadata, validator, clock.instant());
    }

    private static JWKSource<SecurityContext> keys(URI location) throws OidcException {
        try {
            return JWKSourceBuilder.create(
                            location.toURL(),
                            new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_KEY_SET_BYTES))
                    .refreshAheadCache(false)
                    .retrying(true)
                    .build();
        } catch (MalformedURLException e) {
            throw new OidcException("the provider's key set has no address", e);
        }
    }

    /** Plain HTTP never leaves this machine. */
    private static URI safe(@Nullable URI address) throws OidcException {
        if (address == null || address.getHost() == null) {
            throw new OidcException("the provider publishes no address for a part of the protocol");
        }
        boolean loopback = LOOPBACK.contains(address.getHost());
        if (!"https".equals(address.getScheme()) && !("http".equals(address.getScheme()) && loopback)) {
            throw new OidcException("the provider's address " + address.getHost() + " is not https");
        }
        return address;
    }

    /** Whether an {@code iss} parameter of an answer (RFC 9207) is this provider's, or absent. */
    boolean isIssuer(@Nullable String issuerParameter) {
        return issuerParameter == null || issuerParameter.equals(settings.issuer());
    }
}
