package dev.patchbay.core.compose;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.ContainerConfig;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointConfig;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.ExtraHost;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.net.Addresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// Writes a host as a Compose file. Applied to the same host, it has no difference.
///
/// Every object has its name on the host. Objects of other projects are left out, except networks of the
/// written containers, which become external.
public final class ComposeWriter {
    private static final String DEFAULT_BRIDGE = "bridge";

    private final String project;
    private final Topology topology;
    private final ProjectHost host;

    private ComposeWriter(String project, Topology topology, ProjectHost host) {
        this.project = project;
        this.topology = topology;
        this.host = host;
    }

    public static String write(String project, Topology topology, ProjectHost host)
            throws EngineException, RefusedException {
        Map<String, Object> file = new ComposeWriter(project, topology, host).file();
        String text = text(file, true);
        // SnakeYAML considers characters that change the text direction printable, but a file is also
        // read on terminals.
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.FORMAT) ? text : text(file, false);
    }

    private static String text(Map<String, Object> file, boolean unicode) {
        DumpSettings settings = DumpSettings.builder()
                .setUseUnicodeEncoding(unicode)
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setWidth(Integer.MAX_VALUE)
                .build();
        return new Dump(settings).dumpToString(file);
    }

    private Map<String, Object> file() throws EngineException, RefusedException {
        SequencedMap<String, Object> networks = new LinkedHashMap<>();
        SequencedMap<String, Object> services = new LinkedHashMap<>();
        Map<String, List<Container>> containers = new LinkedHashMap<>();
        topology.containers().stream()
                .filter(container -> isOfProject(container.labels()))
                .forEach(container -> containers
                        .computeIfAbsent(service(container), _ -> new ArrayList<>())
                        .add(container));
        for (Map.Entry<String, List<Container>> service : containers.entrySet()) {
            services.put(service.getKey(), service(service.getKey(), service.getValue()));
        }
        for (Network network : topology.networks()) {
            boolean used = topology.containersOn(network.id()).stream()
                    .anyMatch(container -> isOfProject(container.labels()) && !onDefaultBridgeAlone(container));
            if (isOwn(network)) {
                networks.put(key(network), network(network));
            } else if (used) {
                networks.put(key(network), new LinkedHashMap<>(Map.of("external", true, "name", network.name())));
            }
        }
        SequencedMap<String, Object> file = new LinkedHashMap<>();
        file.put("name", project);
        put(file, "services", services);
        put(file, "networks", networks);
        return file;
    }

    private boolean isOfProject(Map<String, String> labels) {
        return project.equals(labels.getOrDefault(ComposeLabels.PROJECT, project));
    }

    /// Whether the file creates it. It cannot create a network of a swarm, or beside an engine.
    private boolean isOwn(Network network) {
        return !network.predefined()
                && !network.attached()
                && !network.configOnly()
                && network.driver().isLocal()
                && isOfProject(network.labels());
    }

    private String key(Network network) {
        return network.labels().getOrDefault(ComposeLabels.NETWORK, network.name());
    }

    private Map<String, Object> network(Network network) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        if (!network.name().equals(project + "_" + key(network))) {
            fields.put("name", network.name());
        }
        if (!network.driver().is(Driver.BRIDGE)) {
            fields.put("driver", network.driver().toString());
        }
        put(fields, "driver_opts", texts(network.config().options()));
        flag(fields, "internal", network.internal());
        flag(fields, "attachable", network.config().attachable());
        flag(fields, "enable_ipv6", network.ipv6());
        List<Object> pools = new ArrayList<>();
        network.config().pools().stream().filter(Pool::subnetGiven).forEach(pool -> pools.add(pool(pool)));
        if (!pools.isEmpty()) {
            fields.put("ipam", Map.of("config", pools));
        }
        put(fields, "labels", texts(ComposeLabels.withoutComposeLabels(network.labels())));
        return fields;
    }

    private static Map<String, Object> pool(Pool pool) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("subnet", pool.subnet().toString());
        if (pool.range() != null) {
            fields.put("ip_range", pool.range().toString());
        }
        if (pool.gatewayGiven()) {
            fields.put("gateway", Addresses.format(pool.gateway()));
        }
        Map<String, Object> auxiliary = new TreeMap<>();
        pool.auxiliary().forEach((name, address) -> auxiliary.put(name, Addresses.format(address)));
        put(fields, "aux_addresses", auxiliary);
        return fields;
    }

    private static String service(Container container) {
        return container.labels().getOrDefault(ComposeLabels.SERVICE, container.name());
    }

    /// All containers of one service are written as the first one.
    private Map<String, Object> service(String service, List<Container> replicas)
            throws EngineException, RefusedException {
        Container container = replicas.getFirst();
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("image", text(container.image()));
        if (replicas.size() > 1) {
            fields.put("scale", replicas.size());
        } else if (!container.name().equals(project + "-" + service + "-1")) {
            fields.put("container_name", container.name());
        }
        ContainerConfig config = container.config();
        ProjectHost.ImageDefaults implied = host.impliedSettings(container);
        if (!config.command().equals(implied.command())) {
            put(fields, "command", texts(config.command()));
        }
        if (!hasHostnameOfOther(container)) {
            text(fields, "hostname", config.hostname());
        }
        text(fields, "domainname", config.domainname());
        List<String> environment = new ArrayList<>(config.environment());
        environment.removeAll(implied.environment());
        put(fields, "environment", texts(environment));
        Map<String, String> labels = ComposeLabels.withoutComposeLabels(container.labels());
        labels.entrySet().removeAll(implied.labels().entrySet());
        put(fields, "labels", texts(labels));
        put(fields, "ports", config.ports().stream().map(PortMapping::toString).toList());
        writeNetworks(container, fields);
        settings(config.settings(), fields);
        flag(fields, "tty", config.tty());
        flag(fields, "stdin_open", config.openStdin());
        return fields;
    }

    /// An engine gives the host's name to a container on the host's network.
    private boolean hasHostnameOfOther(Container container) {
        return container.networkMode().startsWith("container:")
                || (container.networkMode().equals("host")
                        && container.config().hostname().equals(topology.host().name()));
    }

    private boolean onDefaultBridgeAlone(Container container) {
        return container.endpoints().size() == 1
                && network(container.endpoints().getFirst()).name().equals(DEFAULT_BRIDGE);
    }

    private Network network(Endpoint endpoint) {
        return Objects.requireNonNull(topology.network(endpoint.network()));
    }

    private void writeNetworks(Container container, Map<String, Object> fields) {
        String mode = container.networkMode();
        if (mode.startsWith("container:")) {
            String id = mode.substring("container:".length());
            fields.put(
                    "network_mode",
                    topology.containers().stream()
                            .filter(other -> other.id().value().equals(id))
                            .map(other -> "container:" + other.name())
                            .findFirst()
                            .orElse(mode));
        } else if (mode.equals("none") || mode.equals("host")) {
            fields.put("network_mode", mode);
        } else if (onDefaultBridgeAlone(container)) {
            fields.put("network_mode", DEFAULT_BRIDGE);
        } else {
            SequencedMap<String, Object> places = new LinkedHashMap<>();
            container
                    .endpoints()
                    .forEach(endpoint -> places.put(key(network(endpoint)), endpoint(endpoint, container)));
            fields.put("networks", places);
        }
    }

    private static Map<String, Object> endpoint(Endpoint endpoint, Container container) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        String service = service(container);
        EndpointConfig config = endpoint.config();
        put(
                fields,
                "aliases",
                texts(config.aliases().stream()
                        .filter(alias -> !alias.equals(container.name()) && !alias.equals(service))
                        .toList()));
        address(fields, "ipv4_address", config.address());
        address(fields, "ipv6_address", config.address6());
        if (config.mac() != null) {
            fields.put("mac_address", config.mac().text());
        }
        if (config.gatewayPriority() != 0) {
            fields.put("gw_priority", config.gatewayPriority());
        }
        return fields;
    }

    private static void address(Map<String, Object> fields, String key, @Nullable InetAddress address) {
        if (address != null) {
            fields.put(key, Addresses.format(address));
        }
    }

    private static void settings(HostSettings settings, Map<String, Object> fields) {
        if (!settings.restart().equals(RestartPolicy.NO)) {
            fields.put("restart", settings.restart().toString());
        }
        put(fields, "dns", settings.dns().stream().map(Addresses::format).toList());
        put(fields, "dns_search", settings.dnsSearch());
        put(fields, "dns_opt", settings.dnsOptions());
        put(
                fields,
                "extra_hosts",
                settings.extraHosts().stream().map(ExtraHost::toString).toList());
    }

    private static void put(Map<String, Object> fields, String key, Collection<?> values) {
        if (!values.isEmpty()) {
            fields.put(key, values);
        }
    }

    private static void put(Map<String, Object> fields, String key, Map<String, Object> values) {
        if (!values.isEmpty()) {
            fields.put(key, values);
        }
    }

    private static void flag(Map<String, Object> fields, String key, boolean value) {
        if (value) {
            fields.put(key, true);
        }
    }

    private static void text(Map<String, Object> fields, String key, String value) {
        if (!value.isEmpty()) {
            fields.put(key, text(value));
        }
    }

    private static List<Object> texts(List<String> values) {
        return values.stream().<Object>map(ComposeWriter::text).toList();
    }

    private static Map<String, Object> texts(Map<String, String> values) {
        Map<String, Object> texts = new TreeMap<>();
        values.forEach((key, value) -> texts.put(key, text(value)));
        return texts;
    }

    /// A dollar would begin a variable.
    private static String text(String value) {
        return value.replace("$", "$$");
    }
}
