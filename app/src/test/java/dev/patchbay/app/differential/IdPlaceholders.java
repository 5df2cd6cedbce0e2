package dev.patchbay.app.differential;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ids of an engine's objects: `%web%` in a line is the id of container or network `web`, `%web:12%` its first
/// digits.
record IdPlaceholders(ContainerEngine engine) {
    private static final Pattern PLACE = Pattern.compile("%([\\w.-]+)(?::(\\d+))?%");

    List<String> expand(List<String> words) {
        return words.stream()
                .map(word -> PLACE.matcher(word).replaceAll(this::id))
                .toList();
    }

    private String id(MatchResult place) {
        String id = engine.command(List.of("inspect", "--format", "{{.Id}}", place.group(1)))
                .line();
        return place.group(2) == null ? id : id.substring(0, Integer.parseInt(place.group(2)));
    }

    /// The text with the bridges of the networks that exist now named after their network.
    String withBridgesNamed(String text) {
        String named = text;
        for (String row : engine.command(List.of("network", "ls", "--format", "{{.ID}} {{.Name}}"))
                .out()
                .lines()
                .toList()) {
            String[] network = row.split(" ", 2);
            named = named.replaceAll(
                    "\\b(br|pb)-" + network[0] + "\\b", Matcher.quoteReplacement("bridge-of-" + network[1]));
        }
        return named.replaceAll("\\b(docker0|patchbay0)\\b", "bridge0");
    }
}
