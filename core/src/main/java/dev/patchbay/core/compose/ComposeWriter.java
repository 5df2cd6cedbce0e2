package dev.patchbay.core.compose;

import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.ExtraHost;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// Writes what a host has as a Compose file. Applied to the same host, it differs in nothing.
///
/// Everything is called by its name on the host. What belongs to another project is left out, but for networks that a
/// container is on: those are external.
public final class ComposeWriter {
    private static final String DEFAULT_BRIDGE = "bridge";

    private final String project;
    private final Specs specs;

    private ComposeWriter(String project, Specs specs) {
        this.project = project;
        this.specs = specs;
    }

    public static String write(String project, Specs specs) {
        Map<String, Object> file = new ComposeWriter(project, specs).file();
        String text = text(file, true);
        // SnakeYAML takes what turns the direction of writing for printable; a file is read on terminals, too.
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

    private Map<String, Object> file() {
        SequencedMap<String, Object> networks = new LinkedHashMap<>();
        SequencedMap<String, Object> services = new LinkedHashMap<>();
        Map<String, List<SandboxSpec>> containers = new LinkedHashMap<>();
        specs.sandboxes().stream()
                .filter(sandbox -> isOfProject(sandbox.labels()))
                .forEach(sandbox -> containers
                        .computeIfAbsent(service(sandbox), _ -> new ArrayList<>())
                        .add(sandbox));
        containers.forEach((service, replicas) -> services.put(service, service(service, replicas)));
        for (NetworkSpec network : specs.networks()) {
            boolean used = specs.endpointsOn(network.id()).stream()
                    .anyMatch(endpoint ->
                            isOfProject(specs.sandbox(endpoint.sandbox()).labels())
                                    && !onDefaultBridgeAlone(endpoint.sandbox()));
            if (!network.predefined() && isOfProject(network.labels())) {
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

    private String key(NetworkSpec network) {
        return network.labels().getOrDefault(ComposeLabels.NETWORK, network.name());
    }

    private Map<String, Object> network(NetworkSpec network) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        if (!network.name().equals(project + "_" + key(network))) {
            fields.put("name", network.name());
        }
        if (network.driver() != Driver.BRIDGE) {
            fields.put("driver", network.driver().toString());
        }
        put(fields, "driver_opts", texts(network.options()));
        flag(fields, "internal", network.internal());
        flag(fields, "attachable", network.attachable());
        flag(fields, "enable_ipv6", network.ipv6());
        List<Object> pools = new ArrayList<>();
        network.pools().stream().filter(Pool::subnetGiven).forEach(pool -> pools.add(pool(pool)));
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

    private static String service(SandboxSpec sandbox) {
        return sandbox.labels().getOrDefault(ComposeLabels.SERVICE, sandbox.name());
    }

    /// Containers of one service are all as the first one.
    private Map<String, Object> service(String service, List<SandboxSpec> replicas) {
        SandboxSpec sandbox = replicas.getFirst();
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("image", text(sandbox.image()));
        if (replicas.size() > 1) {
            fields.put("scale", replicas.size());
        } else if (!sandbox.name().equals(project + "-" + service + "-1")) {
            fields.put("container_name", sandbox.name());
        }
        put(fields, "command", texts(sandbox.command()));
        if (!sandbox.hostname().equals(sandbox.id().shortForm())) {
            fields.put("hostname", text(sandbox.hostname()));
        }
        text(fields, "domainname", sandbox.domainname());
        put(fields, "environment", texts(sandbox.environment()));
        put(fields, "labels", texts(ComposeLabels.withoutComposeLabels(sandbox.labels())));
        put(
                fields,
                "ports",
                specs.portsOf(sandbox.id()).stream().map(ComposeWriter::port).toList());
        writeNetworks(sandbox, fields);
        settings(sandbox.settings(), fields);
        flag(fields, "tty", sandbox.tty());
        flag(fields, "stdin_open", sandbox.openStdin());
        return fields;
    }

    private static Object port(PortSpec port) {
        PortRange host = port.ephemeral() ? port.choice() : port.hostPorts();
        return new PortMapping(port.requestedAddress(), host, port.containerPorts(), port.protocol(), port.allowed())
                .toString();
    }

    private boolean onDefaultBridgeAlone(Id sandbox) {
        List<EndpointSpec> endpoints = specs.endpointsOf(sandbox);
        return endpoints.size() == 1
                && specs.network(endpoints.getFirst().network()).name().equals(DEFAULT_BRIDGE);
    }

    private void writeNetworks(SandboxSpec sandbox, Map<String, Object> fields) {
        String mode = sandbox.networkMode();
        if (mode.startsWith("container:")) {
            String id = mode.substring("container:".length());
            fields.put(
                    "network_mode",
                    specs.sandboxes().stream()
                            .filter(other -> other.id().value().equals(id))
                            .map(other -> "container:" + other.name())
                            .findFirst()
                            .orElse(mode));
        } else if (mode.equals("none") || mode.equals("host")) {
            fields.put("network_mode", mode);
        } else if (onDefaultBridgeAlone(sandbox.id())) {
            fields.put("network_mode", DEFAULT_BRIDGE);
        } else {
            SequencedMap<String, Object> places = new LinkedHashMap<>();
            specs.endpointsOf(sandbox.id())
                    .forEach(endpoint ->
                            places.put(key(specs.network(endpoint.network())), endpoint(endpoint, sandbox)));
            fields.put("networks", places);
        }
    }

    private static Map<String, Object> endpoint(EndpointSpec endpoint, SandboxSpec sandbox) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        String service = service(sandbox);
        put(
                fields,
                "aliases",
                texts(endpoint.aliases().stream()
                        .filter(alias -> !alias.equals(sandbox.name()) && !alias.equals(service))
                        .toList()));
        address(fields, "ipv4_address", endpoint.staticIpv4() ? endpoint.ipv4() : null);
        address(fields, "ipv6_address", endpoint.staticIpv6() ? endpoint.ipv6() : null);
        if (endpoint.macGiven()) {
            fields.put("mac_address", endpoint.mac().text());
        }
        if (endpoint.gatewayPriority() != 0) {
            fields.put("gw_priority", endpoint.gatewayPriority());
        }
        return fields;
    }

    private static void address(Map<String, Object> fields, String key, @Nullable Cidr address) {
        if (address != null) {
            fields.put(key, Addresses.format(address.address()));
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

    /// A dollar begins a variable.
    private static String text(String value) {
        return value.replace("$", "$$");
    }
}
