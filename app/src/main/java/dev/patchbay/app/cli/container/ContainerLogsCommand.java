package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `logs`: the output that is kept of the command. Standard error is separate where the host can tell it
/// apart.
@Command(
        name = "logs",
        description = "Fetch the logs of a container",
        customSynopsis = "patchbay logs [OPTIONS] CONTAINER")
public final class ContainerLogsCommand extends CliCommand {
    @Option(
            names = {"-f", "--follow"},
            description = "Follow log output")
    boolean follow;

    @Option(
            names = {"-n", "--tail"},
            paramLabel = "LINES",
            description = "Number of lines to show from the end of the logs (default \"all\")")
    String tail = "all";

    public ContainerLogsCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(1);
    }

    @Override
    protected int execute() throws EngineException, RefusedException {
        int lines = tail.matches("[0-9]{1,9}") ? Integer.parseInt(tail) : LogQuery.ALL;
        try {
            host().log(arguments.getFirst(), new LogQuery(lines, follow), session.outBytes(), session.errBytes());
            return ExitCode.DONE;
        } catch (IOException e) {
            // The reader has closed the pipe, as `| head` does.
            return ExitCode.DONE;
        }
    }
}
