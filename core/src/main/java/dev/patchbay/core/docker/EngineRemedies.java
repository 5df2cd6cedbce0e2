package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointConfig;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.Network;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a person gets back what an engine made and lost. Patchbay only names it: an engine's rules and links are
/// its own, and Podman's API has no request that reloads a network.
///
/// @param podman whether the engine is Podman
/// @param keepsContainers whether Docker's containers run on while Docker restarts (`live-restore`)
/// @param running number of running containers
record EngineRemedies(boolean podman, boolean keepsContainers, long running) {

    /// A remedy as arguments of a problem.
    ///
    /// @param sentence in English
    /// @param name of the sentence in other languages
    /// @param arguments of that sentence
    record Remedy(String sentence, String name, List<String> arguments) {
        Remedy {
            arguments = List.copyOf(arguments);
        }

        /// These words of a problem, and the remedy.
        List<String> after(String... words) {
            List<String> all = new ArrayList<>(List.of(words));
            all.add(sentence);
            all.add(name);
            all.addAll(arguments);
            return all;
        }
    }

    static EngineRemedies of(EngineState state, boolean podman) {
        JsonNode info = state.info();
        return new EngineRemedies(
                podman,
                info.path("LiveRestoreEnabled").asBoolean(),
                state.containers().stream()
                        .filter(container -> container.at("/State/Running").asBoolean())
                        .count());
    }

    /// For rules of these running containers or of their network, and for its bridge.
    Remedy ofNetwork(List<String> containers) {
        return podman ? command(Stream.concat(Stream.of("podman network reload"), containers.stream())) : restart();
    }

    /// For the veth between a network and a container.
    Remedy ofVeth(Network network, Container container) {
        if (podman) {
            return ofNetwork(List.of(container.name()));
        }
        EndpointConfig config =
                Objects.requireNonNull(container.endpointOn(network.id())).config();
        Change again = new Change.Connect(container.name(), EndpointRequest.again(network, config));
        return command(Stream.of(EquivalentCommand.ofAttached(new Change.Disconnect(network.name(), container.name()))
                + " && "
                + EquivalentCommand.ofAttached(again)));
    }

    /// For the gateway's address.
    ///
    /// @param others that the bridge has instead. They go first: the kernel removes an address together with the
    ///     older one of the same subnet.
    static Remedy ofBridgeAddress(String bridge, Cidr address, List<Cidr> others) {
        Stream<String> removals = others.stream().map(other -> "ip addr del " + other + " dev " + bridge);
        return command(Stream.of(Stream.concat(removals, Stream.of("ip addr add " + address + " dev " + bridge))
                .collect(Collectors.joining(" && "))));
    }

    /// For the policy of the chain FORWARD, which an engine sets only when it switches forwarding on.
    static Remedy ofPolicy(Family family) {
        return command(Stream.of(family.iptablesCommand() + " -P FORWARD DROP"));
    }

    /// For a container in a network namespace that its owner has left.
    Remedy ofNetns(String container) {
        return command(Stream.of(podman ? "podman restart" : "docker restart", container));
    }

    static Remedy command(Stream<String> words) {
        String command = String.join(" ", words.toList());
        return new Remedy("`" + command + "`", "command", List.of(command));
    }

    private Remedy restart() {
        if (keepsContainers) {
            return new Remedy(
                    "restarting Docker (`systemctl restart docker`) makes it again, and containers run on, because"
                            + " live-restore is on",
                    "restartKeeps",
                    List.of());
        }
        return new Remedy(
                "restarting Docker (`systemctl restart docker`) makes it again, and stops the containers that run ("
                        + running + "), because live-restore is off",
                "restartStops",
                List.of(Long.toString(running)));
    }
}
