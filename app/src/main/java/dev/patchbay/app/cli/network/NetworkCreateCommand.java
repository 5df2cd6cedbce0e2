package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.KeyValuePairs;
import dev.patchbay.app.cli.command.LabelOptions;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Manager;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.PoolRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `network create`.
@Command(
        name = "create",
        description = "Create a network",
        customSynopsis = "patchbay network create [OPTIONS] NETWORK")
public final class NetworkCreateCommand extends ChangeCommand {
    @Option(
            names = {"-d", "--driver"},
            paramLabel = "DRIVER",
            description = "Driver to manage the Network (default \"bridge\")")
    String driver = "bridge";

    @Option(names = "--subnet", split = ",", paramLabel = "SUBNET", description = "Subnet in CIDR format")
    List<String> subnets = new ArrayList<>();

    @Option(names = "--gateway", split = ",", paramLabel = "ADDRESS", description = "Gateway for the subnet")
    List<String> gateways = new ArrayList<>();

    @Option(
            names = "--ip-range",
            split = ",",
            paramLabel = "RANGE",
            description = "Allocate container ip from a sub-range")
    List<String> ranges = new ArrayList<>();

    @Option(
            names = "--aux-address",
            paramLabel = "NAME=ADDRESS",
            description = "Address of the subnet that is not for containers")
    List<String> auxiliary = new ArrayList<>();

    @Option(names = "--ipv4", description = "Enable IPv4 address assignment (default true)")
    @Nullable
    Boolean ipv4;

    @Option(names = "--ipv6", description = "Enable IPv6 networking")
    boolean ipv6;

    @Option(names = "--internal", description = "Restrict external access to the network")
    boolean internal;

    @Option(names = "--attachable", description = "Enable manual container attachment")
    boolean attachable;

    @Option(names = "--config-only", description = "Create a configuration only network")
    boolean configOnly;

    @Option(
            names = "--config-from",
            paramLabel = "NETWORK",
            description = "The network from which to copy the configuration")
    String configFrom = "";

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "Set metadata on a network")
    List<String> labels = new ArrayList<>();

    @Option(
            names = {"-o", "--opt"},
            paramLabel = "KEY=VALUE",
            description = "Set driver specific options")
    List<String> options = new ArrayList<>();

    @Option(
            names = "--managed-by",
            paramLabel = "MANAGER",
            description = "Manager of its bridge, cables and rules on an engine's host: docker (default) or patchbay")
    String managedBy = "";

    @Option(names = "--scope", paramLabel = "SCOPE", description = "Control the network's scope")
    String scope = "";

    @Option(names = "--ingress", description = "Create swarm routing-mesh network")
    boolean ingress;

    @Option(names = "--ipam-driver", paramLabel = "DRIVER", description = "IP Address Management Driver")
    String ipamDriver = Change.EngineSettings.DEFAULT_IPAM_DRIVER;

    /// A Lab accepts any option here and has no use for one, as Docker with its default driver.
    @Option(names = "--ipam-opt", paramLabel = "KEY=VALUE", description = "Set IPAM driver specific options")
    List<String> ipamOptions = new ArrayList<>();

    NetworkCreateCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(1);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException, UsageException {
        LabelOptions.check("--label", labels);
        IpamOptions words = new IpamOptions(subnets, ranges, gateways, KeyValuePairs.of(auxiliary));
        List<PoolRequest> pools = words.poolRequests();
        printIfAny(applyChange(new Change.CreateNetwork(
                arguments.getFirst(),
                driver,
                pools,
                ipv6,
                internal,
                attachable,
                configOnly,
                configFrom.isEmpty() ? null : configFrom,
                KeyValuePairs.of(labels),
                KeyValuePairs.of(options),
                new Change.EngineSettings(
                        !Boolean.FALSE.equals(ipv4), scope, ingress, ipamDriver, KeyValuePairs.of(ipamOptions)),
                manager())));
        return ExitCode.DONE;
    }

    private Manager manager() throws CommandRefusedException {
        return switch (managedBy) {
            case "" -> Manager.HOST_DEFAULT;
            case "docker" -> Manager.ENGINE;
            case "patchbay" -> Manager.PATCHBAY;
            default ->
                throw new CommandRefusedException(new Refusal(
                        "unknown-manager",
                        "\"" + managedBy + "\" manages no networks",
                        "Networks are managed by docker or by patchbay."));
        };
    }
}
