package dev.patchbay.engine.dns;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Specs;
import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The name queries of an engine's container that go to Patchbay's name server at a gateway instead of
/// the one that the engine gave it: those for names on its networks of Patchbay. They are rules of a
/// table of our own in the container's namespace.
///
/// A rule compares the query's name (RFC 1035, section 4.1.2), which begins 20 bytes after the UDP
/// header. So all other names still reach the engine's server, at whatever address it is.
///
/// @param gateways where a name is asked for, by name in lower case
/// @param links the container's links that lead to the gateways
public record QueryRedirects(Map<String, InetAddress> gateways, Set<String> links) {
    /// Of the name server at the gateways: one that needs no rights to listen on it.
    public static final int PORT = 10053;

    /// No table.
    public static final QueryRedirects NONE = new QueryRedirects(Map.of(), Set.of());

    private static final String TABLE = "ip patchbay-names";

    /// The lengths of the UDP header and of the header of a query, in bytes.
    private static final int NAME_OFFSET = 8 + 12;

    /// In bytes; nft (1.0.6) reads no longer part of a packet at once.
    private static final int MAX_PART = 16;

    private static final int MAX_LABEL = 63;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+([.][a-z0-9_-]+)*");

    public QueryRedirects {
        gateways = Collections.unmodifiableMap(new LinkedHashMap<>(gateways));
        links = Collections.unmodifiableSet(new LinkedHashSet<>(links));
    }

    public boolean isEmpty() {
        return gateways.isEmpty();
    }

    /// Those of one running container. A name on several of its networks is asked for at the first one.
    public static QueryRedirects of(Specs specs, Id sandbox) {
        Map<String, InetAddress> gateways = new LinkedHashMap<>();
        Set<String> links = new LinkedHashSet<>();
        for (EndpointSpec endpoint : specs.endpointsOf(sandbox)) {
            NetworkSpec network = specs.network(endpoint.network());
            Optional<InetAddress> gateway = DnsRecords.gateways(network).stream()
                    .filter(Inet4Address.class::isInstance)
                    .findFirst();
            if (!DnsRecords.hasDns(network) || gateway.isEmpty()) {
                continue;
            }
            links.add(endpoint.interfaceName());
            for (NetworkMember member : DnsRecords.members(specs, network.id())) {
                for (String name : member.names()) {
                    put(name, gateway.get(), gateways);
                    put(name + "." + DnsRecords.lowerCase(network.name()), gateway.get(), gateways);
                }
            }
        }
        return gateways.isEmpty() ? NONE : new QueryRedirects(gateways, links);
    }

    private static void put(String name, InetAddress gateway, Map<String, InetAddress> gateways) {
        if (NAME.matcher(name).matches()
                && name.length() <= DnsRecords.MAX_NAME
                && Arrays.stream(name.split("[.]")).allMatch(label -> label.length() <= MAX_LABEL)) {
            gateways.putIfAbsent(name, gateway);
        }
    }

    /// The commands for nft, which replace the present table.
    ///
    /// A query to a loopback address has a loopback source, and the name server knows a container by its
    /// own address, so the link's address becomes the source. The kernel lets such packets leave only
    /// through a link that also accepts packets to loopback addresses; the first chain drops them when
    /// they come from others.
    public List<String> commands() {
        List<String> commands = new ArrayList<>(List.of("add table " + TABLE, "delete table " + TABLE));
        if (isEmpty()) {
            return commands;
        }
        commands.add("add table " + TABLE);
        commands.add("add chain " + TABLE + " prerouting { type filter hook prerouting priority -300 ; }");
        commands.add("add chain " + TABLE + " output { type nat hook output priority -110 ; }");
        commands.add("add chain " + TABLE + " postrouting { type nat hook postrouting priority 90 ; }");
        links.forEach(link ->
                commands.add("add rule " + TABLE + " prerouting iifname " + link + " ip daddr 127.0.0.0/8 drop"));
        gateways.forEach((name, gateway) -> commands.add("add rule " + TABLE + " output udp dport 53" + match(name)
                + " dnat to " + Addresses.format(gateway) + ":" + PORT + " comment \"" + name + "\""));
        gateways.values().stream()
                .distinct()
                .forEach(gateway -> commands.add("add rule " + TABLE + " postrouting udp dport " + PORT + " ip daddr "
                        + Addresses.format(gateway) + " masquerade"));
        return commands;
    }

    private static String match(String name) {
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        for (String label : name.split("[.]")) {
            labels.write(label.length());
            labels.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        labels.write(0);
        byte[] bytes = labels.toByteArray();
        StringBuilder match = new StringBuilder();
        for (int from = 0; from < bytes.length; from += MAX_PART) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + MAX_PART));
            match.append(" @th,")
                    .append((NAME_OFFSET + from) * Byte.SIZE)
                    .append(',')
                    .append(part.length * Byte.SIZE)
                    .append(" 0x")
                    .append(HexFormat.of().formatHex(part));
        }
        return match.toString();
    }
}
