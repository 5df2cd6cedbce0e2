package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.container.ExtraHost;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.net.Addresses;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The input for a sandbox's `/etc/hosts`, `/etc/hostname` and `/etc/resolv.conf`. Equal inputs give
/// equal files.
///
/// @param addresses its own, in the order in which its endpoints were connected
/// @param nameServers its name servers; empty for those of the host
/// @param hostGateway the address of `host-gateway`, null while the host has no default bridge
/// @param onHostNetwork whether it has the host's own names, and reaches the host's loopback
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

    /// The full name and the part before its first dot; a person may give the domain separately or in
    /// the host name.
    private String ownNames() {
        String full = domainname.isEmpty() ? hostname : hostname + "." + domainname;
        int dot = full.indexOf('.');
        return dot < 0 ? full : full + " " + full.substring(0, dot);
    }

    /// Without our resolver, and unless the person chose name servers, it is a copy of the host's file
    /// without the servers on its loopback, which only the host can reach. Docker replaces them by a
    /// public name server of a company; here there is then none.
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

    /// So that a name without a dot is tried as it is before the search domains.
    private static List<String> withNdots(List<String> options) {
        return options.stream().anyMatch(option -> option.startsWith("ndots:"))
                ? options
                : Stream.concat(options.stream(), Stream.of("ndots:0")).toList();
    }
}
