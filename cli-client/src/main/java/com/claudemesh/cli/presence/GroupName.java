package com.claudemesh.cli.presence;

/** A group as people type it. */
final class GroupName {
    private GroupName() {}

    /** As the server knows it: without the {@code @}. */
    static String of(String typed) {
        return typed.startsWith("@") ? typed.substring(1) : typed;
    }
}
