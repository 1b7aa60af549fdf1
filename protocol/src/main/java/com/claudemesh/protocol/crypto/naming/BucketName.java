package com.claudemesh.protocol.crypto.naming;

import java.util.Locale;
import java.util.regex.Pattern;

/** The object-store bucket of a mesh. */
public final class BucketName {

    private static final Pattern OTHER = Pattern.compile("[^a-z0-9-]");

    private BucketName() {}

    /** {@code mesh-} and the lowercase mesh id, with a dash for every character that buckets cannot have. */
    public static String of(String meshId) {
        return "mesh-" + OTHER.matcher(meshId.toLowerCase(Locale.ROOT)).replaceAll("-");
    }
}
