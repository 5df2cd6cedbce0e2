package dev.patchbay.core.docker.plan;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.core.docker.state.EngineState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What has to hold of an engine's objects when a step is taken back or done again. Between an action and its undo
/// anybody may have replaced what it was about, or changed it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Precondition.ContainerIsThere.class, name = "container-there"),
    @JsonSubTypes.Type(value = Precondition.NetworkIsThere.class, name = "network-there"),
    @JsonSubTypes.Type(value = Precondition.ContainerNameIsFree.class, name = "container-name-free"),
    @JsonSubTypes.Type(value = Precondition.NetworkNameIsFree.class, name = "network-name-free"),
    @JsonSubTypes.Type(value = Precondition.RunningIs.class, name = "running"),
    @JsonSubTypes.Type(value = Precondition.HasRestartPolicy.class, name = "restart-policy"),
    @JsonSubTypes.Type(value = Precondition.IsConnected.class, name = "connected"),
    @JsonSubTypes.Type(value = Precondition.HasNoOtherNetworks.class, name = "no-other-networks")
})
public sealed interface Precondition {
    /// Ids of its objects.
    List<String> objectIds();

    /// Why it does not hold; empty when it does.
    ///
    /// @param successor maps the id of a replaced object to the present one
    Optional<String> violation(EngineState now, UnaryOperator<String> successor);

    /// A condition on an existing container; [ContainerIsThere] checks that it exists.
    sealed interface OfContainer extends Precondition {
        EngineObject container();

        @Override
        default List<String> objectIds() {
            return List.of(container().id());
        }

        @Override
        default Optional<String> violation(EngineState now, UnaryOperator<String> successor) {
            JsonNode found = now.containerById(successor.apply(container().id()));
            return found == null ? Optional.empty() : violation(found);
        }

        /// @param found the container's inspect document
        Optional<String> violation(JsonNode found);
    }

    /// The container exists with this name.
    record ContainerIsThere(EngineObject container) implements Precondition {
        @Override
        public List<String> objectIds() {
            return List.of(container.id());
        }

        @Override
        public Optional<String> violation(EngineState now, UnaryOperator<String> successor) {
            return reason(
                    "container",
                    container,
                    now.containerById(successor.apply(container.id())),
                    now.containerNamed(container.name()));
        }
    }

    /// The network exists with this name.
    record NetworkIsThere(EngineObject network) implements Precondition {
        @Override
        public List<String> objectIds() {
            return List.of(network.id());
        }

        @Override
        public Optional<String> violation(EngineState now, UnaryOperator<String> successor) {
            return reason(
                    "network",
                    network,
                    now.networkById(successor.apply(network.id())),
                    now.networkNamed(network.name()));
        }
    }

    /// No container has this name.
    record ContainerNameIsFree(String name) implements Precondition {
        @Override
        public List<String> objectIds() {
            return List.of();
        }

        @Override
        public Optional<String> violation(EngineState now, UnaryOperator<String> successor) {
            return now.containerNamed(name) == null
                    ? Optional.empty()
                    : Optional.of("another container is named " + name + " now");
        }
    }

    /// No network has this name.
    record NetworkNameIsFree(String name) implements Precondition {
        @Override
        public List<String> objectIds() {
            return List.of();
        }

        @Override
        public Optional<String> violation(EngineState now, UnaryOperator<String> successor) {
            return now.networkNamed(name) == null
                    ? Optional.empty()
                    : Optional.of("another network is named " + name + " now");
        }
    }

    /// The container runs, or does not.
    record RunningIs(EngineObject container, boolean running) implements OfContainer {
        @Override
        public Optional<String> violation(JsonNode found) {
            return EngineState.isRunning(found) == running
                    ? Optional.empty()
                    : Optional.of(container.name() + (running ? " does not run any more" : " runs again"));
        }
    }

    /// The container has this restart policy.
    ///
    /// @param policy as `HostConfigDocument` has it
    record HasRestartPolicy(EngineObject container, JsonNode policy) implements OfContainer {
        @Override
        public Optional<String> violation(JsonNode found) {
            return same(found.at("/HostConfig/RestartPolicy"))
                    ? Optional.empty()
                    : Optional.of("the restart policy of " + container.name() + " has been changed since");
        }

        private boolean same(JsonNode other) {
            return name(other).equals(name(policy))
                    && other.path("MaximumRetryCount").asInt()
                            == policy.path("MaximumRetryCount").asInt();
        }

        /// Some versions have an empty name for the policy `no`.
        private static String name(JsonNode policy) {
            String name = policy.path("Name").asText("");
            return name.isEmpty() ? "no" : name;
        }
    }

    /// The container is on the network with the requested address, or it is not on it.
    ///
    /// @param ipv4 the requested address, empty for none; null when the engine does not report it
    record IsConnected(
            EngineObject container,
            EngineObject network,
            boolean connected,
            @JsonSetter(nulls = Nulls.SET) @Nullable String ipv4)
            implements OfContainer {
        @Override
        public List<String> objectIds() {
            return List.of(container.id(), network.id());
        }

        @Override
        public Optional<String> violation(JsonNode found) {
            JsonNode place = found.at("/NetworkSettings/Networks").path(network.name());
            if (place.isMissingNode() == connected) {
                return Optional.of(container.name()
                        + (connected ? " is no longer on " : " is on ")
                        + network.name()
                        + (connected ? "" : " again"));
            }
            return connected && ipv4 != null && !hasRequestedAddress(place, ipv4)
                    ? Optional.of(
                            container.name() + " has been connected to " + network.name() + " in another way since")
                    : Optional.empty();
        }

        /// Podman (4.3) reports only the present address of a running container, not the requested one.
        private static boolean hasRequestedAddress(JsonNode place, String ipv4) {
            String requested = place.at("/IPAMConfig/IPv4Address").asText("");
            if (requested.isEmpty() && !ipv4.isEmpty()) {
                String actual = place.path("IPAddress").asText("");
                return actual.isEmpty() || actual.equals(ipv4);
            }
            return requested.equals(ipv4);
        }
    }

    /// The container is on no network besides these.
    ///
    /// @param networks names; empty for a container that the engine puts on a predefined network, or on
    ///     none
    record HasNoOtherNetworks(EngineObject container, List<String> networks) implements OfContainer {
        private static final Set<String> PREDEFINED = Set.of("bridge", "host", "none", "podman");

        public HasNoOtherNetworks {
            networks = List.copyOf(networks);
        }

        @Override
        public Optional<String> violation(JsonNode found) {
            return found.at("/NetworkSettings/Networks")
                    .propertyStream()
                    .map(Map.Entry::getKey)
                    .filter(name -> networks.isEmpty() ? !PREDEFINED.contains(name) : !networks.contains(name))
                    .findFirst()
                    .map(name -> container.name() + " has been connected to " + name + " since");
        }
    }

    private static Optional<String> reason(
            String kind, EngineObject object, @Nullable JsonNode found, @Nullable JsonNode named) {
        if (found == null) {
            return Optional.of(kind + " " + object.name() + " is gone"
                    + (named == null ? "" : "; the one with this name now is another"));
        }
        return found.equals(named)
                ? Optional.empty()
                : Optional.of(kind + " " + object.name() + " is named "
                        + (kind.equals("network") ? found.path("Name").asText() : EngineState.name(found)) + " now");
    }
}
