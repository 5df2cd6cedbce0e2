package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.ipam.EndpointMove;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.util.List;
import picocli.CommandLine.Command;

/// `network move`: disconnects a container from one network and connects it to another, in one step.
@Command(
        name = "move",
        description = "Move a container from one network to another, in one step",
        customSynopsis = "patchbay network move [OPTIONS] FROM TO CONTAINER")
public final class NetworkMoveCommand extends ChangeCommand {
    NetworkMoveCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(3);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException, RefusedException {
        Topology topology = host().topology();
        applyChange(EndpointMove.of(
                topology,
                NameLookup.container(topology, arguments.get(2)),
                network(topology, arguments.get(0)),
                network(topology, arguments.get(1))));
        return ExitCode.DONE;
    }

    static Network network(Topology topology, String typed) throws RefusedException {
        return NameLookup.network(
                topology.networks(), typed, network -> List.of(network.id().value()), Network::name);
    }
}
