package dev.patchbay.app.cli.command;

import java.util.List;

/// Docker's sentences about how many arguments a command takes.
public final class ArgumentCount {
    private ArgumentCount() {}

    public static void exactly(int count, List<String> arguments) throws UsageException {
        if (arguments.size() != count) {
            throw UsageException.arguments("requires exactly " + argumentCount(count) + ".");
        }
    }

    public static void atLeast(int count, List<String> arguments) throws UsageException {
        if (arguments.size() < count) {
            throw UsageException.arguments("requires at least " + argumentCount(count) + ".");
        }
    }

    public static void between(int least, int most, List<String> arguments) throws UsageException {
        if (arguments.size() < least || arguments.size() > most) {
            throw UsageException.arguments("requires at least " + least + " and at most " + argumentCount(most) + ".");
        }
    }

    public static void none(List<String> arguments) throws UsageException {
        if (!arguments.isEmpty()) {
            throw UsageException.arguments("accepts no arguments.");
        }
    }

    private static String argumentCount(int count) {
        return count + (count == 1 ? " argument" : " arguments");
    }
}
