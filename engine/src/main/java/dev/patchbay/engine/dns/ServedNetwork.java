package dev.patchbay.engine.dns;

import dev.patchbay.engine.Id;
import java.net.InetAddress;
import java.util.List;

/// A network with a resolver.
///
/// @param name in lower case; the part after the dot in `web.shop`
/// @param gateways the addresses of its bridge, which its members query
public record ServedNetwork(Id id, String name, List<InetAddress> gateways) implements DnsRecord {
    public ServedNetwork {
        gateways = List.copyOf(gateways);
    }
}
