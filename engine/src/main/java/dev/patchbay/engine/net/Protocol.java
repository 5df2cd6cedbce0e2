package dev.patchbay.engine.net;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// Transport protocols that a port can be published for.
public enum Protocol {
    @JsonProperty("tcp")
    TCP,
    @JsonProperty("udp")
    UDP,
    @JsonProperty("sctp")
    SCTP;

    /// The kernel's and Docker's spelling: `tcp`, `udp`, `sctp`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
