package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.core.ipam.EndpointMove;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import picocli.CommandLine.Command;

/// `network move`: disconnects a container from one network and connects it to another, in one step.
@Command(
        name = "move",
        description = "Move a container from one network to another, in one step",
        customSynopsis = "patchbay network move [OPTIONS] FROM TO CONTAINER")
public final class NetworkMoveCommand extends TopologyChangeCommand {
    NetworkMoveCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(3);
    }

    @Override
    Change change(Topology topology) throws RefusedException {
        return EndpointMove.of(topology, container(topology, 2), network(topology, 0), network(topology, 1));
    }
}
