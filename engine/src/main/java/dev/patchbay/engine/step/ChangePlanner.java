package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.dns.DnsChange;
import dev.patchbay.engine.dns.DnsRecords;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.ruleset.RuleChange;
import dev.patchbay.engine.sandbox.EtcFiles;
import dev.patchbay.engine.spec.Driver;
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

/// The steps of one change, computed from what it touches alone.
///
/// Order: commands stop and plugs are drawn first, then all rules change at once, then what is empty goes, then
/// what is new comes, so that nothing new is reachable before the rules that guard it stand.
public final class ChangePlanner {
    private final KernelAccess kernel;
    private final boolean names;
    private final Specs before;
    private final SpecChange change;
    private final Specs after;
    private final SequencedSet<Id> networks = new LinkedHashSet<>();
    private final SequencedSet<Id> sandboxes = new LinkedHashSet<>();
    private final SequencedSet<Id> endpoints = new LinkedHashSet<>();
    /// Sandboxes whose ports may be published otherwise than before.
    private final SequencedSet<Id> publishers = new LinkedHashSet<>();

    private ChangePlanner(KernelAccess kernel, Specs before, SpecChange change) {
        this.kernel = kernel;
        this.names = kernel.names().isOffered();
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
            case PortSpec port -> publishers.add(port.sandbox());
            case ExternalPublishSpec forward -> publishers.add(forward.owner());
            case null -> {}
        }
    }

    private List<Step> steps() throws EngineException {
        List<Step> steps = new ArrayList<>();
        for (Id id : sandboxes) {
            if (ownRun(before, id) instanceof SandboxSpec old && !sameRun(id)) {
                steps.add(new WorkloadStep(old, false));
            }
        }
        unplugs(steps);
        RuleChange rules = RuleChange.of(before, change, after);
        publishers.addAll(sandboxes);
        steps.addAll(FlushUdpConntrackStep.between(before, after, publishers));
        steps.addAll(RouteLocalnetStep.between(after, before, false));
        for (Family family : kernel.firewalls().keySet()) {
            RuleScript script = kernel.firewall(family).plan(rules);
            if (!script.isEmpty()) {
                steps.add(new RulesStep(family, script, rules));
            }
        }
        steps.addAll(RouteLocalnetStep.between(before, after, true));
        if (networks.stream().anyMatch(id -> bridge(after, id) != null)) {
            steps.addAll(ForwardingStep.unlessThere(kernel, after));
        }
        namespaces(false, steps);
        steps.addAll(DeleteLinkGroupStep.deleting(bridges(false)));
        steps.addAll(bridges(true));
        mtus(steps);
        namespaces(true, steps);
        loopbacks(steps);
        plugs(steps);
        names(steps);
        workloads(steps);
        return steps;
    }

    private void unplugs(List<Step> steps) {
        List<EndpointStep> unplugs = new ArrayList<>();
        for (Id id : endpoints) {
            if (plugged(before, id) instanceof EndpointStep old && !old.same(plugged(after, id))) {
                unplugs.add(old.reversed());
            }
        }
        steps.addAll(DeleteLinkGroupStep.unplugging(unplugs));
    }

    private List<BridgeStep> bridges(boolean create) {
        List<BridgeStep> steps = new ArrayList<>();
        for (Id id : networks) {
            NetworkSpec here = bridge(create ? after : before, id);
            if (here != null && bridge(create ? before : after, id) == null) {
                steps.add(new BridgeStep(here, create));
            }
        }
        return steps;
    }

    private void mtus(List<Step> steps) {
        for (Id id : networks) {
            if (before.find(id) instanceof NetworkSpec old
                    && after.find(id) instanceof NetworkSpec now
                    && old.mtu() != now.mtu()) {
                List<EndpointStep> staying = after.endpointsOn(id).stream()
                        .map(EndpointSpec::id)
                        .map(endpoint -> plugged(after, endpoint))
                        .flatMap(Stream::ofNullable)
                        .filter(plug ->
                                plug.same(plugged(before, plug.endpoint().id())))
                        .toList();
                steps.add(new MtuStep(old, now, staying));
            }
        }
    }

    private void namespaces(boolean create, List<Step> steps) {
        Specs here = create ? after : before;
        Specs there = create ? before : after;
        Set<Id> planned = new HashSet<>();
        for (Id id : sandboxes) {
            if (ownRun(here, id) instanceof SandboxSpec sandbox
                    && sandbox.hasNamespace()
                    && there.sandboxesIn(sandbox.namespaceId()).isEmpty()
                    && planned.add(sandbox.namespaceId())) {
                steps.add(new NamespaceStep(sandbox, create));
            }
        }
    }

    /// A namespace that goes takes its own with it, and a new one has IPv6 off.
    private void loopbacks(List<Step> steps) {
        Set<Id> namespaces = new LinkedHashSet<>();
        for (Id id : sandboxes) {
            Stream.of(before, after)
                    .map(specs -> running(specs, id))
                    .flatMap(Stream::ofNullable)
                    .filter(SandboxSpec::hasNamespace)
                    .forEach(sandbox -> namespaces.add(sandbox.namespaceId()));
        }
        for (Id namespace : namespaces) {
            boolean now = LoopbackStep.isWanted(after, namespace);
            if (now != LoopbackStep.isWanted(before, namespace)) {
                after.sandboxesIn(namespace).stream()
                        .findFirst()
                        .ifPresent(sandbox -> steps.add(new LoopbackStep(sandbox, now)));
            }
        }
    }

    private void plugs(List<Step> steps) {
        for (Id id : endpoints) {
            EndpointStep old = plugged(before, id);
            if (plugged(after, id) instanceof EndpointStep plug) {
                if (!plug.same(old)) {
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

    private void names(List<Step> steps) {
        DnsChange told = DnsRecords.change(before, after, networks, sandboxes);
        if (names && !told.isEmpty()) {
            steps.add(new DnsStep(told, DnsRecords.change(after, before, networks, sandboxes)));
        }
    }

    private void workloads(List<Step> steps) {
        for (Id id : withSharers()) {
            if (ownRun(after, id) instanceof SandboxSpec sandbox) {
                EtcFiles now = EtcFilesFactory.of(after, sandbox, names);
                EtcFiles old = before.find(id) instanceof SandboxSpec earlier
                        ? EtcFilesFactory.of(before, earlier, names)
                        : null;
                if (!sameRun(id) || !now.equals(old)) {
                    steps.add(new FilesStep(sandbox, old, now));
                }
                if (!sameRun(id)) {
                    steps.add(new WorkloadStep(sandbox, true));
                }
            } else if (after.find(id) == null && before.find(id) instanceof SandboxSpec gone && !gone.isForeign()) {
                steps.add(new DeleteFilesStep(gone));
            }
        }
    }

    /// Those who use another's network have its names.
    private Set<Id> withSharers() {
        Set<Id> all = new LinkedHashSet<>(sandboxes);
        for (Id id : sandboxes) {
            if (ownRun(after, id) instanceof SandboxSpec sandbox) {
                after.sandboxesIn(sandbox.namespaceId()).forEach(sharer -> all.add(sharer.id()));
            }
        }
        return all;
    }

    private boolean sameRun(Id sandbox) {
        return ownRun(before, sandbox) instanceof SandboxSpec old
                && ownRun(after, sandbox) instanceof SandboxSpec now
                && old.run().equals(now.run());
    }

    /// A sandbox whose command runs because the helper started it.
    private static @Nullable SandboxSpec ownRun(Specs specs, Id id) {
        return running(specs, id) instanceof SandboxSpec sandbox && !sandbox.isForeign() ? sandbox : null;
    }

    private static @Nullable SandboxSpec running(Specs specs, Id id) {
        return specs.find(id) instanceof SandboxSpec sandbox && sandbox.running() ? sandbox : null;
    }

    private static @Nullable NetworkSpec bridge(Specs specs, Id id) {
        return specs.find(id) instanceof NetworkSpec network && network.driver() == Driver.BRIDGE ? network : null;
    }

    /// The step that plugs this endpoint in, null when it is not in the kernel under these specs.
    public static @Nullable EndpointStep plugged(Specs specs, Id id) {
        return specs.find(id) instanceof EndpointSpec endpoint
                        && running(specs, endpoint.sandbox()) instanceof SandboxSpec sandbox
                        && specs.find(endpoint.network()) instanceof NetworkSpec network
                ? new EndpointStep(network, sandbox, endpoint, true)
                : null;
    }
}
