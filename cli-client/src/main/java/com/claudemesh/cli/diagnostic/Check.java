package com.claudemesh.cli.diagnostic;

/**
 * The finding of one check.
 *
 * @param fix what to do when it did not pass; empty otherwise
 */
record Check(String name, boolean passed, String detail, String fix) {
    static Check pass(String name, String detail) {
        return new Check(name, true, detail, "");
    }

    static Check fail(String name, String detail, String fix) {
        return new Check(name, false, detail, fix);
    }
}
