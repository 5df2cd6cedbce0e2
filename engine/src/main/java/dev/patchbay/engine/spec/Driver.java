package dev.patchbay.engine.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// What carries a network. `none` networks have the driver `null`, as in Docker.
public enum Driver {
    @JsonProperty("bridge")
    BRIDGE,
    @JsonProperty("host")
    HOST,
    @JsonProperty("macvlan")
    MACVLAN,
    @JsonProperty("null")
    NULL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
