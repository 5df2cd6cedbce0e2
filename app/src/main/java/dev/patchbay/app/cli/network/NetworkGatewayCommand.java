package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.core.ipam.EndpointMove;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import picocli.CommandLine.Command;

/// `network gateway`: lets one of a container's networks give its default route.
@Command(
        name = "gateway",
        description = "Let a network of a container give its default route (Lab, Docker from 28)",
        customSynopsis = "patchbay network gateway [OPTIONS] NETWORK CONTAINER")
public final class NetworkGatewayCommand extends TopologyChangeCommand {
    NetworkGatewayCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(2);
    }

    @Override
    Change change(Topology topology) throws RefusedException {
        return EndpointMove.toDefaultGateway(topology, container(topology, 1), network(topology, 0));
    }
}
