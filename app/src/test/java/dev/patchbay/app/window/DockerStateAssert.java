package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.differential.EngineRunner;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.container.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/// What Docker's own client says of a host, compared with what a window shows of it.
record DockerStateAssert(EngineRunner engine) {
    private static final String NETWORKS = "{{.Id}} {{.Name}} {{.Driver}}{{range .IPAM.Config}} {{.Subnet}}{{end}}";
    private static final String PLACES =
            "{{range $name, $place := .NetworkSettings.Networks}}{{if $place.IPAddress}}{{$name}} {{$place.IPAddress}}/"
                    + "{{$place.IPPrefixLen}} {{$place.MacAddress}}\n{{end}}{{end}}";
    private static final String MEMBERS =
            "{{$network := .Name}}{{range .Containers}}{{.Name}} {{$network}} {{.IPv4Address}} {{.MacAddress}}\n"
                    + "{{end}}";

    /// Fails where the two differ in a network, a container, a place or a port. What Patchbay has beside the engine
    /// is in the picture alone.
    void assertMatches(Topology seen, TopologyCanvas picture) {
        String[] ids = engine.docker("network", "ls", "-q", "--no-trunc").split("\n");
        assertThat(seen.networks().stream()
                        .filter(network -> !network.attached())
                        .map(DockerStateAssert::lineOf))
                .containsExactlyInAnyOrder(inspectLines("network", NETWORKS, ids));
        assertThat(seen.containers().stream()
                        .map(container -> container.id() + " " + container.name() + " "
                                + container.state().name().toLowerCase(Locale.ROOT)))
                .containsExactlyInAnyOrder(
                        lines(engine.docker("ps", "-a", "--no-trunc", "--format", "{{.ID}} {{.Names}} {{.State}}")));
        List<String> members = new ArrayList<>();
        for (Container container : seen.containers()) {
            List<String> places = endpointLines(seen, container);
            assertThat(places).containsExactlyInAnyOrder(inspectLines("container", PLACES, container.name()));
            places.forEach(place -> members.add(container.name() + " " + place));
            assertThat(portLines(container)).containsExactlyInAnyOrder(lines(engine.docker("port", container.name())));
            assertDrawn(seen, container, picture);
        }
        assertThat(members).containsExactlyInAnyOrder(inspectLines("network", MEMBERS, ids));
        for (Network network : seen.networks()) {
            CanvasElement element = network.driver().is(Driver.BRIDGE)
                    ? new CanvasElement.Lane(network.id())
                    : new CanvasElement.UnbridgedNetwork(network.id());
            assertThat(picture.centreOf(element)).as(network.name()).isNotNull();
        }
    }

    private static void assertDrawn(Topology seen, Container container, TopologyCanvas picture) {
        assertThat(picture.centreOf(new CanvasElement.Card(container.id())))
                .as(container.name())
                .isNotNull();
        for (Network network : seen.networks()) {
            assertThat(picture.centreOf(new CanvasElement.Plug(container.id(), network.id())) != null)
                    .as(container.name() + " on " + network.name())
                    .isEqualTo(container.endpointOn(network.id()) != null);
        }
        for (PortBinding port : container.ports()) {
            assertThat(picture.centreOf(new CanvasElement.HostPort(port.id())))
                    .as(container.name() + " " + port.hostPorts())
                    .isNotNull();
        }
    }

    private static String lineOf(Network network) {
        return network.id() + " " + network.name() + " " + network.driver()
                + (network.subnet() == null ? "" : " " + network.subnet());
    }

    private static List<String> endpointLines(Topology seen, Container container) {
        return container.endpoints().stream()
                .filter(Endpoint::attached)
                .filter(endpoint -> !network(seen, endpoint).attached())
                .map(endpoint -> network(seen, endpoint).name() + " " + endpoint.address() + " " + endpoint.mac())
                .toList();
    }

    private static Network network(Topology seen, Endpoint endpoint) {
        return Objects.requireNonNull(seen.network(endpoint.network()));
    }

    private static List<String> portLines(Container container) {
        return container.ports().stream()
                .filter(port -> port.inForce() && !port.external())
                .map(port -> port.containerPortText() + " -> "
                        + port.hostAddress().getHostAddress() + ":" + port.hostPorts())
                .toList();
    }

    private String[] inspectLines(String kind, String format, String... names) {
        List<String> words = new ArrayList<>(List.of(kind, "inspect", "-f", format));
        words.addAll(List.of(names));
        return lines(engine.docker(words.toArray(String[]::new)));
    }

    private static String[] lines(String text) {
        return Stream.of(text.split("\n")).filter(line -> !line.isBlank()).toArray(String[]::new);
    }
}
