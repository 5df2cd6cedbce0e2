package dev.patchbay.app.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The steps of the tour, in order.
public record TourScript(List<Step> steps) {
    private static final String RESOURCE = "two-web-servers.txt";

    /// One command.
    ///
    /// @param remarks what to print before it, line by line
    /// @param commandLine as it would be typed, `patchbay network ls`
    /// @param words the arguments of `patchbay`
    public record Step(List<String> remarks, String commandLine, List<String> words) {
        public Step {
            remarks = List.copyOf(remarks);
            words = List.copyOf(words);
        }
    }

    public TourScript {
        steps = List.copyOf(steps);
    }

    /// The tour with two web servers.
    public static TourScript twoWebServers() {
        try (var in = Objects.requireNonNull(TourScript.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lines that begin with `#` are remarks, lines that begin with `$ patchbay ` are commands, empty
    /// lines are ignored.
    static TourScript parse(String text) {
        List<Step> steps = new ArrayList<>();
        List<String> before = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("# ")) {
                before.add(line.substring(2));
            } else if (line.startsWith("$ patchbay ")) {
                String typed = line.substring(2);
                steps.add(new Step(before, typed, splitWords(typed.substring("patchbay ".length()))));
                before.clear();
            } else if (!line.isBlank()) {
                throw new IllegalArgumentException("neither a comment nor a command: " + line);
            }
        }
        return new TourScript(steps);
    }

    /// Splits words as a shell does; of quotes it knows only single ones.
    private static List<String> splitWords(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == ' ' && !quoted) {
                words.add(word.toString());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return words;
    }
}
