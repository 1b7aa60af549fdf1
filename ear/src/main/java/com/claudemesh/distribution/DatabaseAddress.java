package com.claudemesh.distribution;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** A PostgreSQL database and who may use it. */
record DatabaseAddress(String host, int port, String database, String parameters, String user, String password) {
    private static final int DEFAULT_PORT = 5432;
    private static final int CONNECT_TIMEOUT_SECONDS = 5;
    private static final String EXPECTED = "DATABASE_URL must look like postgres://user:password@host:port/database";

    /**
     * Reads the usual address form. The query, such as {@code ?sslmode=require}, goes to the driver as it is.
     *
     * @throws Refusal when it has another form; the message does not repeat the address
     */
    static DatabaseAddress parse(String url) {
        try {
            URI uri = new URI(url.strip());
            String scheme = String.valueOf(uri.getScheme());
            String login = uri.getRawUserInfo();
            String path = uri.getRawPath();
            boolean wellFormed = (scheme.equals("postgres") || scheme.equals("postgresql"))
                    && uri.getHost() != null
                    && login != null
                    && path != null
                    && path.matches("/[^/]+");
            if (!wellFormed) {
                throw new Refusal(EXPECTED);
            }
            int colon = login.indexOf(':');
            return new DatabaseAddress(
                    uri.getHost(),
                    uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                    decode(path.substring(1)),
                    uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                    decode(colon < 0 ? login : login.substring(0, colon)),
                    colon < 0 ? "" : decode(login.substring(colon + 1)));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new Refusal(EXPECTED);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    DatabaseAddress withPassword(String another) {
        return new DatabaseAddress(host, port, database, parameters, user, another);
    }

    String jdbcUrl() {
        String encoded = URLEncoder.encode(database, StandardCharsets.UTF_8);
        return "jdbc:postgresql://" + place() + "/" + encoded + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    /** Host and port, for people. */
    String place() {
        return host + ":" + port;
    }

    Properties login() {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", Integer.toString(CONNECT_TIMEOUT_SECONDS));
        return login;
    }

    @Override
    public String toString() {
        return "DatabaseAddress[" + place() + "/" + database + "]";
    }
}
