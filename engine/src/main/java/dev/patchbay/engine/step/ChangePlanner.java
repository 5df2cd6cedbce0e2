package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.dns.DnsChange;
import dev.patchbay.engine.dns.DnsRecords;
import dev.patchbay.engine.dns.QueryRedirects;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.ruleset.RuleChange;
import dev.patchbay.engine.ruleset.RuleScriptPlanner;
import dev.patchbay.engine.sandbox.EtcFiles;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Computes the steps of one change, from the objects that it touches alone.
///
/// The order is: stop commands and detach endpoints, change all rules at once, delete what is empty,
/// create what is new. So nothing new is reachable before the rules that protect it exist.
public final class ChangePlanner {
    private final KernelAccess kernel;
    private final boolean dnsOffered;
    private final Specs before;
    private final SpecChange change;
    private final Specs after;
    private final SequencedSet<Id> networks = new LinkedHashSet<>();
    private final SequencedSet<Id> sandboxes = new LinkedHashSet<>();
    private final SequencedSet<Id> endpoints = new LinkedHashSet<>();
    /// Endpoints that have the link in the kernel that they are to have.
    private final Set<Id> keptLinks = new HashSet<>();
    /// Sandboxes whose published ports may change.
    private final SequencedSet<Id> sandboxesWithPorts = new LinkedHashSet<>();

    private ChangePlanner(KernelAccess kernel, Specs before, SpecChange change) {
        this.kernel = kernel;
        this.dnsOffered = kernel.dns().isOffered();
        this.before = before;
        this.change = change;
        this.after = before.after(change);
        change.remove().forEach(this::touch);
        change.put().stream().map(Spec::id).forEach(this::touch);
    }

    public static List<Step> steps(KernelAccess kernel, Specs before, SpecChange change) throws EngineException {
        return new ChangePlanner(kernel, before, change).steps();
    }

    private void touch(Id id) {
        switch (after.find(id) instanceof Spec present ? present : before.find(id)) {
            case NetworkSpec _ -> networks.add(id);
            case SandboxSpec _ -> {
                sandboxes.add(id);
                before.endpointsOf(id).forEach(endpoint -> endpoints.add(endpoint.id()));
                after.endpointsOf(id).forEach(endpoint -> endpoints.add(endpoint.id()));
            }
            case EndpointSpec endpoint -> {
                endpoints.add(id);
                sandboxes.add(endpoint.sandbox());
            }
            case PortSpec port -> sandboxesWithPorts.add(port.sandbox());
            case ExternalPublishSpec forward -> sandboxesWithPorts.add(forward.containerId());
            case null -> {}
        }
    }

    private List<Step> steps() throws EngineException {
        findKeptLinks();
        List<Step> steps = new ArrayList<>();
        for (Id id : sandboxes) {
            if (managedRun(before, id) instanceof SandboxSpec old && !isSameRun(id)) {
                steps.add(new WorkloadStep(old, false));
            }
        }
        addDetachSteps(steps);
        RuleChange rules = RuleChange.of(before, change, after);
        sandboxesWithPorts.addAll(sandboxes);
        steps.addAll(FlushUdpConntrackStep.between(before, after, sandboxesWithPorts));
        steps.addAll(RouteLocalnetStep.between(after, before, false));
        for (Family family : kernel.firewalls().keySet()) {
            RuleScript script = RuleScriptPlanner.planChange(kernel.firewall(family), family, rules);
            if (!script.isEmpty()) {
                steps.add(new RulesStep(family, script, rules));
            }
        }
        steps.addAll(RouteLocalnetStep.between(before, after, true));
        if (networks.stream().anyMatch(id -> bridgeNetwork(after, id) != null)) {
            steps.addAll(ForwardingStep.missing(kernel, after));
        }
        addNamespaceSteps(false, steps);
        steps.addAll(DeleteLinkGroupStep.deleting(bridgeSteps(false)));
        steps.addAll(bridgeSteps(true));
        addMtuSteps(steps);
        addNamespaceSteps(true, steps);
        addLoopbackSteps(steps);
        addAttachSteps(steps);
        addDnsStep(steps);
        addQueryRedirectSteps(steps);
        addWorkloadSteps(steps);
        return steps;
    }

