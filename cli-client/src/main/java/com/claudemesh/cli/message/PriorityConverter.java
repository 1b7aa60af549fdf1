package com.claudemesh.cli.message;

import com.claudemesh.protocol.frame.Priority;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code now}, {@code next} or {@code low}. */
public final class PriorityConverter implements ITypeConverter<Priority> {
    @Override
    public Priority convert(String value) {
        return Arrays.stream(Priority.values())
                .filter(priority -> priority.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + value + "' is none of now, next, low"));
    }
}
