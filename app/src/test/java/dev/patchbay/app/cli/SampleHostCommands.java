package dev.patchbay.app.cli;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.ContainerConfig;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkConfig;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// Commands typed at a host with three networks and two containers, of which some are refused.
abstract class SampleHostCommands {
    static final Instant NOW = Instant.parse("2022-10-05T02:01:25Z");

    static final Change REMOVE_B = new Change.RemoveContainer("b", true);

    final RecordingHost host = new RecordingHost(
            topology(),
            Map.of(
                    REMOVE_B,
                    Refusal.of("container-not-found", "No such container: b"),
                    new Change.RemoveContainer("b", false),
                    Refusal.of("container-not-found", "No such container: b"),
                    new Change.StartContainer("b"),
                    Refusal.of("container-not-found", "No such container: b"),
                    new Change.RemoveNetwork("b"),
                    Refusal.of("network-not-found", "network b not found"),
                    new Change.Disconnect("n", "c"),
                    new Refusal("x", "not connected", "Connect it first.")));

    CliResult answer(String answer, String... words) {
        return CliResult.runWithInput(answer, Map.of("HOME", "/home/me"), clock(), _ -> host, words);
    }

    CliResult type(String words) {
        return CliResult.run(Map.of("HOME", "/home/me"), clock(), _ -> host, words.split(" "));
    }

    static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    static Topology topology() {
        Host host = new Host(
                "lab",
                List.of(),
                true,
                null,
                List.of(),
                new KernelState("lab", true, List.of(), List.of(), KernelState.Transport.DEFAULT));
        return new Topology(
                1,
                host,
                List.of(
                        network("a", "bridge", Driver.BRIDGE),
                        network("b", "none", Driver.NULL),
                        network("c", "mydockernet", Driver.BRIDGE)),
                List.of(
                        container("1", "web01", Container.State.RUNNING, 23, 22),
                        container("2", "web02", Container.State.EXITED, 10, 9)),
                List.of());
    }

    static Network network(String digit, String name, Driver driver) {
        return new Network(
                new Id(digit.repeat(64)),
                name,
                NOW,
                NetworkDriver.of(driver),
                "",
                NetworkConfig.DEFAULT,
                false,
                false,
                false,
                0,
                name.equals("bridge") || name.equals("none"),
                true,
                0,
                0,
                Map.of());
    }

    static Container container(String digit, String name, Container.State state, int age, int up) {
        return new Container(
                new Id(digit.repeat(64)),
                name,
                "httpd:2.4",
                List.of("httpd-foreground"),
                NOW.minusSeconds(age),
                state,
                1,
                0,
                NOW.minusSeconds(up),
                NOW.minusSeconds(3),
                "default",
                List.of(),
                List.of(),
                List.of(PortBinding.single(
                        Id.random(),
                        Id.random(),
                        Protocol.TCP,
                        InetAddress.ofLiteral("0.0.0.0"),
                        8080,
                        80,
                        state == Container.State.RUNNING)),
                Map.of("role", "front"),
                ContainerConfig.DEFAULT,
                0);
    }
}
