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
import dev.patchbay.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `network update`, which Docker does not have; containers stay connected.
@Command(
        name = "update",
        description = "Change the name, the labels or the MTU of a network in use",
        customSynopsis = "patchbay network update [OPTIONS] NETWORK")
public final class NetworkUpdateCommand extends ChangeCommand {
    @Option(names = "--name", paramLabel = "NAME", description = "New name")
    @Nullable
    String name;

    @Option(names = "--label-add", paramLabel = "KEY=VALUE", description = "Add or replace a label")
    List<String> added = new ArrayList<>();

    @Option(names = "--label-rm", paramLabel = "KEY", description = "Remove a label")
    List<String> removed = new ArrayList<>();

    @Option(names = "--mtu", paramLabel = "BYTES", description = "New MTU; 0 for the kernel's default")
    @Nullable
    String mtu;

    NetworkUpdateCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(1);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException, UsageException {
        LabelOptions.check("--label-add", added);
        printIfAny(applyChange(
                new Change.UpdateNetwork(arguments.getFirst(), name, KeyValuePairs.of(added), removed, mtu)));
        return ExitCode.DONE;
    }
}
