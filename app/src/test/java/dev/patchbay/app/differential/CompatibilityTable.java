package dev.patchbay.app.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The part of `docs/compatibility.md` on one release of Docker: what was compared, and what differs and why.
///
/// @param own what differs from this release, by its number on the page
/// @param others what differs from other releases and from this one, by its number in their parts
record CompatibilityTable(String release, Map<String, IntendedDifference> own, Map<String, IntendedDifference> others) {
    String of(Map<Scenario, List<EngineDifference>> run) {
        List<String> lines = new ArrayList<>();
        lines.add("| Feature | Patchbay beside Docker " + release + " | Lines compared |");
        lines.add("|---|---|---|");
        lines.addAll(rows(run));
        lines.add("");
        lines.add("### What differs from Docker " + release + ", and why");
        own.forEach((number, difference) -> {
            lines.add("");
            lines.add("#### %s. %s".formatted(number, difference.name()));
            lines.add("");
            lines.add("- Docker " + release + ": " + difference.docker());
            lines.add("- Patchbay: " + difference.patchbay());
            lines.add("- Why: " + difference.why());
        });
        return String.join("\n", lines) + "\n";
    }

    /// One for each scenario, the same in each run.
    List<String> rows(Map<Scenario, List<EngineDifference>> run) {
        return run.entrySet().stream()
                .map(played -> "| %s | %s | %d |"
                        .formatted(
                                played.getKey().title(),
                                verdict(played.getValue()),
                                played.getKey().lines().size()))
                .toList();
    }

    private String verdict(List<EngineDifference> differences) {
        String numbers = Stream.of(others, own)
                .flatMap(map -> map.entrySet().stream())
                .filter(numbered -> !numbered.getValue().byChance())
                .filter(numbered -> differences.stream().anyMatch(numbered.getValue()::covers))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return numbers.isEmpty() ? "same" : "same, but for " + numbers;
    }
}
