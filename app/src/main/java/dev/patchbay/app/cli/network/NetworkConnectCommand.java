package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `network connect`.
@Command(
        name = "connect",
        description = "Connect a container to a network",
        customSynopsis = "patchbay network connect [OPTIONS] NETWORK CONTAINER")
public final class NetworkConnectCommand extends ChangeCommand {
    @Option(names = "--ip", paramLabel = "ADDRESS", description = "IPv4 address (e.g., \"172.30.100.104\")")
    @Nullable
    String address;

    @Option(names = "--ip6", paramLabel = "ADDRESS", description = "IPv6 address (e.g., \"2001:db8::33\")")
    @Nullable
    String address6;

    @Option(names = "--mac-address", paramLabel = "MAC", description = "MAC address (e.g., \"92:d0:c6:0a:29:33\")")
    @Nullable
    String mac;

    @Option(
            names = "--gw-priority",
            paramLabel = "PRIORITY",
            description = "Highest gw-priority provides the default gateway. Accepts positive and negative values.")
    int gatewayPriority;

    @Option(names = "--alias", paramLabel = "NAME", description = "Add network-scoped alias for the container")
    List<String> aliases = new ArrayList<>();

    NetworkConnectCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(2);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException {
        applyChange(new Change.Connect(
                arguments.get(1),
                new EndpointRequest(arguments.get(0), address, address6, mac, aliases, gatewayPriority)));
        return ExitCode.DONE;
    }
}
