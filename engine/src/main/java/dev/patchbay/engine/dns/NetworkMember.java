package dev.patchbay.engine.dns;

import dev.patchbay.engine.Id;
import java.net.InetAddress;
import java.util.List;

/// The endpoint of a running container on a served network: it may query there, and others may query its
/// names.
///
/// @param id of the endpoint
/// @param addresses of either family, without prefix
/// @param names in lower case, the container's own first; the others are aliases
/// @param reachesOutside whether one of the container's networks is not internal. Other containers get
///     no answer for outside names, because queries could carry data where packets cannot go
/// @param nameServers name servers that the person chose for this container; the host's when empty
/// @param bareNamesLocal whether the person set `ndots`: an unknown name without a dot is then not
///     forwarded
public record NetworkMember(
        Id id,
        Id network,
        Id sandbox,
        List<InetAddress> addresses,
        List<String> names,
        boolean reachesOutside,
        List<InetAddress> nameServers,
        boolean bareNamesLocal)
        implements DnsRecord {
    public NetworkMember {
        addresses = List.copyOf(addresses);
        names = List.copyOf(names);
        nameServers = List.copyOf(nameServers);
    }
}
