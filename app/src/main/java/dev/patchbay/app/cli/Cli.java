package dev.patchbay.app.cli;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.hosts.HostConnector;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/// Runs one command.
@Command(
        name = "patchbay",
        description = "Networks of containers, seen and rewired. Without a command, the window.",
        customSynopsis = "patchbay [--host NAME] [COMMAND]",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Run 'patchbay COMMAND --help' for more information on a command."})
public final class Cli {
    private static final int USAGE_WIDTH = 100;
    private static final String HOST = "--host";

    @Option(names = "--help", usageHelp = true, description = "Print usage")
    boolean help;

    private final CliSession session;

    private Cli(CliSession session) {
        this.session = session;
    }

    @Option(
            names = HOST,
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description =
                    "Host to work on: lab, local, or one of `patchbay host ls` (default \"lab\"; the window: the last one)")
    void host(@Nullable String name) {
        if (name != null) {
            HostConnector.unknownHostMessage(session.environment(), name).ifPresent(sentence -> {
                throw new ParameterException(new CommandLine(this), sentence);
            });
            session.selectHost(name);
        }
    }

    /// The name of the host if the window should open: if there are no words, or only `--host`, or the
    /// environment says so.
    ///
    /// @return empty when the words are a command; an empty name where the window may choose
    public static Optional<String> windowHost(Map<String, String> environment, String... words) {
        return switch (words.length) {
            case 0 -> Optional.of(environment.getOrDefault(CliSession.HOST_VARIABLE, ""));
            case 1 ->
                words[0].startsWith(HOST + "=") ? Optional.of(words[0].substring(HOST.length() + 1)) : Optional.empty();
            case 2 -> words[0].equals(HOST) ? Optional.of(words[1]) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// @return an exit code, see [dev.patchbay.app.cli.command.ExitCode]
    public static int run(CliSession session, String... words) {
        String first = firstCommandWord(words);
        if (first.equals("--version") || first.equals("-v")) {
            return run(session, "version");
        }
        try (session) {
            CommandLine line = new CommandLine(new Cli(session));
            CommandRegistry.addTo(line, first, session);
            return configure(line, session).execute(words);
        } catch (Error e) {
            // Picocli passes only exceptions to its handlers, no errors.
            return new ErrorHandler(session).handleInternalError(e);
        }
    }

    /// The first word that is not the option `--host` or its value.
    private static String firstCommandWord(String... words) {
        int at = 0;
        while (at < words.length && words[at].startsWith(HOST)) {
            at += words[at].equals(HOST) ? 2 : 1;
        }
        return at < words.length ? words[at] : "";
    }

    /// The tree of all commands, for help and completion.
    static CommandLine commandTree(CliSession session) {
        CommandLine line = new CommandLine(new Cli(session));
        CommandRegistry.addTo(line, "", session);
        return line;
    }

    private static CommandLine configure(CommandLine line, CliSession session) {
        applyDockerUsageStyle(line);
        ErrorHandler errorHandler = new ErrorHandler(session);
        return line.setOut(session.out())
                .setErr(session.err())
                // Docker's help has no colours, and escape sequences are escaped here.
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExpandAtFiles(false)
                .setOverwrittenOptionsAllowed(true)
                .setUsageHelpWidth(USAGE_WIDTH)
                .setParameterExceptionHandler(errorHandler)
                .setExecutionExceptionHandler(errorHandler);
    }

    private static void applyDockerUsageStyle(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .synopsisHeading("Usage:  ")
                .descriptionHeading("%n")
                .optionListHeading("%nOptions:%n");
        line.getSubcommands().values().forEach(Cli::applyDockerUsageStyle);
    }
}
