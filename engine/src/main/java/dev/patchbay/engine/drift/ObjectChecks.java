package dev.patchbay.engine.drift;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.netns.NetnsRef;
import dev.patchbay.engine.os.Sysctl;
import dev.patchbay.engine.os.SysctlKey;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ProblemKind;
import dev.patchbay.engine.step.BridgeStep;
import dev.patchbay.engine.step.BridgeSysctls;
import dev.patchbay.engine.step.ChangePlanner;
import dev.patchbay.engine.step.DefaultRouteStep;
import dev.patchbay.engine.step.EndpointStep;
import dev.patchbay.engine.step.InPlaceRepairStep;
import dev.patchbay.engine.step.KernelAccess;
import dev.patchbay.engine.step.LoopbackStep;
import dev.patchbay.engine.step.NamespaceStep;
import dev.patchbay.engine.step.NetnsContents;
import dev.patchbay.engine.step.RouteLocalnetStep;
import dev.patchbay.engine.step.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Compares the links, addresses, settings and namespace of one object with its record.
///
/// An object that was changed by hand is repaired in place. Only a deleted object is created again.
final class ObjectChecks {
    private final KernelAccess kernel;
    private final Specs specs;
    private final LinkLookup links;
    private final boolean includeNamespaces;
    private @Nullable Set<String> netnsNames;
    private @Nullable NetnsContents cachedContents;

    ObjectChecks(KernelAccess kernel, Specs specs, LinkLookup links, boolean inside) {
        this.kernel = kernel;
        this.specs = specs;
        this.links = links;
        this.includeNamespaces = inside;
    }

    List<Drift> check(Spec spec) throws EngineException {
        return switch (spec) {
            case NetworkSpec network -> checkBridge(network);
            case SandboxSpec sandbox -> checkNamespace(sandbox);
            case EndpointSpec endpoint -> checkEndpoint(endpoint);
            case ExternalPublishSpec forward -> checkRouteLocalnet(forward);
            case PortSpec _ -> List.of();
        };
    }

    /// Whether this link was renamed and its owner misses it.
    boolean isRenamed(Link link, Id owner) throws EngineException {
        return switch (specs.find(owner)) {
            case NetworkSpec network ->
                links.byName(network.bridge()) == null && link.kind().equals("bridge");
            case EndpointSpec endpoint ->
                ChangePlanner.endpointStep(specs, owner) != null && links.byName(endpoint.hostInterface()) == null;
            case SandboxSpec _, PortSpec _, ExternalPublishSpec _ -> false;
            case null -> false;
        };
    }

    private List<Drift> checkBridge(NetworkSpec network) throws EngineException {
        if (network.driver() != Driver.BRIDGE || network.bridge().isEmpty()) {
            return List.of();
        }
        List<String> arguments = List.of(network.bridge(), network.name());
        List<Drift> drifts = new ArrayList<>();
        Link link = links.byName(network.bridge());
        if (link == null) {
            Link renamed = links.byOwner(network.id());
            if (renamed != null && isRenamed(renamed, network.id())) {
                drifts.add(Drift.of(
                        network.id(),
                        ProblemKind.BRIDGE_RENAMED,
                        append(arguments, renamed.name()),
                        new InPlaceRepairStep.RenameLink(renamed.name(), network.bridge())));
                link = renamed;
            } else {
                return List.of(
                        Drift.of(network.id(), ProblemKind.BRIDGE_GONE, arguments, new BridgeStep(network, true)));
            }
        }
        List<Cidr> missing = new ArrayList<>(BridgeStep.addresses(network));
        missing.removeAll(link.addresses());
        if (!link.up() || !missing.isEmpty()) {
            BridgeStep again = new BridgeStep(network, true);
            drifts.add(
                    missing.isEmpty()
                            ? Drift.of(network.id(), ProblemKind.BRIDGE_DOWN, arguments, again)
                            : Drift.of(
                                    network.id(),
                                    ProblemKind.BRIDGE_ADDRESS_LOST,
                                    append(arguments, join(missing)),
                                    again));
        } else if (link.name().equals(network.bridge())) {
            List<Sysctl.Assignment> lost = changed(BridgeSysctls.compared(network));
            if (!lost.isEmpty()) {
                drifts.add(Drift.of(
                        network.id(),
                        ProblemKind.BRIDGE_SETTING_LOST,
                        append(arguments, join(lost)),
                        new InPlaceRepairStep.RestoreSysctls(network.bridge(), lost)));
            }
        }
        checkDeleteGroup(network.id(), ProblemKind.BRIDGE_LEAVING, arguments, link)
                .ifPresent(drifts::add);
        checkUnexpectedAddresses(network, link).ifPresent(drifts::add);
        return drifts;
    }

