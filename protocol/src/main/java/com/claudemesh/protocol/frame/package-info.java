/**
 * The frames of the {@code /ws} endpoint as records under two sealed interfaces, and the codec between them and JSON.
 *
 * <p>{@link com.claudemesh.protocol.frame.ClientFrame} is what a client may send, {@link
 * com.claudemesh.protocol.frame.ServerFrame} what the server may send. Past the codec nobody touches JSON. A record
 * checks its own fields when it is made and throws {@link com.claudemesh.protocol.frame.InvalidFieldException} naming
 * the field.
 */
@NullMarked
package com.claudemesh.protocol.frame;

import org.jspecify.annotations.NullMarked;
