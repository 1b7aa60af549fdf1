package com.claudemesh.identity;

import com.claudemesh.mail.Mail;
import java.time.Duration;

/** The texts that accounts are mailed. Names are escaped; links stand alone on their line. */
final class AccountMails {
    private final String appBase;

    AccountMails(String appBase) {
        this.appBase = appBase;
    }

    /** Where a link token leads. */
    String linkUrl(String token) {
        return appBase + "/sign-in/" + token;
    }

    Mail reset(String to, String name, String token, Duration life) {
        return mail(
                "password_reset",
                to,
                "Choose a new password for claudemesh",
                "Hello " + name + ",",
                "somebody, probably you, asked for a new password. Choose it here within " + minutes(life)
                        + "; the link works once:",
                linkUrl(token),
                "If it was not you, do nothing: your password stays as it is.");
    }

    Mail setUp(String to, String name, String token, Duration life) {
        return mail(
                "account_set_up",
                to,
                "Your claudemesh account",
                "Hello " + name + ",",
                "an administrator made an account for you. Choose your password here within " + minutes(life)
                        + "; the link works once:",
                linkUrl(token),
                "If you expected nothing like this, do nothing.");
    }

    Mail register(String to, String name, String token, Duration life) {
        return mail(
                "account_register",
                to,
                "Finish your claudemesh registration",
                "Hello " + name + ",",
                "choose your password here within " + minutes(life) + "; the link works once:",
                linkUrl(token),
                "If you did not register, do nothing: no account is made.");
    }

    /** To somebody who has an account and registers again: the page must not tell a stranger so. */
    Mail alreadyRegistered(String to, String name) {
        return mail(
                "account_exists",
                to,
                "You have a claudemesh account",
                "Hello " + name + ",",
                "somebody, probably you, tried to register with this address. You have an account already; sign in, or"
                        + " choose a new password, here:",
                appBase + "/auth/login",
                "If it was not you, do nothing.");
    }

    private static Mail mail(
            String kind, String to, String subject, String greeting, String before, String link, String after) {
        String text = greeting + "\n\n" + before + "\n\n" + link + "\n\n" + after + "\n";
        String html = "<!doctype html><html lang=\"en\"><body><p>" + escape(greeting) + "</p><p>" + escape(before)
                + "</p><p><a href=\"" + escape(link) + "\">" + escape(link) + "</a></p><p>" + escape(after)
                + "</p></body></html>";
        return new Mail(kind, to, subject, text, html);
    }

    private static String minutes(Duration life) {
        long hours = life.toHours();
        return hours >= 48 ? life.toDays() + " days" : hours >= 2 ? hours + " hours" : life.toMinutes() + " minutes";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