    private static List<Sysctl.Assignment> changed(List<Sysctl.Assignment> wanted) throws EngineException {
        List<Sysctl.Assignment> lost = new ArrayList<>();
        for (Sysctl.Assignment setting : wanted) {
            if (setting.isChanged()) {
                lost.add(setting);
            }
        }
        return lost;
    }

    private List<Drift> checkRouteLocalnet(ExternalPublishSpec forward) throws EngineException {
        List<Drift> drifts = new ArrayList<>();
        for (String bridge : RouteLocalnetStep.bridgesToSet(Specs.of(List.of(forward)))) {
            List<Sysctl.Assignment> lost =
                    changed(List.of(SysctlKey.ROUTE_LOCALNET.of(bridge).to("1")));
            if (!lost.isEmpty()) {
                drifts.add(Drift.of(
                        forward.id(),
                        ProblemKind.FORWARD_SETTING_LOST,
                        List.of(bridge, join(lost)),
                        new InPlaceRepairStep.RestoreSysctls(bridge, lost)));
            }
        }
        return drifts;
    }

    private static Optional<Drift> checkDeleteGroup(Id owner, ProblemKind kind, List<String> arguments, Link link) {
        return owner.equals(Ownership.owner(link)) && Ownership.isInDeleteGroup(link)
                ? Optional.of(Drift.of(owner, kind, arguments, new InPlaceRepairStep.ResetGroup(link.name())))
                : Optional.empty();
    }

    /// An unexpected address of the subnet on our bridge could also be assigned to a container.
    private Optional<Drift> checkUnexpectedAddresses(NetworkSpec network, Link link) {
        if (!network.id().equals(Ownership.owner(link))) {
            return Optional.empty();
        }
        List<Cidr> own = BridgeStep.addresses(network);
        List<Cidr> strange = link.addresses().stream()
                .filter(address -> !own.contains(address)
                        && network.pools().stream()
                                .anyMatch(pool -> pool.subnet().contains(address.address())))
                .toList();
        return strange.isEmpty()
                ? Optional.empty()
                : Optional.of(Drift.of(
                        network.id(),
                        ProblemKind.BRIDGE_ADDRESS_STRANGE,
                        List.of(network.bridge(), network.name(), join(strange)),
                        new InPlaceRepairStep.RemoveAddresses(network.bridge(), strange)));
    }

    private static List<String> append(List<String> arguments, String more) {
        return Stream.concat(arguments.stream(), Stream.of(more)).toList();
    }

