package dev.patchbay.core.compose.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value of a Compose file.
public sealed interface YamlElement {
    SourceLocation location();

    /// @param text with variables replaced
    /// @param absent whether it was empty, `~` or `null`
    record Scalar(String text, boolean absent, SourceLocation location) implements YamlElement {}

    record Sequence(List<YamlElement> items, SourceLocation location) implements YamlElement {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// @param fields in the order of the file, each key once
    record Mapping(List<Field> fields, SourceLocation location) implements YamlElement {
        public Mapping {
            fields = List.copyOf(fields);
        }

        /// The value of a key; null when the key is missing or has no value.
        public @Nullable YamlElement get(String key) {
            return fields.stream()
                    .filter(field -> field.key().equals(key))
                    .map(Field::value)
                    .filter(value -> !value.isAbsent())
                    .findFirst()
                    .orElse(null);
        }
    }

    /// @param location of the key
    record Field(String key, YamlElement value, SourceLocation location) {}

    default boolean isAbsent() {
        return this instanceof Scalar scalar && scalar.absent();
    }
}
