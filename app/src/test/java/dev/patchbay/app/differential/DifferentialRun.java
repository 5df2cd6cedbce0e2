package dev.patchbay.app.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/// Gives both engines every line at the same time, and keeps what differed.
final class DifferentialRun {
    private final ContainerEngine docker;
    private final ContainerEngine patchbay;
    private final UnaryOperator<CommandResult> rulesForm;

    /// @param rulesForm in which printed rules are compared
    DifferentialRun(ContainerEngine docker, ContainerEngine patchbay, UnaryOperator<CommandResult> rulesForm) {
        this.docker = docker;
        this.patchbay = patchbay;
        this.rulesForm = rulesForm;
    }

    Map<Scenario, List<EngineDifference>> play(List<Scenario> scenarios) {
        Map<Scenario, List<EngineDifference>> differences = new HashMap<>();
        // Not the common pool, where two runs would wait for each other.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            scenarios.forEach(scenario -> differences.put(scenario, play(scenario, threads)));
        }
        return differences;
    }

    private List<EngineDifference> play(Scenario scenario, Executor threads) {
        List<EngineDifference> found = new ArrayList<>();
        for (Scenario.Line line : scenario.lines()) {
            CompletableFuture<CommandResult> dockers = CompletableFuture.supplyAsync(() -> run(docker, line), threads);
            CommandResult patchbays = run(patchbay, line);
            found.addAll(LineComparison.of(line, dockers.join(), patchbays));
        }
        found.addAll(leftOver(scenario));
        return found;
    }

    private CommandResult run(ContainerEngine engine, Scenario.Line line) {
        CommandResult ran = line.run(engine);
        if (line.place().isEmpty()) {
            return ran;
        }
        IdPlaceholders names = new IdPlaceholders(engine);
        CommandResult named = new CommandResult(ran.exitCode(), names.withBridgesNamed(ran.out()), ran.err());
        return line.place().equals("rules") ? rulesForm.apply(named) : named;
    }

    /// What the scenario did not remove is removed, so that the next one finds nothing, and told.
    private List<EngineDifference> leftOver(Scenario scenario) {
        String dockers = removeAll(docker);
        String patchbays = removeAll(patchbay);
        return dockers.isEmpty() && patchbays.isEmpty()
                ? List.of()
                : List.of(new EngineDifference(scenario.lines().getLast(), "left over", dockers, patchbays));
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
