package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.output.Output;
import java.util.regex.Pattern;

/** The short names of meshes. */
final class MeshSlug {
    private static final Pattern CHOSEN = Pattern.compile("[a-z0-9][a-z0-9-]{1,31}");
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private MeshSlug() {}

    /** @throws CliException exit code 3 for what no mesh can be called from now on */
    static String require(String typed) {
        if (!CHOSEN.matcher(typed).matches()) {
            throw CliException.invalid(
                    "\"" + Output.safe(typed) + "\" can't be a slug",
                    "2 to 32 of a-z 0-9 and -, beginning with a letter or digit");
        }
        return typed;
    }

    /** Whether a name that a server gives can be a word on the command line. */
    static boolean usable(String text) {
        return USABLE.matcher(text).matches();
    }
}
