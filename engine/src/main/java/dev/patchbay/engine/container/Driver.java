package dev.patchbay.engine.container;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The driver of a network. The network `none` has the driver `null`, as in Docker.
public enum Driver {
    @JsonProperty("bridge")
    BRIDGE,
    @JsonProperty("host")
    HOST,
    @JsonProperty("macvlan")
    MACVLAN,
    @JsonProperty("null")
    NULL;

    /// The driver with this name; empty for one that only an engine may have.
    public static Optional<Driver> named(String name) {
        return Stream.of(values())
                .filter(driver -> driver.toString().equals(name))
                .findFirst();
    }

    /// Whether containers get endpoints on such a network.
    public boolean hasEndpoints() {
        return this == BRIDGE || this == MACVLAN;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
