package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.ipam.EndpointMove;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import picocli.CommandLine.Command;

/// `network gateway`: lets one of a container's networks give its default route.
@Command(
        name = "gateway",
        description = "Let a network of a container give its default route (Lab, Docker from 28)",
        customSynopsis = "patchbay network gateway [OPTIONS] NETWORK CONTAINER")
public final class NetworkGatewayCommand extends ChangeCommand {
    NetworkGatewayCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(2);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException, RefusedException {
        Topology topology = host().topology();
        applyChange(EndpointMove.toDefaultGateway(
                topology,
                NameLookup.container(topology, arguments.get(1)),
                NetworkMoveCommand.network(topology, arguments.get(0))));
        return ExitCode.DONE;
    }
}
