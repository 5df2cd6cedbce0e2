package dev.patchbay.app.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A feature and the lines that show it; the last ones remove what the first ones made.
record Scenario(String title, List<Line> lines) {
    private static final Pattern LINE =
            Pattern.compile("(sorted|answer \\S+|host|outside|inside \\S+|within \\S+|rules)?\\$ (.*)");

    /// Chains of Patchbay's, and those that lead there.
    private static final Map<String, String> INLINED = Map.of(
            "PATCHBAY-PREROUTING", "PREROUTING",
            "PATCHBAY-FORWARD", "FORWARD",
            "PATCHBAY-POSTROUTING", "POSTROUTING",
            "PATCHBAY-ISOLATION-STAGE-3", "PATCHBAY-ISOLATION-STAGE-2");

    Scenario {
        lines = List.copyOf(lines);
    }

    /// @param place where the line is typed; empty for a command of the engine
    record Line(String place, String text) {
        CommandResult run(ContainerEngine engine) {
            String who = place.substring(place.indexOf(' ') + 1);
            return switch (place.isEmpty() ? "" : place.split(" ")[0]) {
                case "" -> engine.command(new IdPlaceholders(engine).expand(ShellLine.of(text)));
                case "sorted" -> sorted(engine.command(ShellLine.of(text)));
                case "answer" -> engine.command(new IdPlaceholders(engine).expand(ShellLine.of(text)), who + "\n");
                case "host" -> engine.onHost(text);
                case "outside" -> engine.outside(text);
                case "inside" -> engine.inside(who, text);
                case "within" -> engine.within(who, text);
                // Counters and comments change by themselves.
                case "rules" ->
                    inlined(engine.onHost("iptables-save -t " + text + " | grep -v '^[#*C]' | sed 's/ \\[.*//'"));
                default -> throw new IllegalStateException(place);
            };
        }

        private static CommandResult sorted(CommandResult ran) {
            return new CommandResult(
                    ran.exitCode(), ran.out().lines().sorted().collect(Collectors.joining("\n")), ran.err());
        }

        private static CommandResult inlined(CommandResult ran) {
            return new CommandResult(
                    ran.exitCode(), String.join("\n", inlined(ran.out().lines().toList())), ran.err());
        }

        /// Puts the rules of chains that Docker 20.10 does not have where the kernel comes by them: in the
        /// place of the jump to their chain. A jump with a match, or none, leaves them where they are, and
        /// the comparison fails.
        static List<String> inlined(List<String> rules) {
            List<String> lines = new ArrayList<>(rules);
            INLINED.forEach((chain, from) -> {
                List<String> own = lines.stream()
                        .filter(line -> line.startsWith("-A " + chain + " "))
                        .toList();
                int jump = lines.indexOf("-A " + from + " -j " + chain);
                if (jump >= 0) {
                    lines.remove(jump);
                    lines.addAll(
                            jump,
                            own.stream()
                                    .map(line -> line.replace("-A " + chain + " ", "-A " + from + " "))
                                    .toList());
                    lines.removeIf(line -> line.startsWith("-A " + chain + " "));
                }
            });
            return lines;
        }

        @Override
        public String toString() {
            return place + "$ " + text;
        }
    }

    static List<Scenario> parse(String table) {
        List<Scenario> scenarios = new ArrayList<>();
        String title = "";
        List<Line> lines = new ArrayList<>();
        for (String row : table.lines().toList()) {
            if (row.startsWith("== ")) {
                if (!lines.isEmpty()) {
                    scenarios.add(new Scenario(title, lines));
                }
                title = row.substring(3);
                lines = new ArrayList<>();
            } else if (!row.isBlank() && !row.startsWith("#")) {
                Matcher line = LINE.matcher(row);
                if (!line.matches()) {
                    throw new IllegalArgumentException("not a line of a scenario: " + row);
                }
                lines.add(new Line(line.group(1) == null ? "" : line.group(1), line.group(2)));
            }
        }
        scenarios.add(new Scenario(title, lines));
        return scenarios;
    }
}
