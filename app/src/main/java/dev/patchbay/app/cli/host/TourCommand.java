package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.tour.TourScript;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// `tour`: plays the tour, prints each command before its output, and removes everything at the end.
@Command(
        name = "tour",
        description = "Play a session with two web servers, each command shown",
        customSynopsis = "patchbay tour")
public final class TourCommand extends CliCommand {
    private static final Set<String> CONTAINERS = Set.of("web01", "web02");
    private static final String NETWORK = "mydockernet";
    private static final Set<Integer> PORTS = Set.of(8080, 8081);

    /// Runs one command line.
    @FunctionalInterface
    public interface Player {
        int play(String... words);
    }

    private final Player player;

    public TourCommand(CliSession session, Player player) {
        super(session);
        this.player = player;
    }

    @Override
    protected int execute() throws EngineException, RefusedException {
        refuseConflicts(host().topology());
        for (TourScript.Step step : TourScript.twoWebServers().steps()) {
            step.remarks().forEach(line -> print("# " + line));
            print("$ " + step.commandLine());
            int code = player.play(step.words().toArray(String[]::new));
            print("");
            if (code != ExitCode.DONE) {
                cleanUp();
                session.err().println("The tour ended early: that command failed. What it had made is removed.");
                return code;
            }
        }
        return ExitCode.DONE;
    }

    private static void refuseConflicts(Topology topology) throws RefusedException {
        List<String> inTheWay = Stream.concat(
                        topology.containers().stream()
                                .filter(TourCommand::conflicts)
                                .map(container -> "container " + container.name()),
                        topology.networks().stream()
                                .map(Network::name)
                                .filter(NETWORK::equals)
                                .map(name -> "network " + name))
                .toList();
        if (!inTheWay.isEmpty()) {
            throw new RefusedException(new Refusal(
                    "tour-in-the-way",
                    "The tour makes the containers web01 and web02 with the ports 8080 and 8081, and the network "
                            + NETWORK + "; in its way: " + String.join(", ", inTheWay) + ".",
                    "Remove them, or take the tour in a Lab of its own: PATCHBAY_HOME=$(mktemp -d) patchbay tour"));
        }
    }

    private static boolean conflicts(Container container) {
        return CONTAINERS.contains(container.name())
                || container.ports().stream().anyMatch(port -> PORTS.stream().anyMatch(port.hostPorts()::contains));
    }

    private void cleanUp() throws EngineException {
        Topology left = host().topology();
        for (Container container : left.containers()) {
            if (CONTAINERS.contains(container.name())) {
                host().apply(new Change.RemoveContainer(container.id().value(), true));
            }
        }
        for (Network network : left.networks()) {
            if (network.name().equals(NETWORK)) {
                host().apply(new Change.RemoveNetwork(network.id().value()));
            }
        }
    }
}
