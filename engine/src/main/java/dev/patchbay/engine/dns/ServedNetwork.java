package dev.patchbay.engine.dns;

import dev.patchbay.engine.Id;
import java.net.InetAddress;
import java.util.List;

/// A network with names.
///
/// @param name in small letters; what follows the dot in `web.shop`
/// @param gateways the addresses of its bridge, where its members ask
public record ServedNetwork(Id id, String name, List<InetAddress> gateways) implements DnsRecord {
    public ServedNetwork {
        gateways = List.copyOf(gateways);
    }
}
