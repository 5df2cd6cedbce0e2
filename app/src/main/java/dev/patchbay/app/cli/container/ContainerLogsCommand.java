package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.host.UnknownObjectException;
import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `logs`: what the command wrote, as far as it is kept. Standard error comes as such where the host tells it apart.
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

    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    public ContainerLogsCommand(CliSession session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, CommandRefusedException, UsageException {
        ArgumentCount.exactly(1, arguments);
        int lines = tail.matches("[0-9]{1,9}") ? Integer.parseInt(tail) : LogQuery.ALL;
        try {
            host().log(arguments.getFirst(), new LogQuery(lines, follow), session.outBytes(), session.errBytes());
            return ExitCode.DONE;
        } catch (UnknownObjectException e) {
            throw new CommandRefusedException("Error: ", e.refusal());
        } catch (IOException e) {
            // As `| head` ends it.
            return ExitCode.DONE;
        }
    }
}
