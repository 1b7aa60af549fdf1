package com.claudemesh.platform;

/** Settings are wrong; the message names the variables and what they must be, never their values. */
public final class InvalidSettingException extends IllegalArgumentException {
    public InvalidSettingException(String problems) {
        super(problems);
    }
}
