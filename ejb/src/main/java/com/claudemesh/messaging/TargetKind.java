package com.claudemesh.messaging;

/** How a target addresses its recipients, by its form alone (wire protocol §4.1). */
enum TargetKind {
    /** A member key or session key; anything unknown counts as a key that nobody has. */
    DIRECT,
    /** {@code *} or {@code @all}: everybody. */
    BROADCAST,
    /** {@code @name}: a group with everything below it. */
    GROUP,
    /** {@code #topic}: everybody who is in the topic. */
    TOPIC;

    static TargetKind of(String targetSpec) {
        if (targetSpec.equals("*") || targetSpec.equals("@all")) {
            return BROADCAST;
        }
        if (targetSpec.length() < 2) {
            return DIRECT;
        }
        return switch (targetSpec.charAt(0)) {
            case '@' -> GROUP;
            case '#' -> TOPIC;
            default -> DIRECT;
        };
    }

    /** Multicast reaches several sessions of a member at once. */
    boolean multicast() {
        return this != DIRECT;
    }
}
