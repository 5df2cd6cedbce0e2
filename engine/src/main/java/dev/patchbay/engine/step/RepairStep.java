package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.dns.DnsRecord;
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

/// A step that only a repair runs: it deletes an object of ours without a record, left by a crash, or
/// restores rules. It cannot be undone, and need not be.
public sealed interface RepairStep extends Step
        permits InPlaceRepairStep,
                RepairStep.OrphanLink,
                RepairStep.OrphanNamespace,
                RepairStep.OrphanNamespaceName,
                RepairStep.OrphanFiles,
                RepairStep.RestoreRules,
                RepairStep.StaleFlows,
                RepairStep.RestoreDns {

    @Override
    default void undo(KernelAccess kernel) {}

    record OrphanLink(Link link) implements RepairStep {
        @Override
        public String name() {
            return "delete orphaned link " + link.name();
        }

        @Override
        public List<String> commandLines() {
            return List.of("ip link delete " + link.name());
        }

        @Override
        public void run(KernelAccess kernel) throws EngineException {
            Link present = kernel.links().link(link.name());
            if (present != null && Objects.equals(Ownership.owner(present), Ownership.owner(link))) {
                kernel.links().deleteLink(link.name());
            }
        }
    }

    record OrphanNamespace(String namespace) implements RepairStep {
        @Override
        public String name() {
            return "delete orphaned namespace " + namespace;
        }

        @Override
        public List<String> commandLines() {
            return List.of(
                    "ip netns pids " + namespace + " | xargs --no-run-if-empty kill -KILL",
                    "ip netns delete " + namespace);
        }

        @Override
        public void run(KernelAccess kernel) throws EngineException {
            kernel.workloads().orphans().killAllIn(namespace);
            Namespaces.delete(namespace);
        }
    }

    /// A name of ours for a namespace that is not the sandbox's own; only the name is deleted.
    record OrphanNamespaceName(String namespace) implements RepairStep {
        @Override
        public String name() {
            return "delete orphaned name " + namespace;
        }

        @Override
        public List<String> commandLines() {
            return List.of("ip netns delete " + namespace);
        }

        @Override
        public void run(KernelAccess kernel) throws EngineException {
            Namespaces.delete(namespace);
        }
    }

    record OrphanFiles(String sandboxId) implements RepairStep {
        @Override
        public String name() {
            return "delete orphaned files of " + sandboxId;
        }

        @Override
        public List<String> commandLines() {
            return List.of();
        }

        @Override
        public void run(KernelAccess kernel) throws EngineException {
            kernel.workloads().orphans().remove(sandboxId);
        }
    }

    record RestoreRules(Family family, RuleScript script) implements RepairStep {
        @Override
        public String name() {
            return "repair " + family.iptablesCommand() + " rules";
        }

        @Override
        public List<String> commandLines() {
            return script.lines();
        }

        @Override
        public void run(KernelAccess kernel) throws EngineException {
            kernel.firewall(family).run(script);
        }
    }

    /// @param flows the stale flows found so far, for the preview
    record StaleFlows(Specs specs, List<UdpFlow> flows) implements RepairStep {
        @Override
        public String name() {
            return "end stray UDP flows";
        }

        @Override
        public List<String> commandLines() {
            return flows.stream()
                    .map(UdpFlow::original)
                    .map(asked -> "conntrack -D -p udp --orig-src " + Addresses.format(asked.source()) + " --orig-dst "
                            + Addresses.format(asked.destination()) + " --orig-port-src " + asked.sourcePort()
                            + " --orig-port-dst " + asked.destinationPort())
                    .toList();
        }

        @Override
        public void run(KernelAccess kernel) throws EngineException {
            StaleUdpFlows.deleteAll(kernel, specs);
        }
    }

    record RestoreDns(Map<Id, DnsRecord> records) implements RepairStep {
        @Override
        public String name() {
            return "update the resolver";
        }

        @Override
        public List<String> commandLines() {
            return List.of();
        }

        @Override
        public void run(KernelAccess kernel) throws EngineException {
            kernel.dns().repair(records);
        }
    }
}
