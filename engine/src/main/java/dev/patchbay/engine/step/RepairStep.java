package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.dns.NameRecord;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netfilter.UdpFlow;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.spec.Specs;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What only a repair does: something of ours that no record knows, left by a crash, is deleted, and rules
/// are put back. It cannot be undone, nor is there a need to.
public sealed interface RepairStep extends Step
        permits MendStep,
                RepairStep.StrayLink,
                RepairStep.StrayNamespace,
                RepairStep.StrayNamespaceName,
                RepairStep.StrayFiles,
                RepairStep.Rules,
                RepairStep.StrayFlows,
                RepairStep.Names {

    @Override
    default void undo(Kernel kernel) {}

    record StrayLink(Link link) implements RepairStep {
        @Override
        public String name() {
            return "delete stray link " + link.name();
        }

        @Override
        public List<String> lines() {
            return List.of("ip link delete " + link.name());
        }

        @Override
        public void run(Kernel kernel) throws EngineException {
            Link present = kernel.links().link(link.name());
            if (present != null && Objects.equals(Ownership.owner(present), Ownership.owner(link))) {
                kernel.links().deleteLink(link.name());
            }
        }
    }

    record StrayNamespace(String namespace) implements RepairStep {
        @Override
        public String name() {
            return "delete stray namespace " + namespace;
        }

        @Override
        public List<String> lines() {
            return List.of(
                    "ip netns pids " + namespace + " | xargs --no-run-if-empty kill -KILL",
                    "ip netns delete " + namespace);
        }

        @Override
        public void run(Kernel kernel) throws EngineException {
            kernel.runs().strays().killAllIn(namespace);
            Namespaces.delete(namespace);
        }
    }

    /// A name of ours for a network that is not a sandbox's alone: only the name goes.
    record StrayNamespaceName(String namespace) implements RepairStep {
        @Override
        public String name() {
            return "delete stray name " + namespace;
        }

        @Override
        public List<String> lines() {
            return List.of("ip netns delete " + namespace);
        }

        @Override
        public void run(Kernel kernel) throws EngineException {
            Namespaces.delete(namespace);
        }
    }

    record StrayFiles(String shortId) implements RepairStep {
        @Override
        public String name() {
            return "delete stray files of " + shortId;
        }

        @Override
        public List<String> lines() {
            return List.of();
        }

        @Override
        public void run(Kernel kernel) throws EngineException {
            kernel.runs().strays().remove(shortId);
        }
    }

    record Rules(Family family, RuleScript script) implements RepairStep {
        @Override
        public String name() {
            return "repair " + family.tool() + " rules";
        }

        @Override
        public List<String> lines() {
            return script.lines();
        }

        @Override
        public void run(Kernel kernel) throws EngineException {
            kernel.firewall(family).run(script);
        }
    }

    /// @param flows those seen before, for the preview
    record StrayFlows(Specs specs, List<UdpFlow> flows) implements RepairStep {
        @Override
        public String name() {
            return "end stray UDP flows";
        }

        @Override
        public List<String> lines() {
            return flows.stream()
                    .map(UdpFlow::asked)
                    .map(asked -> "conntrack -D -p udp --orig-src " + Addresses.text(asked.source()) + " --orig-dst "
                            + Addresses.text(asked.destination()) + " --orig-port-src " + asked.sourcePort()
                            + " --orig-port-dst " + asked.destinationPort())
                    .toList();
        }

        @Override
        public void run(Kernel kernel) throws EngineException {
            UdpStrays.end(kernel, specs);
        }
    }

    record Names(Map<Id, NameRecord> records) implements RepairStep {
        @Override
        public String name() {
            return "put the resolver right";
        }

        @Override
        public List<String> lines() {
            return List.of();
        }

        @Override
        public void run(Kernel kernel) throws EngineException {
            kernel.names().repair(records);
        }
    }
}
