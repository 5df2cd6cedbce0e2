package dev.patchbay.core.docker.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.container.ContainerBody;
import dev.patchbay.core.docker.plan.PortBindingRequest;
import dev.patchbay.core.docker.plan.Recreation;
import dev.patchbay.core.docker.plan.UnsupportedRefusals;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.ports.PortRefusals;
import dev.patchbay.core.ports.PortRequests;
import dev.patchbay.core.refusal.RecreateRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Turns the wish for other ports into what the request for a new container has of them.
///
/// @param container its inspect document
record RecreationPorts(JsonNode container) {
    private static final String EVERY_ADDRESS = "0.0.0.0";

    Recreation of(Change.Recreate asked) throws RefusedException {
        Map<String, PortBindingRequest> ports = switch (asked.portChange()) {
            case Change.Publish publish -> published(publish.mapping(), Map.of());
            case Change.Unpublish unpublish -> unpublished(unpublish);
            case Change.Republish(Change.Unpublish old, PortMapping mapping) -> {
                Map<String, PortBindingRequest> without = unpublished(old);
                Map<String, PortBindingRequest> both = new TreeMap<>(without);
                both.putAll(published(mapping, without));
                yield both;
            }
        };
        Map<String, PortBindingRequest> before = new TreeMap<>();
        ports.keySet().forEach(port -> before.put(port, PortBindingRequest.of(container, port)));
        return new Recreation(
                EquivalentCommand.of(asked), EngineObject.container(container), ports, before, List.of(), List.of());
    }

    /// @param changed ports of the container whose bindings change before
    private Map<String, PortBindingRequest> published(PortMapping mapping, Map<String, PortBindingRequest> changed)
            throws RefusedException {
        PortRange outside = mapping.hostPorts();
        PortRange inside = mapping.containerPorts();
        if (!mapping.allowed().isEmpty()) {
            throw UnsupportedRefusals.allowedSources();
        }
        if (outside != null && inside.size() > 1 && outside.size() != inside.size()) {
            throw PortRefusals.unequalRanges(inside, outside);
        }
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        ContainerBody.bind(asked, mapping);
        Map<String, PortBindingRequest> ports = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : asked.properties()) {
            String port = entry.getKey();
            List<JsonNode> bindings = new ArrayList<>(changed.getOrDefault(port, PortBindingRequest.of(container, port))
                    .bindings());
            for (JsonNode binding : entry.getValue()) {
                if (bindings.stream().anyMatch(present -> same(present, binding))) {
                    throw RecreateRefusals.alreadyPublished(
                            EngineState.name(container), PortBindingRequest.text(port, binding));
                }
                bindings.add(binding);
            }
            ports.put(port, new PortBindingRequest(true, bindings));
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

    private Map<String, PortBindingRequest> unpublished(Change.Unpublish asked) throws RefusedException {
        if (asked.hostPorts() == null && asked.containerPorts() == null) {
            throw PortRefusals.noPort();
        }
        Map<String, PortBindingRequest> ports = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                container.at("/HostConfig/PortBindings").properties()) {
            String port = entry.getKey();
            PortBindingRequest made = PortBindingRequest.of(container, port);
            List<JsonNode> left = made.bindings().stream()
                    .filter(binding -> !isMatched(asked, port, binding))
                    .toList();
            if (left.size() < made.bindings().size()) {
                ports.put(port, new PortBindingRequest(made.exposed(), left));
            }
        }
        if (ports.isEmpty()) {
            throw noMatchRefusal(asked);
        }
        return ports;
    }

    private boolean isMatched(Change.Unpublish asked, String port, JsonNode binding) {
        String[] parts = port.split("/", 2);
        PortRange inside = asked.containerPorts();
        PortRange outside = asked.hostPorts();
        return asked.protocol().toString().equals(parts.length == 1 ? "tcp" : parts[1])
                && (inside == null || contains(inside, parts[0]))
                && (asked.hostAddress() == null || asked.hostAddress().equals(address(binding)))
                && (outside == null || hostPorts(port, binding).stream().anyMatch(number -> contains(outside, number)));
    }

    private static boolean contains(PortRange range, String number) {
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
                .forEach(published -> chosen.add(published.path("HostPort").asText()));
        return chosen;
    }

    private RefusedException noMatchRefusal(Change.Unpublish asked) {
        String name = EngineState.name(container);
        if (container.at("/HostConfig/PublishAllPorts").asBoolean()) {
            for (Map.Entry<String, JsonNode> published :
                    container.at("/NetworkSettings/Ports").properties()) {
                for (JsonNode binding : published.getValue()) {
                    if (isMatched(asked, published.getKey(), binding)) {
                        return RecreateRefusals.publishesAll(name, published.getKey());
                    }
                }
            }
        }
        return PortRefusals.notPublished(name, PortRequests.text(asked));
    }
}
