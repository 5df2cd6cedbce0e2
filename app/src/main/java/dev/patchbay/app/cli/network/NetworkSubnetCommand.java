package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.core.ipam.SubnetChange;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `network subnet`: gives a network another subnet, in one step.
@Command(
        name = "subnet",
        description = "Give a network another subnet: make it again, and connect its containers again",
        customSynopsis = "patchbay network subnet [OPTIONS] NETWORK SUBNET")
public final class NetworkSubnetCommand extends TopologyChangeCommand {
    @Option(
            names = "--gateway",
            paramLabel = "ADDRESS",
            description = "Gateway in the new subnet (default: the same place as in the old one)")
    private @Nullable String gateway;

    NetworkSubnetCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(2);
    }

    @Override
    Change change(Topology topology) throws RefusedException {
        return SubnetChange.of(topology, network(topology, 0), arguments.get(1), gateway)
                .batch();
    }
}
