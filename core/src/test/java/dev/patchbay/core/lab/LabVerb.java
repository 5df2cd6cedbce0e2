package dev.patchbay.core.lab;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something a person can ask of a host, with what leads to where it can be asked and what takes it back.
///
/// @param ready leads from the base to where the verb can be asked
/// @param back takes the verb back
/// @param leave leads to the base again
record LabVerb(String name, List<Deed> ready, Deed verb, Deed back, List<Deed> leave) {
    @FunctionalInterface
    interface Deed {
        Outcome on(LabHost controller) throws EngineException;
    }

    /// Two networks, a web server on both with a published port, a stopped container with one, and one that sleeps.
    static final List<Deed> BASE = List.of(
            change(Change.CreateNetwork.named("shop")),
            change(Change.CreateNetwork.named("back")),
            change(new Change.CreateNetwork(
                    "vault", Driver.BRIDGE, List.of(), false, true, false, false, null, Map.of(), Map.of())),
            run("web01", "httpd:2.4", List.of(), "shop", tcp(8080)),
            change(new Change.Connect("web01", EndpointRequest.on("back").withAliases(List.of("www")))),
            run("idle", "host", sleeper(), "shop", tcp(8090)),
            change(new Change.StopContainer("idle")),
            run("tool", "host", sleeper(), "back"));

    private static final Deed UNDO = lab -> lab.apply(HistoryAction.UNDO);
    private static final Deed REDO = lab -> lab.apply(HistoryAction.REDO);

    static List<LabVerb> ofNetworks() {
        Deed createLane = change(new Change.CreateNetwork(
                "lane",
                Driver.BRIDGE,
                List.of(PoolRequest.subnet("10.9.0.0/24")),
                false,
                true,
                false,
                false,
                null,
                Map.of(),
                Map.of()));
        Deed removeLane = change(new Change.RemoveNetwork("lane"));
        return List.of(
                verb("network create", createLane, removeLane),
                new LabVerb("network rm", List.of(createLane), removeLane, createLane, List.of(removeLane)),
                new LabVerb(
                        "network prune",
                        List.of(createLane),
                        change(new Change.PruneNetworks(Map.of())),
                        UNDO,
                        List.of(removeLane)),
                verb(
                        "run with a port",
                        run("fresh", "httpd:2.4", List.of(), "shop", tcp(8081)),
                        change(new Change.RemoveContainer("fresh", true))),
                verb(
                        "connect",
                        change(new Change.Connect("tool", EndpointRequest.on("shop"))),
                        change(new Change.Disconnect("shop", "tool"))),
                verb("disconnect", change(new Change.Disconnect("shop", "web01")), UNDO),
                verb("publish", change(new Change.Publish("tool", tcp(8082))), unpublish("tool", 8082)),
                verb("unpublish", unpublish("web01", 8080), UNDO),
                verb("publish a range of UDP", change(new Change.Publish("tool", udp())), UNDO),
                new LabVerb(
                        "unpublish in a range of UDP",
                        List.of(change(new Change.Publish("tool", udp()))),
                        change(new Change.Unpublish("tool", null, PortRange.single(5001), null, Protocol.UDP)),
                        UNDO,
                        List.of(change(
                                new Change.Unpublish("tool", null, new PortRange(5000, 5002), null, Protocol.UDP)))),
                verb(
                        "publish to fewer",
                        change(new Change.Publish("web01", tcp(8080).withAllowed(List.of(Cidr.of("198.51.100.0/24"))))),
                        UNDO),
                verb(
                        "run with a port on an internal network",
                        run("safe", "httpd:2.4", List.of(), "vault", tcp(8083)),
                        change(new Change.RemoveContainer("safe", true))));
    }

    static List<LabVerb> ofContainers() {
        Deed removeIdle = change(new Change.RemoveContainer("idle", false));
        Deed removeTool = change(new Change.RemoveContainer("tool", true));
        return List.of(
                verb("stop", change(new Change.StopContainer("web01")), change(new Change.StartContainer("web01"))),
                verb(
                        "rename",
                        change(new Change.RenameContainer("web01", "www")),
                        change(new Change.RenameContainer("www", "web01"))),
                verb("start", change(new Change.StartContainer("idle")), change(new Change.StopContainer("idle"))),
                verb(
                        "run shared",
                        run("guest", "host", sleeper(), "container:web01"),
                        change(new Change.RemoveContainer("guest", true))),
                // What is removed comes back without its files and its exit code: it is removed once before.
                new LabVerb("rm", List.of(removeIdle, UNDO), removeIdle, UNDO, List.of()),
                verb("rm -f", removeTool, UNDO),
                new LabVerb("undo", List.of(removeTool), UNDO, REDO, List.of(UNDO)),
                new LabVerb("redo", List.of(removeTool, UNDO), REDO, UNDO, List.of()));
    }

    private static LabVerb verb(String name, Deed verb, Deed back) {
        return new LabVerb(name, List.of(), verb, back, List.of());
    }

    private static Deed change(Change change) {
        return controller -> controller.apply(change);
    }

    private static Deed unpublish(String container, int hostPort) {
        return change(Change.Unpublish.single(container, hostPort, 80, Protocol.TCP));
    }

    private static Deed run(
            String name, String image, List<String> command, @Nullable String network, PortMapping... ports) {
        return change(Change.RunContainer.of(
                        name, image, command, network == null ? List.of() : List.of(EndpointRequest.on(network)))
                .withPorts(List.of(ports)));
    }

    private static List<String> sleeper() {
        return List.of("sh", "-c", "echo $$ \"$(date +%s%N)\"; exec sleep infinity");
    }

    private static PortMapping udp() {
        return new PortMapping(null, new PortRange(5000, 5002), new PortRange(53, 55), Protocol.UDP, List.of());
    }

    private static PortMapping tcp(int hostPort) {
        return PortMapping.of(null, hostPort, 80, Protocol.TCP);
    }

    @Override
    public String toString() {
        return name;
    }
}
