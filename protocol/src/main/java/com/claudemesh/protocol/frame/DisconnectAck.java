package com.claudemesh.protocol.frame;

import java.util.List;

/**
 * Whose connections were ended, one session name per connection.
 *
 * @param affected the same as {@code kicked}
 */
public record DisconnectAck(List<String> kicked, List<String> affected) implements ServerFrame {

    public static DisconnectAck of(List<String> names) {
        return new DisconnectAck(names, names);
    }
}
