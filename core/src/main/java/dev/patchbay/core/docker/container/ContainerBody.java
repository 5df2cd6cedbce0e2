package dev.patchbay.core.docker.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.network.NetworkSteps;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The body of the request that creates a container.
public final class ContainerBody {
    private static final Set<String> WITHOUT_ENDPOINT = Set.of("default", "bridge", "host", "none");

    private ContainerBody() {}

    static ObjectNode of(Change.RunContainer asked) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Image", asked.image());
        if (!asked.command().isEmpty()) {
            asked.command().forEach(body.putArray("Cmd")::add);
        }
        if (asked.hostname() != null) {
            body.put("Hostname", asked.hostname());
        }
        if (!asked.domainname().isEmpty()) {
            body.put("Domainname", asked.domainname());
        }
        body.put("Tty", asked.tty());
        body.put("OpenStdin", asked.openStdin());
        asked.environment().forEach(body.putArray("Env")::add);
        asked.labels().forEach(body.putObject("Labels")::put);
        ObjectNode exposed = body.putObject("ExposedPorts");
        asked.exposed().forEach(port -> exposed.putObject(port.toString()));
        asked.ports()
                .forEach(mapping -> portNumbers(mapping.containerPorts())
                        .forEach(port -> exposed.putObject(port + "/" + mapping.protocol())));
        ObjectNode host = body.putObject("HostConfig");
        hostConfig(host, asked);
        putNetworks(body, host, asked.networks());
        return body;
    }

    /// The first network is part of the request; the others are connected afterwards.
    private static void putNetworks(ObjectNode body, ObjectNode host, List<EndpointRequest> networks) {
        if (networks.isEmpty()) {
            host.put("NetworkMode", "default");
            return;
        }
        EndpointRequest first = networks.getFirst();
        host.put("NetworkMode", first.network());
        if (first.mac() != null) {
            // Before API 1.44 the MAC address belonged to the container.
            body.put("MacAddress", first.mac());
        }
        ObjectNode config = NetworkSteps.endpoint(first);
        boolean plain =
                WITHOUT_ENDPOINT.contains(first.network()) || first.network().startsWith("container:");
        if (!config.isEmpty() || !plain) {
            body.putObject("NetworkingConfig").putObject("EndpointsConfig").set(first.network(), config);
        }
    }

    private static void hostConfig(ObjectNode host, Change.RunContainer asked) {
        ObjectNode bindings = host.putObject("PortBindings");
        asked.ports().forEach(mapping -> bind(bindings, mapping));
        HostSettings settings = asked.settings();
        host.put("PublishAllPorts", settings.publishAll());
        host.put("AutoRemove", settings.autoRemove());
        host.set("RestartPolicy", restart(settings.restart()));
        settings.dns().forEach(server -> host.withArray("/Dns").add(Addresses.format(server)));
        settings.dnsSearch().forEach(host.withArray("/DnsSearch")::add);
        settings.dnsOptions().forEach(host.withArray("/DnsOptions")::add);
        settings.extraHosts().forEach(line -> host.withArray("/ExtraHosts").add(line.toString()));
    }

    public static void bind(ObjectNode bindings, PortMapping mapping) {
        PortRange inside = mapping.containerPorts();
        for (int port : portNumbers(inside)) {
            bindings.withArray("/" + port + "~1" + mapping.protocol())
                    .addObject()
                    .put("HostIp", text(mapping.hostAddress()))
                    .put("HostPort", hostPort(mapping.hostPorts(), inside, port));
        }
    }

    /// For a single container port Docker chooses a host port from the range.
    private static String hostPort(@Nullable PortRange outside, PortRange inside, int port) {
        if (outside == null) {
            return "";
        }
        return inside.size() == outside.size()
                ? Integer.toString(outside.first() + port - inside.first())
                : outside.toString();
    }

    private static List<Integer> portNumbers(PortRange ports) {
        return IntStream.rangeClosed(ports.first(), ports.last()).boxed().toList();
    }

    private static String text(@Nullable InetAddress address) {
        return address == null ? "" : Addresses.format(address);
    }

    static ObjectNode restart(RestartPolicy policy) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Name", policy.name().toString())
                .put("MaximumRetryCount", policy.maximumRetryCount());
    }
}
