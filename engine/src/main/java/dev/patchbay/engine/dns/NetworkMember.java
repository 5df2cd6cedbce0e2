package dev.patchbay.engine.dns;

import dev.patchbay.engine.Id;
import java.net.InetAddress;
import java.util.List;

/// A running container's place on a served network: who may ask there, and what others may ask for.
///
/// @param id of the endpoint
/// @param addresses of either family, without prefix
/// @param names in small letters, the container's own first; the others are aliases
/// @param reachesOutside one of the container's networks is not internal; to the others names outside stay unknown,
///     for questions would carry out what packets cannot
/// @param nameServers name servers that the person chose for this container; the host's when empty
/// @param bareNamesLocal the person set `ndots`: an unknown name without a dot is not asked for elsewhere
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
