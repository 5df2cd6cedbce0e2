package dev.patchbay.engine.container;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One subnet as a person requested it, not checked yet.
///
/// @param subnet null lets the core choose
/// @param range the part for dynamic addresses; null for the whole subnet
/// @param gateway null lets the core choose
/// @param auxiliary addresses to reserve, by name
public record PoolRequest(
        @JsonSetter(nulls = Nulls.SET) @Nullable String subnet,
        @JsonSetter(nulls = Nulls.SET) @Nullable String range,
        @JsonSetter(nulls = Nulls.SET) @Nullable String gateway,
        Map<String, String> auxiliary) {
    /// Lets the core choose everything.
    public static final PoolRequest ANY = new PoolRequest(null, null, null, Map.of());

    public PoolRequest {
        auxiliary = Map.copyOf(auxiliary);
    }

    public static PoolRequest subnet(String subnet) {
        return new PoolRequest(subnet, null, null, Map.of());
    }
}
