package com.claudemesh.testing;

import com.claudemesh.protocol.frame.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A small OpenID provider that speaks the real protocol over HTTP: discovery, authorization code flow with PKCE, client
 * authentication, key set, user info. Written with the JDK alone, so that it shares no code with what it tests. Whoever
 * comes to its authorization endpoint is signed in at once as the person that the test has set.
 */
public final class OpenIdProvider implements AutoCloseable {
    /** Made once: RSA keys take their time. */
    private static final KeyPair FIRST_RSA = rsaKey();

    private static final KeyPair EC = ecKey();
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    /** Signature algorithms that it can be told to use. */
    public enum Algorithm {
        RS256,
        ES256,
        NONE
    }

    private record Grant(Map<String, String> request, Map<String, Object> claims) {}

    private final HttpServer server;
    private final String clientId;
    private final String clientSecret;
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> accessTokens = new ConcurrentHashMap<>();
    private volatile Map<String, Object> person = Map.of();
    private volatile Map<String, Object> overrides = Map.of();
    private volatile boolean thin;
    private volatile Algorithm algorithm = Algorithm.RS256;
    private volatile KeyPair rsa = FIRST_RSA;
    private volatile KeyPair publishedRsa = rsa;

    public OpenIdProvider(String clientId, String clientSecret) {
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no port for the provider", e);
        }
        server.createContext("/.well-known/openid-configuration", this::discovery);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext("/keys", this::keys);
        server.createContext("/userinfo", this::userInfo);
        server.start();
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Who is signed in at the provider; {@code sub} and whatever claims the test wants. */
    public void signIn(Map<String, Object> claims) {
        person = Map.copyOf(claims);
    }

    /** Claims that replace the right ones in the next ID tokens. */
    public void lie(Map<String, Object> claims) {
        overrides = Map.copyOf(claims);
    }

    public void signWith(Algorithm wanted) {
        algorithm = wanted;
    }

    /** ID tokens carry {@code sub} only; the rest is told by the user info endpoint. */
    public void sendThinTokens() {
        thin = true;
    }

    /** Signs with a new key, which is published from then on. */
    public void rotateKey() {
        rsa = rsaKey();
        publishedRsa = rsa;
    }

    /** Signs with a key that is not the published one, under its name. */
    public void signWithUnpublishedKey() {
        rsa = rsaKey();
    }

