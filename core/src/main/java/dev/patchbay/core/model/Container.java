package dev.patchbay.core.model;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.container.ExposedPorts;
import dev.patchbay.engine.container.RestartPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container as the picture shows it.
///
/// @param name without the leading slash
/// @param exposed container ports that the image or the person declares, published or not
/// @param endpoints in the order they were connected
/// @param ports every mapping that was asked for, in the order of publishing
/// @param exitCode of the last end
/// @param restartCount how often it was started again by itself
/// @param health of its health check, as it was when it last ran
/// @param mounts volumes and directories of the host, in the order of their places
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

    /// Docker's states; a sandbox has no others than the first three and the ended one.
    public enum State {
        CREATED,
        RUNNING,
        /// Its command ended and will be started again by itself.
        RESTARTING,
        /// Its processes are there and do nothing.
        PAUSED,
        EXITED,
        REMOVING,
        /// It could be ended and not be removed.
        DEAD
    }

    /// As Docker says it.
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
    /// @param destination where the container has it
    public record Mount(String name, String driver, String source, String destination) {
        /// The volume's name, or the directory's path.
        public String label() {
            return name.isEmpty() ? source : name;
        }

        /// Whether Docker's filter `volume` finds it by this.
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

    /// @param others in the place of its ports
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

    /// The endpoint that packets to a published port are sent to; null while there is none.
    public @Nullable Endpoint endpointOf(PortBinding port) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.id().equals(port.endpoint())) {
                return endpoint;
            }
        }
        return null;
    }

    /// Its processes and its network namespace are there.
    public boolean running() {
        return state == State.RUNNING || state == State.PAUSED;
    }
}
