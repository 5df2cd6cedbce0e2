package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.BulkCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.core.model.Change;
import dev.patchbay.engine.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `rm`.
@Command(
        name = "rm",
        description = "Remove one or more containers",
        customSynopsis = "patchbay rm [OPTIONS] CONTAINER [CONTAINER...]")
public final class ContainerRemoveCommand extends BulkCommand {
    @Option(
            names = {"-f", "--force"},
            description = "Force the removal of a running container (uses SIGKILL)")
    boolean force;

    public ContainerRemoveCommand(CliSession session) {
        super(session);
    }

    @Override
    protected Change change(String name) {
        return new Change.RemoveContainer(name, force);
    }

    /// With `--force` a container that does not exist is no failure.
    @Override
    protected boolean isFailure(Refusal refusal) {
        return !(force && isMissing(refusal));
    }

    private static boolean isMissing(Refusal refusal) {
        return refusal.code().equals("container-not-found");
    }

    @Override
    protected String errorLine(String name, Refusal refusal) {
        return isMissing(refusal) ? "Error: No such container: " + name : super.errorLine(name, refusal);
    }
}