    private static String join(List<?> items) {
        return items.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private List<Drift> checkNamespace(SandboxSpec sandbox) throws EngineException {
        if (!sandbox.running() || !sandbox.hasManagedNetns()) {
            return List.of();
        }
        if (netnsNames().contains(sandbox.netnsName())) {
            return includeNamespaces ? checkLoopback(sandbox) : List.of();
        }
        OptionalLong pid = kernel.workloads().pid(sandbox);
        List<Step> steps = new ArrayList<>();
        if (pid.isPresent()) {
            steps.add(new InPlaceRepairStep.RestoreNetnsName(sandbox.netnsName(), pid.getAsLong()));
        } else {
            steps.add(new NamespaceStep(sandbox, true));
            if (LoopbackStep.isWanted(specs, sandbox.namespaceId())) {
                steps.add(new LoopbackStep(sandbox, true));
            }
        }
        return List.of(new Drift(
                sandbox.id(), ProblemKind.NAMESPACE_GONE, List.of(sandbox.netnsName(), sandbox.name()), steps));
    }

    /// A shared namespace is reported once, for its owner.
    private List<Drift> checkLoopback(SandboxSpec sandbox) throws EngineException {
        Id namespace = sandbox.namespaceId();
        Link loopback = contentsOf(new NetnsRef(sandbox)).link("lo");
        boolean first = specs.sandboxesInNetns(namespace).getFirst().id().equals(sandbox.id());
        if (!first || loopback == null || !loopback.up()) {
            return List.of();
        }
        boolean wanted = LoopbackStep.isWanted(specs, namespace);
        if (wanted == loopback.addresses().stream().anyMatch(address -> !address.isIpv4())) {
            return List.of();
        }
        return List.of(Drift.of(
                sandbox.id(),
                wanted ? ProblemKind.LOOPBACK_LACKS_IPV6 : ProblemKind.LOOPBACK_HAS_IPV6,
                List.of(sandbox.name()),
                new LoopbackStep(sandbox, wanted)));
    }

    private Set<String> netnsNames() throws EngineException {
        if (netnsNames == null) {
            netnsNames = new HashSet<>(Namespaces.names());
        }
        return netnsNames;
    }

    /// Whether the helper can enter its namespace.
    private boolean isNetnsAvailable(SandboxSpec sandbox) throws EngineException {
        return sandbox.hasExternalNetns()
                ? new NetnsRef(sandbox).exists()
                : netnsNames().contains(sandbox.netnsName());
    }

    private List<Drift> checkEndpoint(EndpointSpec endpoint) throws EngineException {
        EndpointStep plug = ChangePlanner.endpointStep(specs, endpoint.id());
        if (plug == null) {
            return List.of();
        }
        boolean taken = plug.sandbox().movesVethItself();
        boolean open = isNetnsAvailable(plug.sandbox());
        boolean lives = taken || open || kernel.workloads().pid(plug.sandbox()).isPresent();
        List<String> arguments = List.of(
                endpoint.hostInterface(), plug.sandbox().name(), plug.network().name());
        List<Drift> drifts = new ArrayList<>();
        if (!plug.isMacvlan()) {
            Link link = links.byName(endpoint.hostInterface());
            Link renamed = link == null ? links.byOwner(endpoint.id()) : null;
            if (renamed != null) {
                drifts.add(Drift.of(
                        endpoint.id(),
                        ProblemKind.CABLE_RENAMED,
                        append(arguments, renamed.name()),
                        new InPlaceRepairStep.RenameLink(renamed.name(), endpoint.hostInterface())));
                link = renamed;
            }
            if (link == null || !endpoint.id().equals(Ownership.owner(link)) || !lives) {
                return List.of(
                        taken || (!lives && plug.sandbox().hasExternalNetns())
                                // The engine moves the inner end only when the container starts.
                                ? Drift.of(endpoint.id(), ProblemKind.CABLE_GONE_FOR_GOOD, arguments)
                                : vethGone(plug, arguments, link));
            }
            checkDeleteGroup(endpoint.id(), ProblemKind.CABLE_LEAVING, arguments, link)
                    .ifPresent(drifts::add);
            Link bridge = bridgeOf(plug.network());
            if (!link.up() || bridge == null || link.master() != bridge.index()) {
                drifts.add(Drift.of(
                        endpoint.id(),
                        link.up() ? ProblemKind.CABLE_UNPLUGGED : ProblemKind.CABLE_DOWN,
                        arguments,
                        new InPlaceRepairStep.ReattachLink(endpoint.hostInterface(), plug.parentLink())));
            }
        } else if (!lives) {
            return List.of(Drift.of(endpoint.id(), ProblemKind.CABLE_GONE, arguments, plug));
        }
        if (includeNamespaces && open) {
            drifts.addAll(checkInside(plug, arguments));
        }
        return drifts;
    }

    private static Drift vethGone(EndpointStep plug, List<String> arguments, @Nullable Link link) {
        List<Step> steps = link == null ? List.of(plug) : List.of(plug.inverse(), plug);
        return new Drift(plug.endpoint().id(), ProblemKind.CABLE_GONE, arguments, steps);
    }

    private @Nullable Link bridgeOf(NetworkSpec network) throws EngineException {
        Link link = links.byName(network.bridge());
        return link != null ? link : links.byOwner(network.id());
    }

    private List<Drift> checkInside(EndpointStep plug, List<String> arguments) throws EngineException {
        Id id = plug.endpoint().id();
        NetnsContents inside = contentsOf(new NetnsRef(plug.sandbox()));
        if (!plug.isComplete(inside)) {
            return List.of(Drift.of(id, ProblemKind.CABLE_NOT_WHOLE, arguments, plug.inverse(), plug));
        }
        return plug.hasDefaultRoute(inside)
                ? List.of()
                : List.of(Drift.of(
                        id,
                        ProblemKind.DEFAULT_ROUTE_LOST,
                        List.of(plug.sandbox().name()),
                        new DefaultRouteStep(plug.network(), plug.sandbox(), plug.endpoint(), true)));
    }

    /// Cached for the last sandbox, because its endpoints are checked one after the other.
    private NetnsContents contentsOf(NetnsRef netns) throws EngineException {
        NetnsContents last = cachedContents;
        if (last == null || !last.netns().equals(netns.name())) {
            last = NetnsContents.of(netns);
            cachedContents = last;
        }
        return last;
    }
}
