package dev.patchbay.engine.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that must exist, in the order it was created. Immutable.
public final class Specs {
    public static final Specs EMPTY = new Specs(new LinkedHashMap<>());

    private final SequencedMap<Id, Spec> byId;

    private Specs(SequencedMap<Id, Spec> byId) {
        this.byId = byId;
    }

    public static Specs of(Collection<? extends Spec> specs) {
        SequencedMap<Id, Spec> map = new LinkedHashMap<>();
        specs.forEach(spec -> map.put(spec.id(), spec));
        return new Specs(map);
    }

    public Collection<Spec> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    public @Nullable Spec find(Id id) {
        return byId.get(id);
    }

    public NetworkSpec network(Id id) {
        return (NetworkSpec) Objects.requireNonNull(byId.get(id));
    }

    public SandboxSpec sandbox(Id id) {
        return (SandboxSpec) Objects.requireNonNull(byId.get(id));
    }

    public EndpointSpec endpoint(Id id) {
        return (EndpointSpec) Objects.requireNonNull(byId.get(id));
    }

    public List<NetworkSpec> networks() {
        return stream(NetworkSpec.class).toList();
    }

    public List<SandboxSpec> sandboxes() {
        return stream(SandboxSpec.class).toList();
    }

    public List<EndpointSpec> endpoints() {
        return stream(EndpointSpec.class).toList();
    }

    public List<PortSpec> ports() {
        return stream(PortSpec.class).toList();
    }

    public List<EndpointSpec> endpointsOf(Id sandbox) {
        return stream(EndpointSpec.class)
                .filter(endpoint -> endpoint.sandbox().equals(sandbox))
                .toList();
    }

    public List<EndpointSpec> endpointsOn(Id network) {
        return stream(EndpointSpec.class)
                .filter(endpoint -> endpoint.network().equals(network))
                .toList();
    }

    public List<PortSpec> portsOf(Id sandbox) {
        return stream(PortSpec.class)
                .filter(port -> port.sandbox().equals(sandbox))
                .toList();
    }

    /// Whether the port's rules belong in the kernel now.
    public boolean inForce(PortSpec port) {
        return port.endpoint() != null && sandbox(port.sandbox()).running();
    }

    /// The specs after a change; a spec that is replaced keeps its place in the order.
    public Specs after(SpecChange change) {
        SequencedMap<Id, Spec> map = new LinkedHashMap<>(byId);
        change.remove().forEach(map::remove);
        change.put().forEach(spec -> map.put(spec.id(), spec));
        return new Specs(map);
    }

    /// The change that leads from `after(change)` back to this.
    public SpecChange inverse(SpecChange change) {
        List<Spec> put = new ArrayList<>();
        List<Id> remove = new ArrayList<>();
        for (Id id : change.remove()) {
            Spec old = byId.get(id);
            if (old != null) {
                put.add(old);
            }
        }
        for (Spec spec : change.put()) {
            Spec old = byId.get(spec.id());
            if (old == null) {
                remove.add(spec.id());
            } else {
                put.add(old);
            }
        }
        return new SpecChange(put, remove);
    }

    private <T extends Spec> Stream<T> stream(Class<T> type) {
        return byId.values().stream().filter(type::isInstance).map(type::cast);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Specs specs && Map.copyOf(byId).equals(Map.copyOf(specs.byId));
    }

    @Override
    public int hashCode() {
        return byId.hashCode();
    }
}
