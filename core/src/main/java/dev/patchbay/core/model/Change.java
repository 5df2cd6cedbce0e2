package dev.patchbay.core.model;

import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A change that a person requests, before it has addresses and rules. Networks and containers are given
/// by name, id or unique prefix of an id, as typed.
public sealed interface Change {

    /// How to stop commands that do not run any more after the change.
    default StopMode stopping() {
        return StopMode.GRACEFUL;
    }

    /// The containers that it changes, as typed.
    default List<String> containers() {
        return List.of();
    }

    /// A change of one container that is there.
    sealed interface ContainerChange extends Change {
        String container();

        @Override
        default List<String> containers() {
            return List.of(container());
        }
    }

    /// @param driver as typed; an engine may have any, a Lab has those of [Driver]
    /// @param pools as typed; empty lets the core choose a subnet
    /// @param configFrom name of the configuration for all other settings, or null
    /// @param options driver options as typed, `com.docker.network.bridge.enable_icc` → `false`
    record CreateNetwork(
            String name,
            String driver,
            List<PoolRequest> pools,
            boolean ipv6,
            boolean internal,
            boolean attachable,
            boolean configOnly,
            @Nullable String configFrom,
            Map<String, String> labels,
            Map<String, String> options,
            EngineSettings engineSettings,
            Manager manager)
            implements Change {
        public CreateNetwork {
            pools = List.copyOf(pools);
            labels = Map.copyOf(labels);
            options = Map.copyOf(options);
        }

        /// A network with the default manager of its host.
        public CreateNetwork(
                String name,
                Driver driver,
                List<PoolRequest> pools,
                boolean ipv6,
                boolean internal,
                boolean attachable,
                boolean configOnly,
                @Nullable String configFrom,
                Map<String, String> labels,
                Map<String, String> options) {
            this(
                    name,
                    driver.toString(),
                    pools,
                    ipv6,
                    internal,
                    attachable,
                    configOnly,
                    configFrom,
                    labels,
                    options,
                    EngineSettings.DEFAULT,
                    Manager.HOST_DEFAULT);
        }

        public CreateNetwork managedBy(Manager who) {
            return new CreateNetwork(
                    name,
                    driver,
                    pools,
                    ipv6,
                    internal,
                    attachable,
                    configOnly,
                    configFrom,
                    labels,
                    options,
                    engineSettings,
                    who);
        }

        /// A bridge network; the core chooses all its settings.
        public static CreateNetwork named(String name) {
            return on(name, List.of());
        }

        /// A bridge network with this subnet.
        public static CreateNetwork on(String name, String subnet) {
            return on(name, List.of(PoolRequest.subnet(subnet)));
        }

        private static CreateNetwork on(String name, List<PoolRequest> pools) {
            return new CreateNetwork(name, Driver.BRIDGE, pools, false, false, false, false, null, Map.of(), Map.of());
        }
    }

    /// Settings of a new network that only an engine has.
    ///
    /// @param ipv4 whether it has addresses of IPv4
    /// @param scope empty for the driver's own
    /// @param ingress whether it is the routing mesh of a swarm
    /// @param ipamDriver the driver of its addresses
    record EngineSettings(
            boolean ipv4, String scope, boolean ingress, String ipamDriver, Map<String, String> ipamOptions) {
        public static final String DEFAULT_IPAM_DRIVER = "default";
        public static final EngineSettings DEFAULT = new EngineSettings(true, "", false, DEFAULT_IPAM_DRIVER, Map.of());

        public EngineSettings {
            ipamOptions = Map.copyOf(ipamOptions);
        }

        public EngineSettings withIpamOptions(Map<String, String> others) {
            return new EngineSettings(ipv4, scope, ingress, ipamDriver, others);
        }

        public boolean hasDefaultIpam() {
            return ipamDriver.equals(DEFAULT_IPAM_DRIVER) && ipamOptions.isEmpty();
        }
    }

    record RemoveNetwork(String network) implements Change {}

    record Connect(String container, EndpointRequest endpoint) implements ContainerChange {}
    /// Removes every network that no container is on.
    ///
    /// @param filters as typed: `label`, `label!` and `until`, each with its values
    record PruneNetworks(Map<String, List<String>> filters) implements Change {}

    /// Changes settings of a network in use that Docker cannot change.
    ///
    /// @param name a new name, or null
    /// @param addLabels new labels, and new values of present ones
    /// @param removeLabels names of labels
    /// @param mtu as typed, or null; `0` is the kernel's default
    record UpdateNetwork(
            String network,
            @Nullable String name,
            Map<String, String> addLabels,
            List<String> removeLabels,
            @Nullable String mtu)
            implements Change {
        public UpdateNetwork {
            addLabels = Map.copyOf(addLabels);
            removeLabels = List.copyOf(removeLabels);
        }

        public boolean isEmpty() {
            return name == null && mtu == null && addLabels.isEmpty() && removeLabels.isEmpty();
        }
    }

