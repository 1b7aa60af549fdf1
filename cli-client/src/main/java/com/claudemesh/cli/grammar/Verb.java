package com.claudemesh.cli.grammar;

import java.util.List;
import java.util.stream.Stream;

/**
 * One verb of the command line.
 *
 * @param name permanent name, of one or two words
 * @param aliases other spellings, of one or two words
 * @param summary what it does, for the overview
 * @param projects whether {@code --json a,b} chooses fields; such a verb has no positional arguments
 */
public record Verb(String name, List<String> aliases, String summary, boolean projects) {

    public Stream<String> spellings() {
        return Stream.concat(Stream.of(name), aliases.stream());
    }
}