    /** What a browser does with an authorization request: follows it, and is told where to go next. */
    public URI visit(URI authorizationRequest) throws IOException, InterruptedException {
        var response = java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(authorizationRequest)
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString());
        return URI.create(response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError("no redirect: " + response.body())));
    }

    private void discovery(HttpExchange exchange) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer());
        document.put("authorization_endpoint", issuer() + "/authorize");
        document.put("token_endpoint", issuer() + "/token");
        document.put("userinfo_endpoint", issuer() + "/userinfo");
        document.put("jwks_uri", issuer() + "/keys");
        document.put("response_types_supported", List.of("code"));
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256", "ES256"));
        document.put("code_challenge_methods_supported", List.of("S256"));
        json(exchange, 200, document);
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> request = parameters(exchange.getRequestURI().getRawQuery());
        boolean valid = "code".equals(request.get("response_type"))
                && clientId.equals(request.get("client_id"))
                && Arrays.asList(request.getOrDefault("scope", "").split(" ")).contains("openid")
                && "S256".equals(request.get("code_challenge_method"))
                && request.containsKey("code_challenge")
                && request.containsKey("redirect_uri");
        if (!valid) {
            json(exchange, 400, Map.of("error", "invalid_request"));
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, new Grant(request, person));
        String location = request.get("redirect_uri") + "?code=" + code + "&state="
                + URLEncoder.encode(request.getOrDefault("state", ""), StandardCharsets.UTF_8) + "&iss="
                + URLEncoder.encode(issuer(), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Location", location);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> request = parameters(body);
        String credentials = clientId + ":" + clientSecret;
        String expected = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            json(exchange, 401, Map.of("error", "invalid_client"));
            return;
        }
        Grant grant = codes.remove(request.getOrDefault("code", ""));
        boolean valid = grant != null
                && "authorization_code".equals(request.get("grant_type"))
                && grant.request().get("redirect_uri").equals(request.get("redirect_uri"))
                && grant.request().get("code_challenge").equals(challenge(request.getOrDefault("code_verifier", "")));
        if (!valid) {
            json(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        String accessToken = UUID.randomUUID().toString();
        accessTokens.put(accessToken, grant.claims());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", accessToken);
        answer.put("token_type", "Bearer");
        answer.put("expires_in", 300);
        answer.put("id_token", idToken(grant));
        json(exchange, 200, answer);
    }

    private void userInfo(HttpExchange exchange) throws IOException {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        Map<String, Object> claims = header == null ? null : accessTokens.get(header.replaceFirst("Bearer ", ""));
        json(exchange, claims == null ? 401 : 200, claims == null ? Map.of() : claims);
    }

    private void keys(HttpExchange exchange) throws IOException {
        RSAPublicKey rsaKey = (RSAPublicKey) publishedRsa.getPublic();
        ECPublicKey ecKey = (ECPublicKey) EC.getPublic();
        Map<String, Object> first = new LinkedHashMap<>(Map.of("kty", "RSA", "use", "sig", "kid", kid()));
        first.put("n", number(rsaKey.getModulus(), 256));
        first.put("e", number(rsaKey.getPublicExponent(), 3));
        Map<String, Object> second =
                new LinkedHashMap<>(Map.of("kty", "EC", "use", "sig", "kid", "ec", "crv", "P-256"));
        second.put("x", number(ecKey.getW().getAffineX(), 32));
        second.put("y", number(ecKey.getW().getAffineY(), 32));
        json(exchange, 200, Map.of("keys", List.of(first, second)));
    }

    private String kid() {
        return "rsa-" + Integer.toHexString(publishedRsa.getPublic().hashCode());
    }

    private String idToken(Grant grant) throws IOException {
        long now = System.currentTimeMillis() / 1000;
        Map<String, Object> claims =
                new HashMap<>(thin ? Map.of("sub", grant.claims().get("sub")) : grant.claims());
        claims.put("iss", issuer());
        claims.put("aud", clientId);
        claims.put("iat", now);
        claims.put("exp", now + 300);
        claims.put("nonce", grant.request().get("nonce"));
        claims.putAll(overrides);
        Map<String, String> header = algorithm == Algorithm.NONE
                ? Map.of("alg", "none")
                : Map.of("alg", algorithm.name(), "kid", algorithm == Algorithm.ES256 ? "ec" : kid());
        String signed = part(header) + "." + part(claims);
        return signed + "." + (algorithm == Algorithm.NONE ? "" : URL.encodeToString(sign(signed)));
    }

    private byte[] sign(String text) {
        try {
            boolean elliptic = algorithm == Algorithm.ES256;
            Signature signature = Signature.getInstance(elliptic ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
            signature.initSign(elliptic ? EC.getPrivate() : rsa.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK signs", e);
        }
    }

    private static String part(Object json) throws IOException {
        return URL.encodeToString(Json.mapper().writeValueAsBytes(json));
    }

    private static String challenge(String verifier) {
        try {
            return URL.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK hashes", e);
        }
    }

    private static String number(BigInteger value, int bytes) {
        byte[] signed = value.toByteArray();
        byte[] fixed = new byte[bytes];
        int length = Math.min(signed.length, bytes);
        System.arraycopy(signed, signed.length - length, fixed, bytes - length, length);
        return URL.encodeToString(fixed);
    }

    private static Map<String, String> parameters(String form) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : form.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static void json(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = Json.mapper().writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static KeyPair rsaKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK makes RSA keys", e);
        }
    }

    private static KeyPair ecKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK makes EC keys", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
