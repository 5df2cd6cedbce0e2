package dev.patchbay.engine.rule;

import java.util.ArrayList;
import java.util.List;

/// One option of a rule as `iptables-save` prints it: `! -i patchbay0`, `--dport 8080`, `-m tcp`.
///
/// @param name with its dashes
/// @param value its words, joined by blanks; empty for an option without a value
public record RuleOption(String name, String value, boolean negated) {

    private record Word(String text, boolean quoted) {
        boolean isOption() {
            return !quoted && text.startsWith("-") && text.length() > 1;
        }

        boolean isNegation() {
            return !quoted && text.equals("!");
        }
    }

    public static List<RuleOption> parse(String specification) {
        List<Word> words = split(specification);
        List<RuleOption> options = new ArrayList<>();
        boolean negated = false;
        int at = 0;
        while (at < words.size()) {
            Word word = words.get(at++);
            if (word.isNegation()) {
                negated = true;
                continue;
            }
            List<String> value = new ArrayList<>();
            while (at < words.size()
                    && !words.get(at).isOption()
                    && !words.get(at).isNegation()) {
                value.add(words.get(at++).text());
            }
            options.add(new RuleOption(word.text(), String.join(" ", value), negated));
            negated = false;
        }
        return options;
    }

    /// iptables-save quotes with `"` and escapes with a backslash.
    private static List<Word> split(String specification) {
        List<Word> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inQuotes = false;
        boolean quoted = false;
        for (int i = 0; i < specification.length(); i++) {
            char c = specification.charAt(i);
            if (inQuotes && c == '\\' && i + 1 < specification.length()) {
                word.append(specification.charAt(++i));
            } else if (c == '"') {
                inQuotes = !inQuotes;
                quoted = true;
            } else if (c == ' ' && !inQuotes) {
                if (!word.isEmpty() || quoted) {
                    words.add(new Word(word.toString(), quoted));
                }
                word.setLength(0);
                quoted = false;
            } else {
                word.append(c);
            }
        }
        if (!word.isEmpty() || quoted) {
            words.add(new Word(word.toString(), quoted));
        }
        return words;
    }

    /// As iptables-save prints it.
    public String text() {
        return (negated ? "! " : "") + name + (value.isEmpty() ? "" : " " + value);
    }

    /// The value with iptables' mark for a negation in a column: `!patchbay0`.
    public String valueWithNegation() {
        return (negated ? "!" : "") + value;
    }
}
