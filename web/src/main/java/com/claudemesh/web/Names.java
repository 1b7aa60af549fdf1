package com.claudemesh.web;

import com.claudemesh.platform.DisplayName;
import java.util.Optional;

/** What people and meshes may be called; see {@link DisplayName}. */
final class Names {
    private Names() {}

    /** The name in NFC without outer blanks; empty when it may not be used. */
    static Optional<String> clean(String name) {
        return DisplayName.clean(name);
    }
}