    private void findKeptLinks() throws EngineException {
        for (Id id : endpoints) {
            if (endpointStep(before, id) instanceof EndpointStep old
                    && old.keepsLink(endpointStep(after, id), kernel.links())) {
                keptLinks.add(id);
            }
        }
    }

    private void addDetachSteps(List<Step> steps) {
        List<EndpointStep> unplugs = new ArrayList<>();
        for (Id id : endpoints) {
            if (endpointStep(before, id) instanceof EndpointStep old && !keptLinks.contains(id)) {
                unplugs.add(old.inverse());
            }
        }
        steps.addAll(DeleteLinkGroupStep.detaching(unplugs));
    }

    private List<BridgeStep> bridgeSteps(boolean create) {
        List<BridgeStep> steps = new ArrayList<>();
        for (Id id : networks) {
            NetworkSpec here = bridgeNetwork(create ? after : before, id);
            if (here != null && bridgeNetwork(create ? before : after, id) == null) {
                steps.add(new BridgeStep(here, create));
            }
        }
        return steps;
    }

    private void addMtuSteps(List<Step> steps) {
        for (Id id : networks) {
            if (before.find(id) instanceof NetworkSpec old
                    && after.find(id) instanceof NetworkSpec now
                    && old.mtu() != now.mtu()) {
                List<EndpointStep> staying = after.endpointsOn(id).stream()
                        .map(EndpointSpec::id)
                        .filter(endpoint -> !endpoints.contains(endpoint) || keptLinks.contains(endpoint))
                        .map(endpoint -> endpointStep(after, endpoint))
                        .flatMap(Stream::ofNullable)
                        .toList();
                steps.add(new MtuStep(old, now, staying));
            }
        }
    }

    private void addNamespaceSteps(boolean create, List<Step> steps) {
        Specs here = create ? after : before;
        Specs there = create ? before : after;
        Set<Id> planned = new HashSet<>();
        for (Id id : sandboxes) {
            if (managedRun(here, id) instanceof SandboxSpec sandbox
                    && sandbox.hasManagedNetns()
                    && there.sandboxesInNetns(sandbox.namespaceId()).isEmpty()
                    && planned.add(sandbox.namespaceId())) {
                steps.add(new NamespaceStep(sandbox, create));
            }
        }
    }

    /// The loopback is deleted with its namespace; a new namespace has IPv6 disabled.
    private void addLoopbackSteps(List<Step> steps) {
        Set<Id> namespaces = new LinkedHashSet<>();
        for (Id id : sandboxes) {
            Stream.of(before, after)
                    .map(specs -> running(specs, id))
                    .flatMap(Stream::ofNullable)
                    .filter(SandboxSpec::hasManagedNetns)
                    .forEach(sandbox -> namespaces.add(sandbox.namespaceId()));
        }
        for (Id namespace : namespaces) {
            boolean now = LoopbackStep.isWanted(after, namespace);
            if (now != LoopbackStep.isWanted(before, namespace)) {
                after.sandboxesInNetns(namespace).stream()
                        .findFirst()
                        .ifPresent(sandbox -> steps.add(new LoopbackStep(sandbox, now)));
            }
        }
    }

    private void addAttachSteps(List<Step> steps) {
        for (Id id : endpoints) {
            EndpointStep old = endpointStep(before, id);
            if (endpointStep(after, id) instanceof EndpointStep plug) {
                if (!keptLinks.contains(id)) {
                    steps.add(plug);
                } else if (old != null
                        && old.endpoint().defaultRoute() != plug.endpoint().defaultRoute()) {
                    steps.add(new DefaultRouteStep(
                            plug.network(),
                            plug.sandbox(),
                            plug.endpoint(),
                            plug.endpoint().defaultRoute()));
                }
            }
        }
    }

