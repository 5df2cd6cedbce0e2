package dev.patchbay.engine.spec;

import dev.patchbay.engine.net.Cidr;
import java.util.List;
import java.util.Map;

/// The prior state of a bridge that existed before its network and stays after it. The helper reads it
/// from the kernel; a client only says that it wants to use the bridge.
///
/// @param addresses that it had, of both families
/// @param up whether it was up
/// @param mtu 0 when unknown
/// @param settings the prior values of the sysctls that a network changes, by key; unknown ones are
///     missing
public record AdoptedBridge(List<Cidr> addresses, boolean up, int mtu, Map<String, String> settings) {
    public AdoptedBridge {
        addresses = List.copyOf(addresses);
        settings = Map.copyOf(settings);
    }

    /// The request of a client.
    public AdoptedBridge(List<Cidr> addresses, boolean up) {
        this(addresses, up, 0, Map.of());
    }
}
