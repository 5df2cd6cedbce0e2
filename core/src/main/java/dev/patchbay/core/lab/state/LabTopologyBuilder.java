package dev.patchbay.core.lab.state;

import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.helper.PortSpecConverter;
import dev.patchbay.core.helper.SpecAddresses;
import dev.patchbay.core.ipam.AddressPool;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.ContainerConfig;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointConfig;
import dev.patchbay.core.model.HistoryEntry;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkConfig;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import dev.patchbay.engine.status.SandboxStatus;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Draws the picture: the helper's records, and what the kernel really has of them.
public final class LabTopologyBuilder {
    /// Problems that the links show themselves, and sooner: the helper says that one is over only after another look.
    private static final Set<ProblemKind> VISIBLE_IN_LINKS =
            Set.of(ProblemKind.CABLE_DOWN, ProblemKind.CABLE_UNPLUGGED, ProblemKind.CABLE_RENAMED);

    private final Specs specs;
    private final Map<String, KernelState.Link> links;
    private final Map<Id, SandboxStatus> statuses;
    private final Set<Id> withProblems;
    private final boolean rulesChanged;

    private LabTopologyBuilder(HelperState state) {
        this.rulesChanged = state.problems().stream().anyMatch(problem -> problem.kind() == ProblemKind.RULES_CHANGED);
        this.withProblems = state.problems().stream()
                .filter(problem -> !VISIBLE_IN_LINKS.contains(problem.kind()))
                .map(Problem::object)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        this.specs = state.specs();
        this.links = state.kernel().links().stream()
                .collect(Collectors.toMap(KernelState.Link::name, Function.identity(), (first, _) -> first));
        this.statuses = state.statuses();
    }

    /// @param activity that led to the state, the newest last
    public static Topology of(HelperState state, List<ActivityEntry> activity) {
        LabTopologyBuilder snapshot = new LabTopologyBuilder(state);
        return new Topology(
                state.revision(),
                LabHostBuilder.of(state.kernel(), snapshot.specs),
                snapshot.networks(),
                snapshot.containers(),
                HistoryEntry.of(activity),
                state.problems(),
                state.autoRepair());
    }

    private List<Network> networks() {
        return specs.networks().stream()
                .sorted(Comparator.comparing(NetworkSpec::predefined).reversed().thenComparing(NetworkSpec::created))
                .map(this::network)
                .toList();
    }

    private Network network(NetworkSpec spec) {
        Pool pool = spec.pools().isEmpty() ? null : spec.pools().getFirst();
        String carrier = spec.driver() == Driver.MACVLAN ? spec.settings().parent() : spec.bridge();
        KernelState.Link bridge = links.get(carrier);
        return new Network(
                spec.id(),
                spec.name(),
                spec.created(),
                NetworkDriver.of(spec.driver()),
                carrier,
                new NetworkConfig(spec.pools(), true, spec.attachable(), spec.options()),
                spec.internal(),
                spec.ipv6(),
                spec.configOnly(),
                spec.mtu(),
                spec.predefined(),
                bridge != null && bridge.up(),
                pool == null ? 0 : new AddressPool(pool).usableCount(),
                pool == null
                        ? 0
                        : new AddressPool(pool)
                                .freeCount(SpecAddresses.allocator(spec, specs).usedAddresses()),
                spec.labels());
    }

    private List<Container> containers() {
        return specs.sandboxes().stream()
                .sorted(Comparator.comparing(SandboxSpec::created))
                .map(this::container)
                .toList();
    }

    private Container container(SandboxSpec spec) {
        SandboxStatus status = statuses.get(spec.id());
        Container.State state = state(spec, status);
        return new Container(
                spec.id(),
                spec.name(),
                spec.image(),
                spec.command(),
                spec.created(),
                state,
                state == Container.State.RUNNING && status != null ? status.pid() : 0,
                status == null ? 0 : status.exitCode(),
                status == null ? null : status.startedAt(),
                status == null ? null : status.finishedAt(),
                spec.networkMode(),
                spec.exposed(),
                specs.endpointsOf(spec.id()).stream().map(this::endpoint).toList(),
                specs.portsOf(spec.id()).stream().map(this::binding).toList(),
                spec.labels(),
                config(spec),
                status == null ? 0 : status.restartCount());
    }

    private ContainerConfig config(SandboxSpec spec) {
        return new ContainerConfig(
                spec.command(),
                spec.environment(),
                spec.hostname().equals(spec.id().shortForm()) ? "" : spec.hostname(),
                spec.domainname(),
                spec.tty(),
                spec.openStdin(),
                spec.settings(),
                specs.portsOf(spec.id()).stream()
                        .map(port -> PortSpecConverter.binding(port).requested())
                        .toList());
    }

    /// The command may have ended before the records say so.
    private static Container.State state(SandboxSpec spec, @Nullable SandboxStatus status) {
        if (spec.running() && (status == null || status.running())) {
            return Container.State.RUNNING;
        }
        if (status != null && status.restarting()) {
            return Container.State.RESTARTING;
        }
        return status == null || status.startedAt() == null ? Container.State.CREATED : Container.State.EXITED;
    }

    private Endpoint endpoint(EndpointSpec spec) {
        NetworkSpec network = specs.network(spec.network());
        return new Endpoint(
                spec.id(),
                spec.network(),
                spec.interfaceName(),
                spec.hostInterface(),
                spec.ipv4(),
                spec.ipv6(),
                spec.mac(),
                spec.defaultRoute(),
                isAttached(spec, network),
                new EndpointConfig(
                        true,
                        spec.staticIpv4() ? address(spec.ipv4()) : null,
                        spec.staticIpv6() ? address(spec.ipv6()) : null,
                        spec.macGiven() ? spec.mac() : null,
                        spec.aliases(),
                        spec.gatewayPriority()));
    }

    private static @Nullable InetAddress address(@Nullable Cidr assigned) {
        return assigned == null ? null : assigned.address();
    }

    /// A macvlan link is in its sandbox alone; what can be seen from here is that it has a parent.
    private boolean isAttached(EndpointSpec endpoint, NetworkSpec network) {
        if (network.driver() == Driver.MACVLAN) {
            return specs.sandbox(endpoint.sandbox()).running()
                    && links.containsKey(network.settings().parent());
        }
        KernelState.Link veth = links.get(endpoint.hostInterface());
        KernelState.Link bridge = links.get(network.bridge());
        return veth != null
                && veth.up()
                && bridge != null
                && veth.master() == bridge.index()
                && !withProblems.contains(endpoint.id());
    }

    private PortBinding binding(PortSpec spec) {
        return PortSpecConverter.binding(spec, specs)
                .with(rulesChanged ? PortBinding.RuleState.UNKNOWN : PortBinding.RuleState.PRESENT);
    }
}
