package dev.patchbay.app.cli.command;

import java.util.List;

/// The number of arguments of a command.
public record ArgumentCount(int least, int most) {
    static final ArgumentCount NONE = exactly(0);

    public static ArgumentCount exactly(int count) {
        return new ArgumentCount(count, count);
    }

    public static ArgumentCount atLeast(int count) {
        return new ArgumentCount(count, Integer.MAX_VALUE);
    }

    public static ArgumentCount between(int least, int most) {
        return new ArgumentCount(least, most);
    }

    /// @throws UsageException in Docker's words
    void check(List<String> arguments) throws UsageException {
        if (arguments.size() >= least && arguments.size() <= most) {
            return;
        }
        throw UsageException.arguments(
                most == 0
                        ? "accepts no arguments."
                        : least == most
                                ? "requires exactly " + text(most) + "."
                                : most == Integer.MAX_VALUE
                                        ? "requires at least " + text(least) + "."
                                        : "requires at least " + least + " and at most " + text(most) + ".");
    }

    private static String text(int count) {
        return count + (count == 1 ? " argument" : " arguments");
    }
}
