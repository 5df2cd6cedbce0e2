package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.util.List;

/// A command whose change follows from what is there, such as a container's endpoints.
abstract class TopologyChangeCommand extends ChangeCommand {
    TopologyChangeCommand(CliSession session) {
        super(session);
    }

    abstract Change change(Topology topology) throws RefusedException;

    @Override
    protected final int execute() throws EngineException, CommandRefusedException, RefusedException {
        applyChange(change(host().topology()));
        return ExitCode.DONE;
    }

    /// @param argument position of the name or id of a network
    final Network network(Topology topology, int argument) throws RefusedException {
        return NameLookup.network(
                topology.networks(),
                arguments.get(argument),
                network -> List.of(network.id().value()),
                Network::name);
    }

    /// @param argument position of the name or id of a container
    final Container container(Topology topology, int argument) throws RefusedException {
        return NameLookup.container(topology, arguments.get(argument));
    }
}
