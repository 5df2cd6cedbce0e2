package dev.patchbay.core.lab.plan;

import dev.patchbay.core.refusal.HistoryRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Checks whether specs from the past are consistent with the present ones: no duplicates, no missing
/// references.
final class ConsistencyCheck {
    private ConsistencyCheck() {}

    static void check(Specs specs, String title) throws RefusedException {
        checkNames(specs, title);
        checkSubnets(specs, title);
        checkEndpoints(specs, title);
        for (PortSpec port : specs.ports()) {
            if (!(specs.find(port.sandbox()) instanceof SandboxSpec)
                    || (port.endpoint() != null && !(specs.find(port.endpoint()) instanceof EndpointSpec))) {
                throw HistoryRefusals.notApplicable(title, "what port " + port.hostPort() + " led to is gone");
            }
        }
    }

    private static void checkNames(Specs specs, String title) throws RefusedException {
        Set<String> names = new HashSet<>();
        for (NetworkSpec network : specs.networks()) {
            if (!names.add(network.name())) {
                throw HistoryRefusals.notApplicable(title, "network with name " + network.name() + " already exists");
            }
        }
        names.clear();
        for (SandboxSpec sandbox : specs.sandboxes()) {
            if (!names.add(sandbox.name())) {
                throw HistoryRefusals.notApplicable(title, "container with name " + sandbox.name() + " already exists");
            }
        }
    }

    private static void checkSubnets(Specs specs, String title) throws RefusedException {
        List<Cidr> subnets = specs.networks().stream()
                .map(NetworkSpec::pools)
                .flatMap(List::stream)
                .map(Pool::subnet)
                .toList();
        for (int i = 0; i < subnets.size(); i++) {
            for (Cidr other : subnets.subList(i + 1, subnets.size())) {
                if (subnets.get(i).overlaps(other)) {
                    throw HistoryRefusals.notApplicable(title, subnets.get(i) + " overlaps " + other);
                }
            }
        }
    }

    private static void checkEndpoints(Specs specs, String title) throws RefusedException {
        Set<Object> taken = new HashSet<>();
        for (EndpointSpec endpoint : specs.endpoints()) {
            if (!(specs.find(endpoint.network()) instanceof NetworkSpec network)
                    || !(specs.find(endpoint.sandbox()) instanceof SandboxSpec sandbox)) {
                throw HistoryRefusals.notApplicable(title, "the network or the container is gone");
            }
            for (Cidr address : endpoint.addresses()) {
                if (!taken.add(List.of(network.id(), address))) {
                    throw HistoryRefusals.notApplicable(
                            title, address + " on network " + network.name() + " already in use");
                }
            }
            if (!taken.add(List.of(sandbox.id(), endpoint.interfaceName()))) {
                throw HistoryRefusals.notApplicable(
                        title, "container " + sandbox.name() + " has another " + endpoint.interfaceName());
            }
        }
    }
}
