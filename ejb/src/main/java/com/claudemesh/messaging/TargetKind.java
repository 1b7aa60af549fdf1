package com.claudemesh.messaging;

/** How a target addresses its recipients, by its form alone (wire protocol §4.1). */
enum TargetKind {
    /** A member key or session key; anything unknown counts as a key that nobody has. */
    DIRECT,
    /** {@code *} or {@code @all}: everybody. */
    BROADCAST,
    /** {@code @name}: a group with everything below it. */
    GROUP;

    static TargetKind of(String targetSpec) {
        if (targetSpec.equals("*") || targetSpec.equals("@all")) {
            return BROADCAST;
        }
        return targetSpec.startsWith("@") && targetSpec.length() > 1 ? GROUP : DIRECT;
    }

    /** Multicast reaches every visible session of a member at once, whatever its status. */
    boolean multicast() {
        return this != DIRECT;
    }
}
