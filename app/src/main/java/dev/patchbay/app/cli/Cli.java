package dev.patchbay.app.cli;

import dev.patchbay.app.cli.verb.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs one command.
@Command(
        name = "patchbay",
        description = "Networks of containers, seen and rewired. Without a command, the window.",
        customSynopsis = "patchbay [COMMAND]",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Run 'patchbay COMMAND --help' for more information on a command."})
public final class Cli {
    private static final int USAGE_WIDTH = 100;

    @Option(names = "--help", usageHelp = true, description = "Print usage")
    boolean help;

    private Cli() {}

    /// @return an exit code, see [dev.patchbay.app.cli.verb.ExitCode]
    public static int run(Session session, String... words) {
        String first = words.length == 0 ? "" : words[0];
        if (first.equals("--version") || first.equals("-v")) {
            return run(session, "version");
        }
        try (session) {
            CommandLine line = new CommandLine(new Cli());
            Commands.addTo(line, first, session);
            return configured(line, session).execute(words);
        }
    }

    /// The whole tree of commands, for help and completion.
    static CommandLine complete(Session session) {
        CommandLine line = new CommandLine(new Cli());
        Commands.addTo(line, "", session);
        return line;
    }

    private static CommandLine configured(CommandLine line, Session session) {
        lookLikeDocker(line);
        Complaints complaints = new Complaints(session.err());
        return line.setOut(session.out())
                .setErr(session.err())
                .setExpandAtFiles(false)
                .setOverwrittenOptionsAllowed(true)
                .setUsageHelpWidth(USAGE_WIDTH)
                .setParameterExceptionHandler(complaints)
                .setExecutionExceptionHandler(complaints);
    }

    private static void lookLikeDocker(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .synopsisHeading("Usage:  ")
                .descriptionHeading("%n")
                .optionListHeading("%nOptions:%n");
        line.getSubcommands().values().forEach(Cli::lookLikeDocker);
    }
}
