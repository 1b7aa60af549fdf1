package com.claudemesh.platform;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** A JSON text in a {@code jsonb} column. */
@Converter
public class JsonTextConverter implements AttributeConverter<String, Object> {

    @Override
    public @Nullable Object convertToDatabaseColumn(@Nullable String json) {
        if (json == null) {
            return null;
        }
        try {
            PGobject value = new PGobject();
            value.setType("jsonb");
            value.setValue(json);
            return value;
        } catch (SQLException e) {
            throw new IllegalArgumentException("not a JSON text", e);
        }
    }

    @Override
    public @Nullable String convertToEntityAttribute(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
