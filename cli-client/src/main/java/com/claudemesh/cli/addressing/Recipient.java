package com.claudemesh.cli.addressing;

import com.claudemesh.cli.config.Membership;

/**
 * Where a message goes.
 *
 * @param spec what the server is told: 64 hexadecimal digits, {@code @group}, {@code *}, {@code #topicId}
 * @param label how to call it to people; foreign text
 * @param note what the sender should know about the choice, or empty
 */
public record Recipient(Membership mesh, String spec, String label, String note) {

    public boolean isTopic() {
        return spec.startsWith("#");
    }
}
