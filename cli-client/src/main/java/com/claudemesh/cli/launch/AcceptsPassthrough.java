package com.claudemesh.cli.launch;

import java.util.List;

/** A command that hands what follows {@code --} to another program. */
public interface AcceptsPassthrough {
    /** The arguments after {@code --}, untouched. */
    void passthrough(List<String> arguments);
}
