package dev.patchbay.core;

import dev.patchbay.engine.spec.Driver;
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

    /// @param address a static address as typed, or null
    record Connect(
            String network, String container, @Nullable String address, List<String> aliases) implements Change {}

    record Disconnect(String network, String container) implements Change {}

    /// @param name null lets the core choose one
    /// @param network null for the default one
    /// @param command empty for the image's own
    record RunContainer(
            @Nullable String name,
            String image,
            List<String> command,
            @Nullable String network,
            @Nullable String address,
            List<PortMapping> ports,
            List<String> aliases,
            List<String> environment,
            Map<String, String> labels,
            @Nullable String hostname,
            boolean tty,
            boolean openStdin)
            implements Change {}

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
}
