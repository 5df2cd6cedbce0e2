package dev.patchbay.app.cli;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.app.cli.text.TerminalText;
import dev.patchbay.app.hosts.HostChoice;
import dev.patchbay.engine.EngineException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Prints Docker's sentence for every exception of a command to stderr, and returns the exit code.
final class ErrorHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final CliSession session;
    private final PrintWriter err;

    ErrorHandler(CliSession session) {
        this.session = session;
        this.err = session.err();
    }

    @Override
    public int handleParseException(ParameterException e, String[] words) {
        CommandLine command = e.getCommandLine();
        boolean wantsSubcommand = !(command.getCommandSpec().userObject() instanceof Runnable)
                && !command.getSubcommands().isEmpty();
        List<String> unmatched =
                e instanceof UnmatchedArgumentException unknown ? unknown.getUnmatched() : List.<String>of();
        if (wantsSubcommand && unmatched.isEmpty()) {
            command.usage(err);
        } else {
            err.println(TerminalText.escape(messageOf(e, unmatched)));
            printHelpHint(command);
        }
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return switch (e) {
            case UsageException usage -> printUsage(usage, command);
            case CommandRefusedException refused -> printError(refused.text(), ExitCode.REFUSED);
            case EngineException failure ->
                printError(
                        TerminalText.escape("Error: " + failure.getMessage()) + outcomeText(failure), ExitCode.FAILED);
            default -> handleInternalError(e);
        };
    }

    /// Prints a sentence for an unexpected error as well.
    int handleInternalError(Throwable e) {
        return printError(
                TerminalText.escape("Error: Patchbay itself went wrong (" + e + "). Nothing more is known."),
                ExitCode.FAILED);
    }

    /// A helper that ended is started again, and has then made or undone the change. A silent helper may
    /// still make it.
    private String outcomeText(EngineException failure) {
        // An engine keeps no list of changes, so the sentence says only what is known.
        if (failure.kind() != EngineException.Kind.OUTCOME_UNKNOWN
                || !session.hostName().equals(HostChoice.LAB)) {
            return "";
        }
        String later = ". `patchbay undo --dry-run` names the last change that was made.";
        if (failure.getCause() instanceof EngineException cause && cause.kind() == EngineException.Kind.DISCONNECTED) {
            try {
                return session.wasApplied(failure.step())
                        ? ". Looked up since: it was done."
                        : ". Looked up since: it was not done, and nothing has changed.";
            } catch (EngineException e) {
                return later;
            }
        }
        return later;
    }

    private int printUsage(UsageException usage, CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        err.println(TerminalText.escape(usage.withUsage() ? "\"" + name + "\" " + usage.sentence() : usage.sentence()));
        printHelpHint(command);
        if (usage.withUsage()) {
            err.println();
            err.println("Usage:  "
                    + String.join(" ", command.getCommandSpec().usageMessage().customSynopsis()));
            err.println();
            err.println(String.join(" ", command.getCommandSpec().usageMessage().description()));
        }
        return ExitCode.USAGE;
    }

    private int printError(String text, int code) {
        err.println(text);
        return code;
    }

    private void printHelpHint(CommandLine command) {
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }

    private static String messageOf(ParameterException e, List<String> unmatched) {
        if (!unmatched.isEmpty()) {
            return unknownWord(unmatched.getFirst(), e.getCommandLine());
        }
        ArgSpec argument = e.getArgSpec();
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            argument = missing.getMissing().getFirst();
        }
        if (argument instanceof OptionSpec option) {
            return e.getValue() == null
                    ? "flag needs an argument: " + option.longestName()
                    : "invalid argument \"%s\" for \"%s\" flag: strconv.ParseInt: parsing \"%s\": invalid syntax"
                            .formatted(e.getValue(), optionNames(option), e.getValue());
        }
        return String.valueOf(e.getMessage());
    }

    private static String unknownWord(String word, CommandLine command) {
        if (word.startsWith("--")) {
            return "unknown flag: " + (word.contains("=") ? word.substring(0, word.indexOf('=')) : word);
        }
        if (word.startsWith("-")) {
            return "unknown shorthand flag: '" + word.charAt(1) + "' in " + word;
        }
        String group = command.getCommandSpec()
                .qualifiedName()
                .substring(command.getCommandSpec().root().name().length());
        return "patchbay: '" + (group + " " + word).strip() + "' is not a patchbay command.";
    }

    private static String optionNames(OptionSpec option) {
        return String.join(
                ", ",
                Stream.of(option.names())
                        .sorted(Comparator.comparingInt(String::length))
                        .toList());
    }
}
