package dev.patchbay.app.cli.command;

import java.util.List;

/// Labels in the syntax of Docker's client: a name without blanks, and any text after `=`.
public final class LabelOptions {
    private LabelOptions() {}

    /// @param flag as Docker's client names it, `--label` or `-l, --label`
    public static void check(String flag, List<String> words) throws UsageException {
        for (String word : words) {
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            String fault;
            String start = name.stripLeading();
            if (start.isEmpty()) {
                fault = "invalid label '" + word + "': empty name";
            } else if (start.chars().anyMatch(Character::isWhitespace)) {
                fault = "label '" + start + "' contains whitespaces";
            } else {
                continue;
            }
            throw new UsageException("invalid argument \"" + word + "\" for \"" + flag + "\" flag: " + fault);
        }
    }
}
