package com.claudemesh.cli.policy;

/**
 * What a command line would do, as rules name it.
 *
 * @param changes whether it changes anything
 */
record Action(String resource, String verb, boolean changes) {

    static Action read(String resource, String verb) {
        return new Action(resource, verb, false);
    }

    static Action change(String resource, String verb) {
        return new Action(resource, verb, true);
    }

    String text() {
        return resource + " " + verb;
    }
}
