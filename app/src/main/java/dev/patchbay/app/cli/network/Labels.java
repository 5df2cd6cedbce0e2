package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.verb.UsageException;
import java.util.List;

/// Labels as Docker's client takes them: a name without blanks, and whatever else after `=`.
final class Labels {
    private Labels() {}

    static void check(String flag, List<String> words) throws UsageException {
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
            throw new UsageException("invalid argument \"" + word + "\" for \"--" + flag + "\" flag: " + fault);
        }
    }
}
