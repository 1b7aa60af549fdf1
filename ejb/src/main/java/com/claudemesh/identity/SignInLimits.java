package com.claudemesh.identity;

import com.claudemesh.identity.Throttle.Limit;
import com.claudemesh.platform.AccountSettings;
import java.time.Duration;

/** How often somebody may try. Links that are mailed have limits of their own. */
public record SignInLimits(Limit perAccount, Limit perAddress, Limit mailsPerAddressee, Limit mailsPerAddress) {
    private static final int MAILS_PER_ADDRESSEE = 3;
    private static final int MAILS_PER_ADDRESS = 20;
    private static final Duration MAIL_WINDOW = Duration.ofHours(1);

    public static SignInLimits of(AccountSettings settings) {
        Duration window = Duration.ofMinutes(settings.signInWindowMinutes());
        return new SignInLimits(
                new Limit("sign-in account", settings.signInAttempts(), window),
                new Limit("sign-in address", settings.signInAttemptsPerAddress(), window),
                new Limit("mail addressee", MAILS_PER_ADDRESSEE, MAIL_WINDOW),
                new Limit("mail address", MAILS_PER_ADDRESS, MAIL_WINDOW));
    }
}
