package dev.patchbay.core.docker.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.container.ContainerBody;
import dev.patchbay.core.docker.plan.Cannot;
import dev.patchbay.core.docker.plan.MadePort;
import dev.patchbay.core.docker.plan.Recreation;
import dev.patchbay.core.docker.state.DockerState;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Titles;
import dev.patchbay.core.ports.AskedPorts;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.core.refusal.PortMistakes;
import dev.patchbay.core.refusal.RecreateMistakes;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Turns the wish for other ports into what the request for a new container has of them.
///
/// @param container its inspect document
record RecreatePlans(JsonNode container) {
    private static final String EVERY_ADDRESS = "0.0.0.0";

    Recreation of(Change.Recreate asked) throws Mistake {
        Map<String, MadePort> ports = switch (asked.ports()) {
            case Change.Publish publish -> published(publish.mapping());
            case Change.Unpublish unpublish -> unpublished(unpublish);
        };
        Map<String, MadePort> before = new TreeMap<>();
        ports.keySet().forEach(port -> before.put(port, MadePort.of(container, port)));
        return new Recreation(Titles.of(asked), EngineObject.container(container), ports, before, List.of(), List.of());
    }

    private Map<String, MadePort> published(PortMapping mapping) throws Mistake {
        PortRange outside = mapping.hostPorts();
        PortRange inside = mapping.containerPorts();
        if (!mapping.allowed().isEmpty()) {
            throw Cannot.sources();
        }
        if (outside != null && inside.size() > 1 && outside.size() != inside.size()) {
            throw PortMistakes.unequalRanges(inside, outside);
        }
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        ContainerBody.bind(asked, mapping);
        Map<String, MadePort> ports = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : asked.properties()) {
            String port = entry.getKey();
            List<JsonNode> bindings =
                    new ArrayList<>(MadePort.of(container, port).bindings());
            for (JsonNode binding : entry.getValue()) {
                if (bindings.stream().anyMatch(present -> same(present, binding))) {
                    throw RecreateMistakes.published(DockerState.name(container), MadePort.text(port, binding));
                }
                bindings.add(binding);
            }
            ports.put(port, new MadePort(true, bindings));
        }
        return ports;
    }

    private static boolean same(JsonNode present, JsonNode asked) {
        return address(present).equals(address(asked))
                && !asked.path("HostPort").asText("").isEmpty()
                && present.path("HostPort")
                        .asText("")
                        .equals(asked.path("HostPort").asText(""));
    }

    private static InetAddress address(JsonNode binding) {
        String text = binding.path("HostIp").asText("");
        return InetAddress.ofLiteral(text.isEmpty() ? EVERY_ADDRESS : text);
    }

    private Map<String, MadePort> unpublished(Change.Unpublish asked) throws Mistake {
        if (asked.hostPorts() == null && asked.containerPorts() == null) {
            throw PortMistakes.noPort();
        }
        Map<String, MadePort> ports = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                container.at("/HostConfig/PortBindings").properties()) {
            String port = entry.getKey();
            MadePort made = MadePort.of(container, port);
            List<JsonNode> left = made.bindings().stream()
                    .filter(binding -> !meant(asked, port, binding))
                    .toList();
            if (left.size() < made.bindings().size()) {
                ports.put(port, new MadePort(made.exposed(), left));
            }
        }
        if (ports.isEmpty()) {
            throw nothingMeant(asked);
        }
        return ports;
    }

    private boolean meant(Change.Unpublish asked, String port, JsonNode binding) {
        String[] parts = port.split("/", 2);
        PortRange inside = asked.containerPorts();
        PortRange outside = asked.hostPorts();
        return asked.protocol().toString().equals(parts.length == 1 ? "tcp" : parts[1])
                && (inside == null || within(inside, parts[0]))
                && (asked.hostAddress() == null || asked.hostAddress().equals(address(binding)))
                && (outside == null || hostPorts(port, binding).stream().anyMatch(number -> within(outside, number)));
    }

    private static boolean within(PortRange range, String number) {
        return number.matches("\\d{1,5}") && range.contains(Integer.parseInt(number));
    }

    /// The one that was asked for, or those that Docker chose.
    private List<String> hostPorts(String port, JsonNode binding) {
        String asked = binding.path("HostPort").asText("");
        if (asked.matches("\\d+")) {
            return List.of(asked);
        }
        List<String> chosen = new ArrayList<>();
        container
                .at("/NetworkSettings/Ports")
                .path(port)
                .forEach(said -> chosen.add(said.path("HostPort").asText()));
        return chosen;
    }

    private Mistake nothingMeant(Change.Unpublish asked) {
        String name = DockerState.name(container);
        if (container.at("/HostConfig/PublishAllPorts").asBoolean()) {
            for (Map.Entry<String, JsonNode> said :
                    container.at("/NetworkSettings/Ports").properties()) {
                for (JsonNode binding : said.getValue()) {
                    if (meant(asked, said.getKey(), binding)) {
                        return RecreateMistakes.publishesAll(name, said.getKey());
                    }
                }
            }
        }
        return PortMistakes.notPublished(name, AskedPorts.text(asked));
    }
}
