package dev.patchbay.engine.step;

import dev.patchbay.engine.dns.DnsRecords;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.sandbox.EtcFiles;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.Specs;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Builds a sandbox's /etc files from the networks it is attached to.
public final class EtcFilesFactory {
    /// `MAXNS` of the C libraries, which read no more lines.
    private static final int MAX_NAME_SERVERS = 3;

    private EtcFilesFactory() {}

    /// The files of the sandbox whose network it shares, if it shares one.
    ///
    /// @param names whether there is a resolver
    public static EtcFiles of(Specs specs, SandboxSpec sandbox, boolean names) {
        return of(
                names,
                specs,
                sandbox.netnsOwner()
                        .flatMap(partner -> Optional.ofNullable(specs.find(partner)))
                        .map(SandboxSpec.class::cast)
                        .orElse(sandbox));
    }

    private static EtcFiles of(boolean names, Specs specs, SandboxSpec sandbox) {
        List<EndpointSpec> endpoints = specs.endpointsOf(sandbox.id());
        return new EtcFiles(
                sandbox.hostname(),
                sandbox.domainname(),
                sandbox.settings(),
                endpoints.stream()
                        .flatMap(endpoint -> endpoint.addresses().stream())
                        .map(Cidr::address)
                        .toList(),
                names ? nameServers(specs, endpoints) : List.of(),
                hostGateway(specs),
                sandbox.usesHostNetwork());
    }

    /// One name server of each network. Each of them answers for all networks; a second one is used
    /// after the first is lost.
    private static List<InetAddress> nameServers(Specs specs, List<EndpointSpec> endpoints) {
        return endpoints.stream()
                .map(endpoint -> specs.network(endpoint.network()))
                .filter(DnsRecords::hasDns)
                .map(EtcFilesFactory::gateway)
                .limit(MAX_NAME_SERVERS)
                .toList();
    }

    private static @Nullable InetAddress hostGateway(Specs specs) {
        // The predefined networks are the oldest ones.
        for (Spec spec : specs.networksOldestFirst()) {
            if (spec instanceof NetworkSpec network
                    && network.predefined()
                    && !DnsRecords.gateways(network).isEmpty()) {
                return gateway(network);
            }
        }
        return null;
    }

    /// IPv4 where the network has both.
    private static InetAddress gateway(NetworkSpec network) {
        List<InetAddress> gateways = DnsRecords.gateways(network);
        return gateways.stream()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .orElseGet(gateways::getFirst);
    }
}
