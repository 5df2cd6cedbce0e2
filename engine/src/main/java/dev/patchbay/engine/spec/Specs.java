package dev.patchbay.engine.spec;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.Ownership;
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

/// All specs in the order of creation. Immutable; the specs after a change share everything unchanged
/// with those before it. A lookup by id, name, address or owner does not scan the others.
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
                return index.byPosition().values();
            }

            @Override
            public int size() {
                return index.byPosition().size();
            }
        };
    }

    public @Nullable Spec find(Id id) {
        SpecIndex.Entry placed = index.byId().get(id);
        return placed == null ? null : placed.spec();
    }

    /// Everything whose id has this prefix, in the order of ids.
    public List<Spec> withIdPrefix(String prefix) {
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
        return lookup(SpecKeys.NETWORKS, NetworkSpec.class);
    }

    public List<SandboxSpec> sandboxes() {
        return lookup(SpecKeys.SANDBOXES, SandboxSpec.class);
    }

    public List<EndpointSpec> endpoints() {
        return lookup(SpecKeys.ENDPOINTS, EndpointSpec.class);
    }

    public List<PortSpec> ports() {
        return lookup(SpecKeys.PORTS, PortSpec.class);
    }

    public List<ExternalPublishSpec> externalPublishes() {
        return lookup(SpecKeys.EXTERNAL_PUBLISHES, ExternalPublishSpec.class);
    }

    /// Whether any of them is in force in this family.
    public boolean hasExternalPublishes(Family family) {
        return index.byKey().get(SpecKeys.publishesByFamily(family)) != null;
    }

    public boolean hasNetworks() {
        return index.byKey().get(SpecKeys.NETWORKS) != null;
    }

    public boolean hasIpv6Networks() {
        return index.byKey().get(SpecKeys.NETWORKS_WITH_IPV6) != null;
    }

    public List<NetworkSpec> networksByName(String name) {
        return lookup(SpecKeys.networksByName(name), NetworkSpec.class);
    }

    public List<NetworkSpec> networksOnBridge(String bridge) {
        return lookup(SpecKeys.networksByBridge(bridge), NetworkSpec.class);
    }

    public List<SandboxSpec> sandboxesByName(String name) {
        return lookup(SpecKeys.sandboxesByName(name), SandboxSpec.class);
    }

    /// @param namespace its name under `/run/netns`
    public List<SandboxSpec> sandboxesInNetnsNamed(String namespace) {
        List<SandboxSpec> found = new ArrayList<>();
        if (Ownership.shortIdOfNetns(namespace) instanceof String shortId) {
            String first = SpecKeys.netnsPrefix(shortId);
            index.byKey()
                    .values(first, first + "~")
                    .forEachRemaining(
                            within -> within.values().forEachRemaining(spec -> found.add((SandboxSpec) spec)));
        }
        return found;
    }

    public List<EndpointSpec> endpointsOf(Id sandbox) {
        return lookup(SpecKeys.endpointsBySandbox(sandbox), EndpointSpec.class);
    }

    public List<EndpointSpec> endpointsOn(Id network) {
        return lookup(SpecKeys.endpointsByNetwork(network), EndpointSpec.class);
    }

    public List<EndpointSpec> endpointsByAddress(Id network, InetAddress address) {
        return lookup(SpecKeys.endpointsByAddress(network, address), EndpointSpec.class);
    }

    public List<PortSpec> portsOf(Id sandbox) {
        return lookup(SpecKeys.portsBySandbox(sandbox), PortSpec.class);
    }

    public List<PortSpec> portsOfEndpoint(Id endpoint) {
        return lookup(SpecKeys.portsByEndpoint(endpoint), PortSpec.class);
    }

    /// The published ports of another engine's container.
    public List<ExternalPublishSpec> externalPublishesOf(Id owner) {
        return lookup(SpecKeys.publishesByContainer(owner), ExternalPublishSpec.class);
    }

    /// The published ports of other engines' containers on this bridge.
    public List<ExternalPublishSpec> externalPublishesToBridge(String bridge) {
        return lookup(SpecKeys.publishesByBridge(bridge), ExternalPublishSpec.class);
    }

    /// The running sandboxes in this network namespace.
    public List<SandboxSpec> sandboxesInNetns(Id namespace) {
        return lookup(SpecKeys.sandboxesByNetns(namespace), SandboxSpec.class);
    }

    /// The sandbox with the namespace for its next start: a new one, that of the sandbox it shares, or
    /// its old one when other sandboxes still use that, so that they have a network again.
    public SandboxSpec withNewRun(SandboxSpec sandbox, Id freshRun) {
        Id namespace = sandbox.netnsOwner()
                .map(partner -> sandbox(partner).namespaceId())
                .orElse(sandbox.namespaceId());
        boolean shared = sandboxesInNetns(namespace).stream()
                .anyMatch(other -> !other.id().equals(sandbox.id()));
        return shared ? sandbox.withRunIn(freshRun, namespace) : sandbox.withNewRun(freshRun);
    }

    /// Whether the port's rules must be in the kernel now.
    public boolean isActive(PortSpec port) {
        return port.endpoint() != null && sandbox(port.sandbox()).running();
    }

    /// Other ports in force that conflict with this one.
    public List<PortSpec> conflictsWith(PortSpec port) {
        return SpecKeys.portsByHostPort(port).stream()
                .flatMap(word -> lookup(word, Spec.class).stream())
                .map(this::activePort)
                .flatMap(Optional::stream)
                .distinct()
                .filter(other -> !other.id().equals(port.id()) && other.conflictsWith(port))
                .toList();
    }

    private Optional<PortSpec> activePort(Spec spec) {
        return switch (spec) {
            case PortSpec port when isActive(port) -> Optional.of(port);
            case ExternalPublishSpec(PortSpec port, String _, ExternalPublishSpec.Target target)
            when target != null -> Optional.of(port);
            case PortSpec _, ExternalPublishSpec _, NetworkSpec _, SandboxSpec _, EndpointSpec _ -> Optional.empty();
        };
    }

    /// Networks whose subnets overlap this one.
    public List<NetworkSpec> networksOverlapping(Cidr subnet) {
        SequencedSet<NetworkSpec> found = new LinkedHashSet<>();
        for (int length = 0; length < subnet.prefixLength(); length++) {
            found.addAll(lookup(SpecKeys.networksBySubnet(subnet, length), NetworkSpec.class));
        }
        index.byKey()
                .values(SpecKeys.firstKeyWithin(subnet), SpecKeys.lastKeyWithin(subnet))
                .forEachRemaining(within -> within.values().forEachRemaining(spec -> found.add((NetworkSpec) spec)));
        return List.copyOf(found);
    }

    /// The specs of these ids that exist and have this type, in the order of creation.
    public <T extends Spec> List<T> inCreationOrder(Collection<Id> ids, Class<T> type) {
        return ids.stream()
                .map(index.byId()::get)
                .filter(Objects::nonNull)
                .filter(placed -> type.isInstance(placed.spec()))
                .sorted(Comparator.comparingLong(SpecIndex.Entry::position))
                .map(placed -> type.cast(placed.spec()))
                .toList();
    }

    /// The specs of the same kind that were created before this one, the newest first.
    public Iterable<Spec> createdBefore(Spec spec) {
        return () -> sameKindFrom(spec, -1);
    }

    /// The specs of the same kind that were created after this one, the oldest first.
    public Iterable<Spec> createdAfter(Spec spec) {
        return () -> sameKindFrom(spec, 1);
    }

    public Iterable<Spec> networksOldestFirst() {
        return () -> index.lookup(SpecKeys.NETWORKS).values(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    public Iterable<Spec> networksNewestFirst() {
        return () -> index.lookup(SpecKeys.NETWORKS).values(Long.MAX_VALUE, Long.MIN_VALUE);
    }

    private Iterator<Spec> sameKindFrom(Spec spec, int direction) {
        SpecIndex.Entry placed = index.byId().get(spec.id());
        return placed == null
                ? Collections.emptyIterator()
                : index.lookup(SpecKeys.keysOf(spec).getFirst())
                        .values(placed.position() + direction, direction > 0 ? Long.MAX_VALUE : Long.MIN_VALUE);
    }

    /// The specs after a change; a replaced spec keeps its position.
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

    private <T extends Spec> List<T> lookup(String word, Class<T> type) {
        PersistentMap<Long, Spec> found = index.lookup(word);
        List<T> list = new ArrayList<>(found.size());
        found.values().forEachRemaining(spec -> list.add(type.cast(spec)));
        return Collections.unmodifiableList(list);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Specs specs && asSet(this).equals(asSet(specs)));
    }

    @Override
    public int hashCode() {
        return asSet(this).hashCode();
    }

    private static Set<Spec> asSet(Specs specs) {
        return new HashSet<>(specs.all());
    }
}
