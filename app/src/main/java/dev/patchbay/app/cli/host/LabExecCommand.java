package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.hosts.LabConnector;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.lab.LabExec;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lab exec`: ends with the exit code of the command.
@Command(
        name = "exec",
        description = "Run a command in the Lab's host namespace, as 'curl', 'iptables' or 'ip'",
        customSynopsis = "patchbay lab exec [--outside] -- COMMAND [ARG...]")
public final class LabExecCommand extends CliCommand {
    @Option(names = "--outside", description = "Run it in the namespace that plays the rest of the world")
    boolean outside;

    LabExecCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.atLeast(1);
    }

    @Override
    protected int execute() throws EngineException {
        host();
        List<String> command = LabConnector.of(session.environment()).command(arguments, outside);
        session.out().flush();
        if (session.attached()) {
            return LabExec.attached(command);
        }
        LabExec.Result result = LabExec.captured(command);
        session.rawOut().print(result.output());
        return result.exitCode();
    }
}
