package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.BulkCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.model.Change;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.RestartPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `update`: of Docker's options a Lab has only the restart policy.
@Command(
        name = "update",
        description = "Update configuration of one or more containers",
        customSynopsis = "patchbay update [OPTIONS] CONTAINER [CONTAINER...]")
public final class ContainerUpdateCommand extends BulkCommand {
    @Option(names = "--restart", paramLabel = "POLICY", description = "Restart policy to apply when a container exits")
    @Nullable
    String restart;

    private RestartPolicy policy = RestartPolicy.NO;

    public ContainerUpdateCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException, UsageException {
        if (restart == null) {
            throw new UsageException("you must provide one or more flags when using this command");
        }
        policy = RuntimeOptions.restartPolicy(restart);
        return super.execute();
    }

    @Override
    protected Change change(String name) {
        return new Change.UpdateContainer(name, policy);
    }
}
