package dev.patchbay.app.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `docs/compatibility.md`: what was compared, and what differs and why.
final class CompatibilityTable {
    private CompatibilityTable() {}

    /// @param engine Docker's version
    static String of(String engine, Map<Scenario, List<EngineDifference>> run, List<IntendedDifference> intended) {
        List<String> lines = new ArrayList<>();
        int all = run.keySet().stream()
                .mapToInt(scenario -> scenario.lines().size())
                .sum();
        lines.add("# Compatibility with Docker");
        lines.add("");
        lines.add("`DifferentialTest` gives a real Docker engine and Patchbay the same " + all
                + " lines and compares what they");
        lines.add(
                "say and do: exit codes, sentences, output, inspect documents key by key, addresses, routes, rules and");
        lines.add("packets. It writes this page, and fails when the two differ anywhere else than it says here.");
        lines.add("");
        lines.add("| Feature | Docker 20.10 | Patchbay | Lines compared |");
        lines.add("|---|---|---|---|");
        run.forEach((scenario, differences) -> lines.add("| %s | yes | %s | %d |"
                .formatted(
                        scenario.title(),
                        verdict(differences, intended),
                        scenario.lines().size())));
        lines.add("");
        lines.add("## What differs, and why");
        for (int i = 0; i < intended.size(); i++) {
            IntendedDifference difference = intended.get(i);
            lines.add("");
            lines.add("### %d. %s".formatted(i + 1, difference.name()));
            lines.add("");
            lines.add("- Docker 20.10: " + difference.docker());
            lines.add("- Patchbay: " + difference.patchbay());
            lines.add("- Why: " + difference.why());
        }
        lines.add("");
        lines.add("Compared with Docker " + engine + ", started with `--userland-proxy=false`"
                + " ([decision 3](decisions/0003-no-userland-proxy.md)).");
        return String.join("\n", lines) + "\n";
    }

    private static String verdict(List<EngineDifference> differences, List<IntendedDifference> intended) {
        String numbers = intended.stream()
                .filter(candidate -> differences.stream().anyMatch(candidate::covers))
                .map(candidate -> Integer.toString(intended.indexOf(candidate) + 1))
                .collect(Collectors.joining(", "));
        return numbers.isEmpty() ? "same" : "same, but for " + numbers;
    }
}
