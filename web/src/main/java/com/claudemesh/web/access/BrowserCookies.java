package com.claudemesh.web.access;

import com.claudemesh.identity.WebSession;
import com.claudemesh.platform.Settings;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Base64Text;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * The two cookies of a browser: its session, and a secret of its own for what happens before anybody is signed in. Not
 * readable by scripts, not sent with foreign posts, and over TLS only where the application has an {@code https} address;
 * then their names have the prefix {@code __Host-} (RFC 6265bis), so that no other host can set them.
 */
@ApplicationScoped
public class BrowserCookies {
    private static final String SESSION = "cm_session";
    private static final String BROWSER = "cm_browser";
    private static final Duration BROWSER_LIFE = Duration.ofDays(365);
    private static final String FORM_TOKEN_PURPOSE = "claudemesh form token v1";

    @Inject
    private Settings settings;

    /** The session cookie's value, or an empty text. */
    String session(Map<String, Cookie> cookies) {
        return value(cookies, SESSION);
    }

    /** The browser cookie's value, or an empty text. */
    String browser(Map<String, Cookie> cookies) {
        return value(cookies, BROWSER);
    }

    private String value(Map<String, Cookie> cookies, String name) {
        Cookie cookie = cookies.get(name(name));
        return cookie == null ? "" : cookie.getValue();
    }

    /** Signs the browser in. */
    public NewCookie signedIn(WebSession.Opened session) {
        return cookie(
                SESSION, session.token(), Duration.ofHours(settings.accounts().sessionMaxHours()));
    }

    /** Signs the browser out. */
    public NewCookie signedOut() {
        return cookie(SESSION, "", Duration.ZERO);
    }

    NewCookie newBrowser(String secret) {
        return cookie(BROWSER, secret, BROWSER_LIFE);
    }

    /** The proof that a form is ours: whoever does not know the cookie cannot make it. */
    static String formToken(String cookieValue) {
        return Base64Text.encodeUrl(Digests.hmacSha256(
                cookieValue.getBytes(StandardCharsets.UTF_8), FORM_TOKEN_PURPOSE.getBytes(StandardCharsets.UTF_8)));
    }

    private NewCookie cookie(String name, String value, Duration life) {
        return new NewCookie.Builder(name(name))
                .value(value)
                .path("/")
                .maxAge((int) life.toSeconds())
                .httpOnly(true)
                .secure(isSecure())
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }

    private String name(String name) {
        return isSecure() ? "__Host-" + name : name;
    }

    private boolean isSecure() {
        return "https".equals(settings.appUrl().getScheme());
    }
}
