package dev.patchbay.core.docker.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/// One port in the create request of a container.
///
/// @param exposed whether `ExposedPorts` has it
/// @param bindings its `PortBindings`, `{"HostIp":"","HostPort":"8080"}`
public record PortBindingRequest(boolean exposed, List<JsonNode> bindings) {
    public PortBindingRequest {
        bindings = List.copyOf(bindings);
    }

    /// @param container an inspect document
    /// @param port as `80/tcp`
    public static PortBindingRequest of(JsonNode container, String port) {
        return new PortBindingRequest(
                container.at("/Config/ExposedPorts").has(port),
                StreamSupport.stream(
                                container
                                        .at("/HostConfig/PortBindings")
                                        .path(port)
                                        .spliterator(),
                                false)
                        .toList());
    }

    /// As `docker ps` prints it, `0.0.0.0:8080->80/tcp`.
    public static String text(String port, JsonNode binding) {
        String address = binding.path("HostIp").asText("");
        String number = binding.path("HostPort").asText("");
        String host = address.isEmpty() ? "0.0.0.0" : address.contains(":") ? "[" + address + "]" : address;
        return host + ":" + (number.isEmpty() ? "(free one)" : number) + "->" + port;
    }
}
