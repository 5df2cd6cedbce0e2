package dev.patchbay.app.differential;

import java.util.ArrayList;
import java.util.List;

/// A typed line, parted into words as a shell does: blanks part, quotes hold together.
final class ShellLine {
    private ShellLine() {}

    static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean open = false;
        char quote = 0;
        for (char letter : line.toCharArray()) {
            if (quote != 0) {
                if (letter == quote) {
                    quote = 0;
                } else {
                    word.append(letter);
                }
            } else if (letter == '\'' || letter == '"') {
                quote = letter;
                open = true;
            } else if (letter != ' ') {
                word.append(letter);
                open = true;
            } else if (open) {
                words.add(word.toString());
                word.setLength(0);
                open = false;
            }
        }
        if (open) {
            words.add(word.toString());
        }
        return words;
    }
}
