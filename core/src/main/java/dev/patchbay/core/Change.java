package dev.patchbay.core;

import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.HostSettings;
import dev.patchbay.engine.spec.Protocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a person wants, before it has addresses and rules. Networks and containers are given by name, id or unique
/// prefix of an id, as typed.
public sealed interface Change {

    /// @param subnet as typed, validated by the core; null lets the core choose
    /// @param gateway likewise
    /// @param ipRange likewise
    /// @param options driver options as typed, `com.docker.network.bridge.enable_icc` → `false`
    record CreateNetwork(
            String name,
            Driver driver,
            @Nullable String subnet,
            @Nullable String gateway,
            @Nullable String ipRange,
            boolean internal,
            Map<String, String> labels,
            Map<String, String> options)
            implements Change {
        /// A bridge network with everything left to the core.
        public static CreateNetwork named(String name) {
            return new CreateNetwork(name, Driver.BRIDGE, null, null, null, false, Map.of(), Map.of());
        }
    }

    record RemoveNetwork(String network) implements Change {}

    record Connect(String container, EndpointRequest endpoint) implements Change {}

    record Disconnect(String network, String container) implements Change {}

    /// @param name null lets the core choose one
    /// @param command empty for the image's own
    /// @param networks the first one is the container's network mode; empty for the default network
    /// @param hostname null for the short id
    /// @param start false makes it without starting it
    record RunContainer(
            @Nullable String name,
            String image,
            List<String> command,
            List<EndpointRequest> networks,
            List<PortMapping> ports,
            List<String> environment,
            Map<String, String> labels,
            @Nullable String hostname,
            String domainname,
            boolean tty,
            boolean openStdin,
            HostSettings settings,
            boolean start)
            implements Change {
        /// A container with everything else left to the core.
        public static RunContainer of(
                @Nullable String name, String image, List<String> command, List<EndpointRequest> networks) {
            return new RunContainer(
                    name,
                    image,
                    command,
                    networks,
                    List.of(),
                    List.of(),
                    Map.of(),
                    null,
                    "",
                    false,
                    false,
                    HostSettings.DEFAULT,
                    true);
        }

        public RunContainer withPorts(List<PortMapping> mappings) {
            return new RunContainer(
                    name,
                    image,
                    command,
                    networks,
                    mappings,
                    environment,
                    labels,
                    hostname,
                    domainname,
                    tty,
                    openStdin,
                    settings,
                    start);
        }

        public RunContainer withSettings(HostSettings asked) {
            return new RunContainer(
                    name,
                    image,
                    command,
                    networks,
                    ports,
                    environment,
                    labels,
                    hostname,
                    domainname,
                    tty,
                    openStdin,
                    asked,
                    start);
        }
    }

    record StartContainer(String container) implements Change {}

    record StopContainer(String container) implements Change {}

    record RemoveContainer(String container, boolean force) implements Change {}

    record Publish(String container, PortMapping mapping) implements Change {}

    /// @param hostPort null takes back every mapping of the container port
    record Unpublish(
            String container,
            @Nullable InetAddress hostAddress,
            @Nullable Integer hostPort,
            @Nullable Integer containerPort,
            Protocol protocol)
            implements Change {}

    /// Several changes as one: all of them or none, one entry in the history. Each is worked out as if those before it
    /// were done, and whatever one of them makes, the next ones may name.
    ///
    /// @param command the words of the command that they equal together
    record Together(List<String> command, List<Change> changes) implements Change {
        public Together {
            command = List.copyOf(command);
            changes = List.copyOf(changes);
        }
    }
}