    private void addDnsStep(List<Step> steps) {
        DnsChange dnsChange = DnsRecords.changeBetween(before, after, networks, sandboxes);
        if (dnsOffered && !dnsChange.isEmpty()) {
            steps.add(new DnsStep(dnsChange, DnsRecords.changeBetween(after, before, networks, sandboxes)));
        }
    }

    /// A namespace that is another one now has no redirects.
    private void addQueryRedirectSteps(List<Step> steps) {
        Set<Id> external = new LinkedHashSet<>();
        for (Specs specs : List.of(before, after)) {
            specs.sandboxes().stream()
                    .filter(SandboxSpec::hasExternalNetns)
                    .map(SandboxSpec::id)
                    .forEach(external::add);
        }
        for (Id id : external) {
            SandboxSpec old = running(before, id);
            SandboxSpec now = running(after, id);
            boolean isSameNetns = now == null || (old != null && old.workload().equals(now.workload()));
            QueryRedirects present = old != null && isSameNetns ? QueryRedirects.of(before, id) : QueryRedirects.NONE;
            QueryRedirects wanted = now == null ? QueryRedirects.NONE : QueryRedirects.of(after, id);
            SandboxSpec sandbox = now == null ? old : now;
            if (sandbox != null && !wanted.equals(present)) {
                steps.add(new QueryRedirectStep(sandbox, present, wanted));
            }
        }
    }

    private void addWorkloadSteps(List<Step> steps) {
        for (Id id : withNetnsSharers()) {
            if (managedRun(after, id) instanceof SandboxSpec sandbox) {
                EtcFiles now = EtcFilesFactory.of(after, sandbox, dnsOffered);
                EtcFiles old = before.find(id) instanceof SandboxSpec earlier
                        ? EtcFilesFactory.of(before, earlier, dnsOffered)
                        : null;
                if (!isSameRun(id) || !now.equals(old)) {
                    steps.add(new FilesStep(sandbox, old, now));
                }
                if (!isSameRun(id)) {
                    steps.add(new WorkloadStep(sandbox, true));
                }
            } else if (after.find(id) == null && before.find(id) instanceof SandboxSpec gone && !gone.isExternal()) {
                steps.add(new DeleteFilesStep(gone));
            }
        }
    }

    /// A sandbox that shares another's network has the same names.
    private Set<Id> withNetnsSharers() {
        Set<Id> all = new LinkedHashSet<>(sandboxes);
        for (Id id : sandboxes) {
            if (managedRun(after, id) instanceof SandboxSpec sandbox) {
                after.sandboxesInNetns(sandbox.namespaceId()).forEach(sharer -> all.add(sharer.id()));
            }
        }
        return all;
    }

    private boolean isSameRun(Id sandbox) {
        return managedRun(before, sandbox) instanceof SandboxSpec old
                && managedRun(after, sandbox) instanceof SandboxSpec now
                && old.run().equals(now.run());
    }

    /// A sandbox whose command was started by the helper.
    private static @Nullable SandboxSpec managedRun(Specs specs, Id id) {
        return running(specs, id) instanceof SandboxSpec sandbox && !sandbox.isExternal() ? sandbox : null;
    }

    private static @Nullable SandboxSpec running(Specs specs, Id id) {
        return specs.find(id) instanceof SandboxSpec sandbox && sandbox.running() ? sandbox : null;
    }

    private static @Nullable NetworkSpec bridgeNetwork(Specs specs, Id id) {
        return specs.find(id) instanceof NetworkSpec network && network.driver() == Driver.BRIDGE ? network : null;
    }

    /// The step that attaches this endpoint; null when these specs do not have it in the kernel.
    public static @Nullable EndpointStep endpointStep(Specs specs, Id id) {
        return specs.find(id) instanceof EndpointSpec endpoint
                        && running(specs, endpoint.sandbox()) instanceof SandboxSpec sandbox
                        && specs.find(endpoint.network()) instanceof NetworkSpec network
                ? new EndpointStep(network, sandbox, endpoint, true)
                : null;
    }
}
