package com.claudemesh.cli;

import com.claudemesh.cli.output.Output;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The version of the JSON shapes that a script insists on. There is one so far. */
public record SchemaVersion(String text) {
    static final SchemaVersion CURRENT = new SchemaVersion(Output.SCHEMA_VERSION);

    /** Accepts the versions that this build can print. */
    public static final class Converter implements ITypeConverter<SchemaVersion> {
        @Override
        public SchemaVersion convert(String value) {
            if (!value.equals(Output.SCHEMA_VERSION)) {
                throw new TypeConversionException("unknown schema version '" + value + "'; known: 1.0");
            }
            return CURRENT;
        }
    }
}
