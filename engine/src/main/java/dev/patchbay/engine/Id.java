package dev.patchbay.engine;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The identity of a network, sandbox, endpoint or port: 32 random bytes as 64 lower-case hex digits, as
/// Docker's ids.
public record Id(@JsonValue String value) implements Comparable<Id> {
    private static final Pattern PATTERN = Pattern.compile("[0-9a-f]{64}");
    private static final SecureRandom RANDOM = new SecureRandom();

    @JsonCreator
    public Id {
        if (!PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException("an id is 64 lower-case hex digits");
        }
    }

    public static Id random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new Id(HexFormat.of().formatHex(bytes));
    }

    /// The first twelve digits, which lists show and kernel names contain.
    public String shortForm() {
        return value.substring(0, 12);
    }

    // Written out, because ids are compared in every lookup and a record's own methods are slower.

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Id id && value.equals(id.value));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(Id other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
