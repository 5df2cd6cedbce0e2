package dev.patchbay.engine.container;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One subnet as a person asked for it, word for word: nothing in here is checked yet.
///
/// @param subnet null leaves it to the core
/// @param range the part that dynamic addresses come from; null for the whole subnet
/// @param gateway null leaves it to the core
/// @param auxiliary addresses to reserve, by name
public record PoolRequest(
        @JsonSetter(nulls = Nulls.SET) @Nullable String subnet,
        @JsonSetter(nulls = Nulls.SET) @Nullable String range,
        @JsonSetter(nulls = Nulls.SET) @Nullable String gateway,
        Map<String, String> auxiliary) {
    /// Leaves everything to the core.
    public static final PoolRequest ANY = new PoolRequest(null, null, null, Map.of());

    public PoolRequest {
        auxiliary = Map.copyOf(auxiliary);
    }

    public static PoolRequest subnet(String subnet) {
        return new PoolRequest(subnet, null, null, Map.of());
    }
}
