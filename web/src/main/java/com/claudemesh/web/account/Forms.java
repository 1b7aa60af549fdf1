package com.claudemesh.web.account;

import static com.claudemesh.web.Html.escape;

import com.claudemesh.web.access.CurrentCaller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** Pieces of forms. Every form carries the token that proves that it is ours. */
@RequestScoped
public class Forms {

    @Inject
    private CurrentCaller caller;

    /** @param fields HTML of the fields and buttons */
    String form(String action, String fields) {
        return """
                <form method="post" action="%s">
                <input type="hidden" name="csrf" value="%s">
                %s
                </form>
                """.formatted(escape(action), escape(caller.formToken()), fields);
    }

    /** A form that is one button. */
    String button(String action, String label) {
        return form(action, submit(label));
    }

    /** A form that is one button, which is not what people come to the page for. */
    String secondaryButton(String action, String label) {
        return form(action, "<button type=\"submit\" class=\"secondary\">" + escape(label) + "</button>");
    }

    static String submit(String label) {
        return "<button type=\"submit\">" + escape(label) + "</button>";
    }

    static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"%s\" value=\"%s\">".formatted(escape(name), escape(value));
    }

    /** Not shown: tells password managers whose password is chosen. */
    static String username(String value) {
        return "<input type=\"text\" name=\"username\" autocomplete=\"username\" value=\"%s\" hidden>"
                .formatted(escape(value));
    }

    static String email(String value) {
        return field("email", "E-mail address", "email", "username", value);
    }

    static String text(String name, String label, String value) {
        return field(name, label, "text", "off", value);
    }

    static String password(String name, String label, boolean isNew) {
        return field(name, label, "password", isNew ? "new-password" : "current-password", "");
    }

    private static String field(String name, String label, String type, String autocomplete, String value) {
        return """
                <p><label for="%1$s">%2$s</label>
                <input id="%1$s" name="%1$s" type="%3$s" autocomplete="%4$s" value="%5$s" required></p>
                """.formatted(escape(name), escape(label), escape(type), escape(autocomplete), escape(value));
    }

    /** Something went wrong; read out by screen readers at once. */
    static String alert(String message) {
        return message.isEmpty() ? "" : "<p role=\"alert\" class=\"alert\">" + escape(message) + "</p>";
    }
}