    record Disconnect(String network, String container) implements ContainerChange {}

    /// @param name null lets the core choose one
    /// @param command empty for the image's own
    /// @param networks the first one is the container's network mode; empty for the default network
    /// @param exposed ports of the container, beside the image's and the published ones
    /// @param hostname null for the short id
    /// @param start false creates it without starting it
    record RunContainer(
            @Nullable String name,
            String image,
            List<String> command,
            List<EndpointRequest> networks,
            List<PortMapping> ports,
            List<ExposedPort> exposed,
            List<String> environment,
            Map<String, String> labels,
            @Nullable String hostname,
            String domainname,
            boolean tty,
            boolean openStdin,
            HostSettings settings,
            boolean start)
            implements Change {
        /// A container; the core chooses all its other settings.
        public static RunContainer of(
                @Nullable String name, String image, List<String> command, List<EndpointRequest> networks) {
            return new RunContainer(
                    name,
                    image,
                    command,
                    networks,
                    List.of(),
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
                    exposed,
                    environment,
                    labels,
                    hostname,
                    domainname,
                    tty,
                    openStdin,
                    settings,
                    start);
        }

        public RunContainer withExposed(List<ExposedPort> more) {
            return new RunContainer(
                    name,
                    image,
                    command,
                    networks,
                    ports,
                    more,
                    environment,
                    labels,
                    hostname,
                    domainname,
                    tty,
                    openStdin,
                    settings,
                    start);
        }

        public RunContainer withLabels(Map<String, String> all) {
            return new RunContainer(
                    name,
                    image,
                    command,
                    networks,
                    ports,
                    exposed,
                    environment,
                    all,
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
                    exposed,
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

    record StartContainer(String container) implements ContainerChange {}

    /// @param stopping by `SIGKILL` this is Docker's `kill`
    record StopContainer(String container, StopMode stopping) implements ContainerChange {
        public StopContainer(String container) {
            this(container, StopMode.GRACEFUL);
        }
    }

    record RestartContainer(String container, StopMode stopping) implements ContainerChange {}

    record RenameContainer(String container, String name) implements ContainerChange {}

    /// @param restart in place of the restart policy it has
    record UpdateContainer(String container, RestartPolicy restart) implements ContainerChange {}

    /// Gives a container other names on one of its networks; Docker would have to connect it anew.
    record UpdateAliases(String network, String container, List<String> aliases) implements ContainerChange {
        public UpdateAliases {
            aliases = List.copyOf(aliases);
        }
    }

    record RemoveContainer(String container, boolean force) implements ContainerChange {
        @Override
        public StopMode stopping() {
            return StopMode.KILL;
        }
    }

    /// Removes every container that does not run.
    ///
    /// @param filters as typed: `label`, `label!` and `until`, each with its values
    record PruneContainers(Map<String, List<String>> filters) implements Change {}

    /// A change of one container's published ports.
    sealed interface PortChange extends ContainerChange {}

    record Publish(String container, PortMapping mapping) implements PortChange {}

    /// @param hostPorts null removes every mapping of the container ports
    /// @param containerPorts null removes every mapping of the host ports
    record Unpublish(
            String container,
            @Nullable InetAddress hostAddress,
            @Nullable PortRange hostPorts,
            @Nullable PortRange containerPorts,
            Protocol protocol)
            implements PortChange {
        /// One mapping with both its ports.
        public static Unpublish single(String container, int hostPort, int containerPort, Protocol protocol) {
            return new Unpublish(
                    container, null, PortRange.single(hostPort), PortRange.single(containerPort), protocol);
        }
    }

    /// Publishes on other ports or another address of the host, in one step.
    ///
    /// @param old the ports as they are published
    /// @param mapping the same container ports, as they will be published
    record Republish(Unpublish old, PortMapping mapping) implements PortChange {
        @Override
        public String container() {
            return old.container();
        }
    }

    /// An engine makes the container anew, with its ports as they are asked for: the engine itself publishes them
    /// then. Everything else of the container stays, but for its own files.
    record Recreate(PortChange portChange) implements Change {
        @Override
        public List<String> containers() {
            return portChange.containers();
        }
    }

    /// Several changes in one: all of them or none, with one entry in the history. Each is planned as if
    /// the previous ones were done, and may use names that they create.
    ///
    /// @param command the words of the command that equals all of them
    record Batch(List<String> command, List<Change> changes) implements Change {
        public Batch {
            command = List.copyOf(command);
            changes = List.copyOf(changes);
        }

        @Override
        public List<String> containers() {
            return changes.stream()
                    .flatMap(change -> change.containers().stream())
                    .toList();
        }
    }
}
