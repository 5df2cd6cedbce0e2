package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.container.ExtraHost;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.net.Addresses;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a sandbox's `/etc/hosts`, `/etc/hostname` and `/etc/resolv.conf` are made from. Two equal ones are the same
/// files.
///
/// @param addresses its own, in the order in which its endpoints were connected
/// @param nameServers where it asks for names; empty when it asks whom the host asks
/// @param hostGateway what `host-gateway` means, null while the host has no default bridge
/// @param onHostNetwork it has the host's own names, and reaches the host's loopback
public record EtcFiles(
        String hostname,
        String domainname,
        HostSettings settings,
        List<InetAddress> addresses,
        List<InetAddress> nameServers,
        @Nullable InetAddress hostGateway,
        boolean onHostNetwork) {
    private static final String BASE_HOSTS = """
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::0\tip6-localnet
            ff00::0\tip6-mcastprefix
            ff02::1\tip6-allnodes
            ff02::2\tip6-allrouters
            """;

    public EtcFiles {
        addresses = List.copyOf(addresses);
        nameServers = List.copyOf(nameServers);
    }

    /// Docker's content and order.
    ///
    /// @param host the host's own file
    String hosts(String host) {
        if (onHostNetwork && settings.extraHosts().isEmpty()) {
            return host;
        }
        StringBuilder hosts = new StringBuilder(BASE_HOSTS);
        for (ExtraHost extra : settings.extraHosts()) {
            InetAddress address = extra.address() == null ? hostGateway : extra.address();
            if (address != null) {
                hosts.append(line(address, extra.name()));
            }
        }
        addresses.forEach(address -> hosts.append(line(address, ownNames())));
        return hosts.toString();
    }

    private static String line(InetAddress address, String names) {
        return Addresses.format(address) + "\t" + names + "\n";
    }

    /// The full name and the part before its first dot; a person may give the domain apart or in the host
    /// name.
    private String ownNames() {
        String full = domainname.isEmpty() ? hostname : hostname + "." + domainname;
        int dot = full.indexOf('.');
        return dot < 0 ? full : full + " " + full.substring(0, dot);
    }

    /// Without names of our own, and unless the person says otherwise, a copy of the host's file, less the servers
    /// that only the host can reach, on its loopback. Docker puts a public name server of a company in their place;
    /// who has not chosen one gets none here.
    ///
    /// @param host the host's own file
    String resolvConf(ResolvConf host) {
        boolean asked = !settings.dns().isEmpty()
                || !settings.dnsSearch().isEmpty()
                || !settings.dnsOptions().isEmpty();
        if (nameServers.isEmpty() && !asked) {
            return onHostNetwork ? host.text() : host.withoutLoopback();
        }
        List<String> options = settings.dnsOptions().isEmpty() ? host.options() : settings.dnsOptions();
        return ResolvConf.text(
                nameServersOrHosts(host),
                settings.dnsSearch().isEmpty() ? host.search() : settings.dnsSearch(),
                nameServers.isEmpty() ? options : withNdots(options));
    }

    private List<String> nameServersOrHosts(ResolvConf host) {
        List<InetAddress> servers = nameServers.isEmpty() ? settings.dns() : nameServers;
        return servers.isEmpty()
                ? host.servers()
                : servers.stream().map(Addresses::format).toList();
    }

    /// So that a name without a dot is asked for as it is before any search domain is tried.
    private static List<String> withNdots(List<String> options) {
        return options.stream().anyMatch(option -> option.startsWith("ndots:"))
                ? options
                : Stream.concat(options.stream(), Stream.of("ndots:0")).toList();
    }
}
