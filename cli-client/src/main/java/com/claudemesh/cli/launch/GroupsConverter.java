package com.claudemesh.cli.launch;

import com.claudemesh.cli.config.GroupChoice;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.InvalidFieldException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code a:lead,b}: groups with optional roles. {@code all} is left out: everybody is in it. */
public final class GroupsConverter implements ITypeConverter<GroupsConverter.Groups> {

    /** The chosen groups, each once. */
    public record Groups(List<GroupChoice> choices) {}

    @Override
    public Groups convert(String value) {
        List<GroupChoice> groups = new ArrayList<>();
        for (String part : value.split(",")) {
            String text = part.strip().startsWith("@") ? part.strip().substring(1) : part.strip();
            int colon = text.indexOf(':');
            String name = colon < 0 ? text : text.substring(0, colon);
            Optional<String> role = colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
            if (name.isEmpty() || name.equals("all")) {
                continue;
            }
            requireValid(name, role);
            if (groups.stream().noneMatch(group -> group.name().equals(name))) {
                groups.add(new GroupChoice(name, role));
            }
        }
        return new Groups(List.copyOf(groups));
    }

    private static void requireValid(String name, Optional<String> role) {
        try {
            new GroupLabel(name, role.orElse(null));
        } catch (InvalidFieldException invalid) {
            throw new TypeConversionException("'" + name + "': " + invalid.getMessage());
        }
    }
}
