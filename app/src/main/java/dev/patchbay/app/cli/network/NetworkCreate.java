package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.verb.Arguments;
import dev.patchbay.app.cli.verb.ChangingVerb;
import dev.patchbay.app.cli.verb.ExitCode;
import dev.patchbay.app.cli.verb.Pairs;
import dev.patchbay.app.cli.verb.RefusedException;
import dev.patchbay.app.cli.verb.Session;
import dev.patchbay.app.cli.verb.UsageException;
import dev.patchbay.core.Change;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Refusal;
import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.PoolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `network create`.
@Command(
        name = "create",
        description = "Create a network",
        customSynopsis = "patchbay network create [OPTIONS] NETWORK")
public final class NetworkCreate extends ChangingVerb {
    @Option(
            names = {"-d", "--driver"},
            paramLabel = "DRIVER",
            description = "Driver to manage the Network (default \"bridge\")")
    String driver = "bridge";

    @Option(names = "--subnet", paramLabel = "SUBNET", description = "Subnet in CIDR format")
    List<String> subnets = new ArrayList<>();

    @Option(names = "--gateway", paramLabel = "ADDRESS", description = "IPv4 Gateway for the subnet")
    @Nullable
    String gateway;

    @Option(names = "--ip-range", paramLabel = "RANGE", description = "Allocate container ip from a sub-range")
    @Nullable
    String range;

    @Option(names = "--internal", description = "Restrict external access to the network")
    boolean internal;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "Set metadata on a network")
    List<String> labels = new ArrayList<>();

    @Option(
            names = {"-o", "--opt"},
            paramLabel = "KEY=VALUE",
            description = "Set driver specific options")
    List<String> options = new ArrayList<>();

    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    NetworkCreate(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, RefusedException, UsageException {
        Arguments.exactly(1, arguments);
        new SubnetWords(subnets, range, gateway).check();
        if (subnets.size() > 1) {
            throw new RefusedException(Refusal.of("one-subnet", "bridge driver doesn't support multiple subnets"));
        }
        printIfAny(make(new Change.CreateNetwork(
                arguments.getFirst(),
                driver(),
                subnets.isEmpty() ? List.of() : List.of(new PoolRequest(subnets.getFirst(), range, gateway, Map.of())),
                false,
                internal,
                false,
                false,
                null,
                Pairs.of(labels),
                Pairs.of(options))));
        return ExitCode.DONE;
    }

    private Driver driver() throws RefusedException {
        return switch (driver) {
            case "bridge" -> Driver.BRIDGE;
            case "macvlan" -> Driver.MACVLAN;
            case "host" -> Driver.HOST;
            case "null", "none" -> Driver.NULL;
            default ->
                throw new RefusedException(new Refusal(
                        "unknown-driver",
                        "plugin \"" + driver + "\" not found",
                        "Patchbay makes networks with the driver bridge."));
        };
    }
}
