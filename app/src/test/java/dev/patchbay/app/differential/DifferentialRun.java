package dev.patchbay.app.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Gives both engines every line at the same time, and keeps what differed.
final class DifferentialRun {
    private final ContainerEngine docker;
    private final ContainerEngine patchbay;
    private final Map<Scenario, List<Difference>> differences = new LinkedHashMap<>();

    DifferentialRun(ContainerEngine docker, ContainerEngine patchbay) {
        this.docker = docker;
        this.patchbay = patchbay;
    }

    void play(List<Scenario> scenarios) {
        scenarios.forEach(scenario -> differences.put(scenario, play(scenario)));
    }

    Map<Scenario, List<Difference>> differences() {
        return differences;
    }

    private List<Difference> play(Scenario scenario) {
        List<Difference> found = new ArrayList<>();
        for (Scenario.Line line : scenario.lines()) {
            CompletableFuture<Ran> dockers = CompletableFuture.supplyAsync(() -> run(docker, line));
            Ran patchbays = run(patchbay, line);
            found.addAll(Comparison.of(line, dockers.join(), patchbays));
        }
        found.addAll(leftOver(scenario));
        return found;
    }

    private static Ran run(ContainerEngine engine, Scenario.Line line) {
        Ran ran = line.run(engine);
        if (line.place().isEmpty()) {
            return ran;
        }
        Names names = new Names(engine);
        return new Ran(ran.exitCode(), names.withBridgesNamed(ran.out()), ran.err());
    }

    /// What the scenario did not remove is removed, so that the next one finds nothing, and told.
    private List<Difference> leftOver(Scenario scenario) {
        String dockers = removeAll(docker);
        String patchbays = removeAll(patchbay);
        return dockers.isEmpty() && patchbays.isEmpty()
                ? List.of()
                : List.of(new Difference(scenario.lines().getLast(), "left over", dockers, patchbays));
    }

    private static String removeAll(ContainerEngine engine) {
        List<String> left = new ArrayList<>();
        for (String id : engine.command(List.of("ps", "-aq")).out().lines().toList()) {
            left.add(
                    "container " + engine.command(List.of("rm", "-f", id)).out().strip());
        }
        for (String name : engine.command(List.of("network", "ls", "--format", "{{.Name}}"))
                .out()
                .lines()
                .filter(name -> !List.of("bridge", "host", "none").contains(name))
                .toList()) {
            left.add("network "
                    + engine.command(List.of("network", "rm", name)).out().strip());
        }
        return String.join(", ", left);
    }
}
