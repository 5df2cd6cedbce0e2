package dev.patchbay.engine.converge;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.firewall.Ruleset;
import dev.patchbay.engine.names.NameRecord;
import dev.patchbay.engine.names.NameRecords;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.protocol.KernelState.Link;
import dev.patchbay.engine.sandbox.EtcFiles;
import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.Family;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the whole kernel lacks or has too much, compared with the records: after a crash, a reboot, or
/// somebody's hand.
final class Difference {
    private final Kernel kernel;
    private final Specs specs;
    private final Specs interrupted;
    private final boolean names;
    private final Map<String, Link> links = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    /// @param interrupted specs that may be half in force and shall not be
    Difference(Kernel kernel, Specs specs, Specs interrupted) {
        this.kernel = kernel;
        this.specs = specs;
        this.interrupted = interrupted;
        this.names = kernel.names().isOffered();
    }

    List<Step> steps() throws EngineException {
        for (Link link : kernel.links().links()) {
            links.put(link.name(), link);
        }
        Set<String> namespaces = new HashSet<>(Namespaces.names());
        strays(namespaces);
        for (Family family : kernel.firewalls().keySet()) {
            rules(family);
        }
        steps.addAll(ForwardingStep.unlessThere(kernel, specs));
        bridges();
        names();
        sandboxes(namespaces);
        return steps;
    }

    private void strays(Set<String> namespaces) throws EngineException {
        Set<String> wantedLinks = new HashSet<>();
        Set<String> wantedNamespaces = new HashSet<>();
        Set<String> wantedFiles = new HashSet<>();
        for (NetworkSpec network : specs.networks()) {
            wantedLinks.add(network.bridge());
        }
        for (SandboxSpec sandbox : specs.sandboxes()) {
            wantedFiles.add(sandbox.id().shortForm());
            if (sandbox.running()) {
                wantedNamespaces.add(sandbox.namespaceName());
                specs.endpointsOf(sandbox.id()).forEach(endpoint -> wantedLinks.add(endpoint.hostInterface()));
            }
        }
        for (Link link : links.values()) {
            if (Ownership.owner(link) != null && !wantedLinks.contains(link.name())) {
                steps.add(new RepairStep.StrayLink(link));
            }
        }
        for (String namespace : namespaces) {
            if (Ownership.isNamespaceName(namespace) && !wantedNamespaces.contains(namespace)) {
                steps.add(new RepairStep.StrayNamespace(namespace));
            }
        }
        for (String shortId : kernel.runs().strays().directories()) {
            if (!wantedFiles.contains(shortId)) {
                steps.add(new RepairStep.StrayFiles(shortId));
            }
        }
    }

    private void rules(Family family) throws EngineException {
        RuleScript script =
                kernel.firewall(family).planRepair(Ruleset.of(family, specs), Ruleset.of(family, interrupted));
        if (!script.isEmpty()) {
            steps.add(new RepairStep.Rules(family, script));
        }
    }

    private void bridges() {
        for (NetworkSpec network : specs.networks()) {
            Link link = links.get(network.bridge());
            if (network.driver() == Driver.BRIDGE && !(link != null && link.up() && hasAddresses(link, network))) {
                steps.add(new BridgeStep(network, true));
            }
        }
    }

    private static boolean hasAddresses(Link link, NetworkSpec network) {
        return link.addresses().containsAll(BridgeStep.addresses(network));
    }

    private void sandboxes(Set<String> namespaces) throws EngineException {
        for (SandboxSpec sandbox : specs.sandboxes()) {
            if (!sandbox.running()) {
                continue;
            }
            boolean present = sandbox.onHostNetwork() || namespaces.contains(sandbox.namespaceName());
            if (!present) {
                steps.add(new NamespaceStep(sandbox, true));
                namespaces.add(sandbox.namespaceName());
            }
            List<EndpointSpec> endpoints = specs.endpointsOf(sandbox.id());
            for (EndpointSpec endpoint : endpoints) {
                plug(endpoint, present);
            }
            boolean runs = kernel.runs().isRunning(sandbox);
            EtcFiles etc = Surroundings.of(specs, sandbox, names);
            if (!runs || !etc.equals(ofInterrupted(sandbox.id()))) {
                steps.add(new FilesStep(sandbox, etc, etc));
            }
            if (!runs) {
                steps.add(new WorkloadStep(sandbox, true));
            }
        }
    }

    private @Nullable EtcFiles ofInterrupted(Id id) {
        return interrupted.find(id) instanceof SandboxSpec sandbox
                ? Surroundings.of(interrupted, sandbox, names)
                : null;
    }

    private void names() {
        Map<Id, NameRecord> records = NameRecords.all(specs);
        if (!kernel.names().serves(records)) {
            steps.add(new RepairStep.Names(records));
        }
    }

    private void plug(EndpointSpec endpoint, boolean namespacePresent) throws EngineException {
        EndpointStep plug = Planner.plugged(specs, endpoint.id());
        Link link = links.get(endpoint.hostInterface());
        if (plug == null) {
            return;
        }
        boolean whole = namespacePresent && (plug.isMacvlan() || isWholeOutside(plug, link)) && plug.isWholeInside();
        if (whole) {
            if (!plug.hasItsRoute()) {
                steps.add(new DefaultRouteStep(plug.network(), plug.sandbox(), endpoint, true));
            }
            return;
        }
        if (link != null || plug.isMacvlan()) {
            steps.add(plug.reversed());
        }
        steps.add(plug);
    }

    private boolean isWholeOutside(EndpointStep plug, @Nullable Link link) {
        Link bridge = links.get(plug.carrier());
        return link != null
                && bridge != null
                && link.up()
                && link.master() == bridge.index()
                && plug.endpoint().id().equals(Ownership.owner(link));
    }
}
