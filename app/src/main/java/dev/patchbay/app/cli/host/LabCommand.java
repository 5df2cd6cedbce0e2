package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.CliSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The group of commands for the Lab.
@Command(
        name = "lab",
        description = "Manage the Lab, the private namespace that everything happens in",
        customSynopsis = "patchbay lab COMMAND",
        commandListHeading = "%nCommands:%n")
public final class LabCommand {
    @Option(names = "--help", usageHelp = true, description = "Print usage")
    boolean help;

    private LabCommand() {}

    public static CommandLine in(CliSession session) {
        return new CommandLine(new LabCommand())
                .addSubcommand(new LabUpCommand(session))
                .addSubcommand(new LabDownCommand(session))
                .addSubcommand(StatusCommand.ofLab(session))
                .addSubcommand(new CommandLine(new LabExecCommand(session)).setStopAtPositional(true));
    }
}
