package dev.patchbay.core.model;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.container.ExposedPorts;
import dev.patchbay.engine.container.RestartPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container in a topology.
///
/// @param name without the leading slash
/// @param exposed container ports that the image or the person declares, published or not
/// @param endpoints in the order in which they were connected
/// @param ports every requested mapping, in the order of publishing
/// @param exitCode of the last end
/// @param restartCount number of automatic restarts
/// @param health of its health check, when it last ran
/// @param mounts volumes and directories of the host, in the order of their destinations
public record Container(
        Id id,
        String name,
        String image,
        List<String> command,
        Instant created,
        State state,
        long pid,
        int exitCode,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String networkMode,
        List<ExposedPort> exposed,
        List<Endpoint> endpoints,
        List<PortBinding> ports,
        Map<String, String> labels,
        ContainerConfig config,
        int restartCount,
        Health health,
        List<Mount> mounts) {
    private static final String SHARED_NETNS = "container:";

    /// Docker's states; a sandbox has only the first three and `exited`.
    public enum State {
        CREATED,
        RUNNING,
        /// Its command ended and will be restarted.
        RESTARTING,
        /// Its processes exist but are frozen.
        PAUSED,
        EXITED,
        REMOVING,
        /// Its processes were ended, but it could not be removed.
        DEAD
    }

    /// Docker's health states.
    public enum Health {
        /// It has no health check.
        NONE,
        STARTING,
        HEALTHY,
        UNHEALTHY
    }

    /// A volume or a directory of the host in a container.
    ///
    /// @param name of the volume; empty for a directory of the host
    /// @param driver of the volume, as `local`; empty for a directory of the host
    /// @param source directory of the host
    /// @param destination its path in the container
    public record Mount(String name, String driver, String source, String destination) {
        /// The volume's name, or the directory's path.
        public String label() {
            return name.isEmpty() ? source : name;
        }

        /// Whether Docker's filter `volume` matches it.
        public boolean matchesFilter(String text) {
            return text.equals(label()) || text.equals(destination);
        }
    }

    public Container {
        mounts = List.copyOf(mounts);
        command = List.copyOf(command);
        exposed = ExposedPorts.of(exposed);
        endpoints = List.copyOf(endpoints);
        ports = List.copyOf(ports);
        labels = Map.copyOf(labels);
    }

    /// A sandbox: it has no health check and no mounts.
    public Container(
            Id id,
            String name,
            String image,
            List<String> command,
            Instant created,
            State state,
            long pid,
            int exitCode,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            String networkMode,
            List<ExposedPort> exposed,
            List<Endpoint> endpoints,
            List<PortBinding> ports,
            Map<String, String> labels,
            ContainerConfig config,
            int restartCount) {
        this(
                id,
                name,
                image,
                command,
                created,
                state,
                pid,
                exitCode,
                startedAt,
                finishedAt,
                networkMode,
                exposed,
                endpoints,
                ports,
                labels,
                config,
                restartCount,
                Health.NONE,
                List.of());
    }

    /// @param others replace its endpoints
    public Container withEndpoints(List<Endpoint> others) {
        return new Container(
                id,
                name,
                image,
                command,
                created,
                state,
                pid,
                exitCode,
                startedAt,
                finishedAt,
                networkMode,
                exposed,
                others,
                ports,
                labels,
                config,
                restartCount,
                health,
                mounts);
    }

    /// @param others replace its ports
    public Container withPorts(List<PortBinding> others) {
        return new Container(
                id,
                name,
                image,
                command,
                created,
                state,
                pid,
                exitCode,
                startedAt,
                finishedAt,
                networkMode,
                exposed,
                endpoints,
                others,
                labels,
                config,
                restartCount,
                health,
                mounts);
    }

    /// The name or id of the container whose network namespace it shares; null when it shares none.
    public @Nullable String sharedNetns() {
        return networkMode.startsWith(SHARED_NETNS) ? networkMode.substring(SHARED_NETNS.length()) : null;
    }

    public RestartPolicy restart() {
        return config.settings().restart();
    }

    public @Nullable Endpoint endpointOn(Id network) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.network().equals(network)) {
                return endpoint;
            }
        }
        return null;
    }

    /// The endpoint to which packets to a published port are sent; null while there is none.
    public @Nullable Endpoint endpointOf(PortBinding port) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.id().equals(port.endpoint())) {
                return endpoint;
            }
        }
        return null;
    }

    /// Whether its processes and its network namespace exist.
    public boolean running() {
        return state == State.RUNNING || state == State.PAUSED;
    }
}
