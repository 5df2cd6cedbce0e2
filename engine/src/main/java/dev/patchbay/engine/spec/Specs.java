package dev.patchbay.engine.spec;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import java.net.InetAddress;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All that must exist, in the order it was created. Immutable; the specs after a change share with those
/// before it all that the change does not touch, and whatever is asked by id, name, address or owner is found
/// without looking at the rest.
public final class Specs {
    public static final Specs EMPTY = new Specs(SpecIndex.EMPTY);

    private final SpecIndex index;

    private Specs(SpecIndex index) {
        this.index = index;
    }

    public static Specs of(Collection<? extends Spec> specs) {
        SpecIndex index = SpecIndex.EMPTY;
        for (Spec spec : specs) {
            index = index.with(spec);
        }
        return new Specs(index);
    }

    public Collection<Spec> all() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<Spec> iterator() {
                return index.inOrder().values();
            }

            @Override
            public int size() {
                return index.inOrder().size();
            }
        };
    }

    public @Nullable Spec find(Id id) {
        SpecIndex.Entry placed = index.byId().get(id);
        return placed == null ? null : placed.spec();
    }

    /// Everything whose id begins so, in the order of ids.
    public List<Spec> idStarts(String prefix) {
        List<Spec> found = new ArrayList<>();
        if (prefix.matches("[0-9a-f]{0,64}")) {
            Id first = new Id(prefix + "0".repeat(64 - prefix.length()));
            Id last = new Id(prefix + "f".repeat(64 - prefix.length()));
            index.byId().values(first, last).forEachRemaining(placed -> found.add(placed.spec()));
        }
        return found;
    }

    public NetworkSpec network(Id id) {
        return (NetworkSpec) Objects.requireNonNull(find(id));
    }

    public SandboxSpec sandbox(Id id) {
        return (SandboxSpec) Objects.requireNonNull(find(id));
    }

    public EndpointSpec endpoint(Id id) {
        return (EndpointSpec) Objects.requireNonNull(find(id));
    }

    public List<NetworkSpec> networks() {
        return under(SpecKeys.NETWORKS, NetworkSpec.class);
    }

    public List<SandboxSpec> sandboxes() {
        return under(SpecKeys.SANDBOXES, SandboxSpec.class);
    }

    public List<EndpointSpec> endpoints() {
        return under(SpecKeys.ENDPOINTS, EndpointSpec.class);
    }

    public List<PortSpec> ports() {
        return under(SpecKeys.PORTS, PortSpec.class);
    }

    public List<ExternalPublishSpec> forwards() {
        return under(SpecKeys.FORWARDS, ExternalPublishSpec.class);
    }

    /// Whether any of them is in force in this family.
    public boolean anyForward(Family family) {
        return index.byWord().get(SpecKeys.forwardsIn(family)) != null;
    }

    public boolean anyNetwork() {
        return index.byWord().get(SpecKeys.NETWORKS) != null;
    }

    public boolean anyIpv6() {
        return index.byWord().get(SpecKeys.IPV6_NETWORKS) != null;
    }

    public List<NetworkSpec> networksNamed(String name) {
        return under(SpecKeys.networkNamed(name), NetworkSpec.class);
    }

    public List<NetworkSpec> networksOver(String bridge) {
        return under(SpecKeys.bridge(bridge), NetworkSpec.class);
    }

    public List<SandboxSpec> sandboxesNamed(String name) {
        return under(SpecKeys.sandboxNamed(name), SandboxSpec.class);
    }

    /// @param namespace its name under `/run/netns`
    public List<SandboxSpec> sandboxesInNamed(String namespace) {
        List<SandboxSpec> found = new ArrayList<>();
        if (namespace.matches("pb-[0-9a-f]{12}")) {
            String first = SpecKeys.namespaceStarts(namespace.substring(3));
            index.byWord()
                    .values(first, first + "~")
                    .forEachRemaining(
                            within -> within.values().forEachRemaining(spec -> found.add((SandboxSpec) spec)));
        }
        return found;
    }

    public List<EndpointSpec> endpointsOf(Id sandbox) {
        return under(SpecKeys.endpointsOf(sandbox), EndpointSpec.class);
    }

    public List<EndpointSpec> endpointsOn(Id network) {
        return under(SpecKeys.endpointsOn(network), EndpointSpec.class);
    }

    public List<EndpointSpec> endpointsAt(Id network, InetAddress address) {
        return under(SpecKeys.address(network, address), EndpointSpec.class);
    }

    public List<PortSpec> portsOf(Id sandbox) {
        return under(SpecKeys.portsOf(sandbox), PortSpec.class);
    }

    public List<PortSpec> portsThrough(Id endpoint) {
        return under(SpecKeys.portsThrough(endpoint), PortSpec.class);
    }

    /// The published ports of another engine's container.
    public List<ExternalPublishSpec> forwardsOf(Id owner) {
        return under(SpecKeys.forwardsOf(owner), ExternalPublishSpec.class);
    }

    /// The published ports of other engines' containers that lead to this bridge.
    public List<ExternalPublishSpec> forwardsThrough(String bridge) {
        return under(SpecKeys.forwardsThrough(bridge), ExternalPublishSpec.class);
    }

    /// The running sandboxes in this network namespace.
    public List<SandboxSpec> sandboxesIn(Id namespace) {
        return under(SpecKeys.namespace(namespace), SandboxSpec.class);
    }

    /// The sandbox as it is to be started: in a namespace of its own, in its partner's, or, when others stayed
    /// in the one that it had, there again, so that they have a network again.
    public SandboxSpec starting(SandboxSpec sandbox, Id freshRun) {
        Id namespace =
                sandbox.partner().map(partner -> sandbox(partner).namespaceId()).orElse(sandbox.namespaceId());
        boolean shared =
                sandboxesIn(namespace).stream().anyMatch(other -> !other.id().equals(sandbox.id()));
        return shared ? sandbox.startedIn(freshRun, namespace) : sandbox.started(freshRun);
    }

    /// Whether the port's rules belong in the kernel now.
    public boolean inForce(PortSpec port) {
        return port.endpoint() != null && sandbox(port.sandbox()).running();
    }

    /// Other ports in force that the host cannot have beside this one.
    public List<PortSpec> inTheWayOf(PortSpec port) {
        return SpecKeys.hostPorts(port).stream()
                .flatMap(word -> under(word, Spec.class).stream())
                .map(this::portInForce)
                .flatMap(Optional::stream)
                .distinct()
                .filter(other -> !other.id().equals(port.id()) && other.collidesWith(port))
                .toList();
    }

    private Optional<PortSpec> portInForce(Spec spec) {
        return switch (spec) {
            case PortSpec port when inForce(port) -> Optional.of(port);
            case ExternalPublishSpec(PortSpec port, String _, ExternalPublishSpec.Target target)
            when target != null -> Optional.of(port);
            case PortSpec _, ExternalPublishSpec _, NetworkSpec _, SandboxSpec _, EndpointSpec _ -> Optional.empty();
        };
    }

    /// Networks with an address in common with this subnet, of the same family.
    public List<NetworkSpec> networksOverlapping(Cidr subnet) {
        SequencedSet<NetworkSpec> found = new LinkedHashSet<>();
        for (int length = 0; length < subnet.prefixLength(); length++) {
            found.addAll(under(SpecKeys.subnet(subnet, length), NetworkSpec.class));
        }
        index.byWord()
                .values(SpecKeys.startOf(subnet), SpecKeys.endOf(subnet))
                .forEachRemaining(within -> within.values().forEachRemaining(spec -> found.add((NetworkSpec) spec)));
        return List.copyOf(found);
    }

    /// Those of these ids that exist and are of this kind, in the order they were created.
    public <T extends Spec> List<T> inOrder(Collection<Id> ids, Class<T> type) {
        return ids.stream()
                .map(index.byId()::get)
                .filter(Objects::nonNull)
                .filter(placed -> type.isInstance(placed.spec()))
                .sorted(Comparator.comparingLong(SpecIndex.Entry::place))
                .map(placed -> type.cast(placed.spec()))
                .toList();
    }

    /// The specs of the same kind that were created before this one, the youngest of them first.
    public Iterable<Spec> olderThan(Spec spec) {
        return () -> neighbours(spec, -1);
    }

    /// The specs of the same kind that were created after this one, the oldest of them first.
    public Iterable<Spec> youngerThan(Spec spec) {
        return () -> neighbours(spec, 1);
    }

    public Iterable<Spec> oldestNetworks() {
        return () -> index.under(SpecKeys.NETWORKS).values(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    public Iterable<Spec> youngestNetworks() {
        return () -> index.under(SpecKeys.NETWORKS).values(Long.MAX_VALUE, Long.MIN_VALUE);
    }

    private Iterator<Spec> neighbours(Spec spec, int direction) {
        SpecIndex.Entry placed = index.byId().get(spec.id());
        return placed == null
                ? Collections.emptyIterator()
                : index.under(SpecKeys.under(spec).getFirst())
                        .values(placed.place() + direction, direction > 0 ? Long.MAX_VALUE : Long.MIN_VALUE);
    }

    /// The specs after a change; a spec that is replaced keeps its place in the order.
    public Specs after(SpecChange change) {
        SpecIndex next = index;
        for (Id id : change.remove()) {
            next = next.without(id);
        }
        for (Spec spec : change.put()) {
            next = next.with(spec);
        }
        return new Specs(next);
    }

    private <T extends Spec> List<T> under(String word, Class<T> type) {
        PersistentMap<Long, Spec> found = index.under(word);
        List<T> list = new ArrayList<>(found.size());
        found.values().forEachRemaining(spec -> list.add(type.cast(spec)));
        return Collections.unmodifiableList(list);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Specs specs && set(this).equals(set(specs)));
    }

    @Override
    public int hashCode() {
        return set(this).hashCode();
    }

    private static Set<Spec> set(Specs specs) {
        return new HashSet<>(specs.all());
    }
}
