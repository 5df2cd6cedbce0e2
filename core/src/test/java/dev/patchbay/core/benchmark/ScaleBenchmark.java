package dev.patchbay.core.benchmark;

import dev.patchbay.core.lab.LabHost;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.resolver.ResolverCommandLine;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.lab.Lab;
import dev.patchbay.engine.lab.LabExec;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One Lab grows from 10 to 100 to 1,000 networks, with three endpoints for each; at each size every action is made a
/// few times. What counts is the ratio of the last column to the first: the times themselves are the machine's.
class ScaleBenchmark {
    private static final int ROUNDS = 9;
    private static final int QUESTIONS = 50;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final String RESOLVER_STATUS =
            "set -- $(tr -cs 0-9 ' ' </run/patchbay/resolver) && cat /proc/$1/status";

    private interface Action {
        void run() throws Exception;
    }

    private final SequencedMap<String, List<Double>> medians = new LinkedHashMap<>();
    private final Map<String, List<Long>> samples = new LinkedHashMap<>();

    @Test
    void anActionBesideWhatThereIs(@TempDir Path home) throws Exception {
        List<Integer> sizes = List.of(10, 100, Integer.getInteger("patchbay.benchmark.size", 1000));
        StateDirectory directory = new StateDirectory(home);
        Lab lab = new Lab(directory, HelperCommand.ofThisProgram().withResolver(ResolverCommandLine.arguments()));
        lab.up();
        try (LabHost controller = LabHost.connect(directory.socket());
                HelperClient helper = HelperClient.connect(directory.socket())) {
            done(controller.apply(Change.CreateNetwork.named("tried")));
            done(controller.apply(run("tried", "tried", 18080)));
            TopologyGenerator crowd = new TopologyGenerator(helper, "tried");
            List<String> asking = asking(lab, Specs.of(crowd.state().specs()));
            for (int size : sizes) {
                crowd.growTo(size);
                samples.clear();
                for (int round = 0; round < ROUNDS; round++) {
                    round(controller, helper);
                    timed(QUESTIONS + " questions for a name", () -> shell(asking));
                }
                samples.forEach((name, nanos) -> {
                    List<Long> sorted = nanos.stream().sorted().toList();
                    medians.computeIfAbsent(name, _ -> new ArrayList<>()).add(sorted.get(sorted.size() / 2) / 1e6);
                });
                resident(
                        "helper, MB resident",
                        Files.readString(status(lab.status().helperPid())));
                resident("resolver, MB resident", shell(lab.command(List.of("sh", "-c", RESOLVER_STATUS), false)));
                System.out.println(table(sizes));
            }
            Files.writeString(Path.of("target", "scale.md"), table(sizes));
        } finally {
            long start = System.nanoTime();
            lab.down();
            System.out.printf("lab down: %.0f ms%n", (System.nanoTime() - start) / 1e6);
        }
    }

    private void round(LabHost controller, HelperClient helper) throws Exception {
        timed("network create", () -> done(controller.apply(Change.CreateNetwork.named("new"))));
        timed("network connect", () -> done(controller.apply(new Change.Connect("tried", EndpointRequest.on("new")))));
        timed("publish", () -> done(controller.apply(new Change.Publish("tried", mapping(18081)))));
        timed("unpublish", () -> done(controller.apply(Change.Unpublish.single("tried", 18081, 80, Protocol.TCP))));
        timed("network disconnect", () -> done(controller.apply(new Change.Disconnect("new", "tried"))));
        timed("network rm", () -> done(controller.apply(new Change.RemoveNetwork("new"))));
        timed("run", () -> done(controller.apply(run("second", "tried", 18082))));
        timed("rm -f", () -> done(controller.apply(new Change.RemoveContainer("second", true))));
        timed("topology", controller::topology);
        timed("Snapshot of the helper", () -> helper.call(new Request.Snapshot()));
        timed("repair --dry-run", () -> controller.repair(true));
    }

    /// From a container that asks at the gateway of its network; most of it is how long a program takes to start.
    private static List<String> asking(Lab lab, Specs specs) throws EngineException {
        SandboxSpec sandbox = specs.sandboxesByName("tried").getFirst();
        String gateway = Addresses.format(
                specs.networksByName("tried").getFirst().pools().getFirst().gateway());
        String loop = "for i in $(seq " + QUESTIONS + "); do busybox nslookup tried " + gateway + " || exit 1; done";
        return lab.command(List.of("ip", "netns", "exec", sandbox.netnsName(), "sh", "-c", loop), false);
    }

    private static String shell(List<String> words) throws EngineException {
        LabExec.Result result = LabExec.captured(words);
        if (result.exitCode() != 0) {
            throw new AssertionError(result.output());
        }
        return result.output();
    }

    private static Path status(long pid) {
        return Path.of("/proc", Long.toString(pid), "status");
    }

    private void resident(String name, String status) {
        Matcher resident = RESIDENT.matcher(status);
        if (!resident.find()) {
            throw new AssertionError(status);
        }
        medians.computeIfAbsent(name, _ -> new ArrayList<>()).add(Integer.parseInt(resident.group(1)) / 1e3);
    }

    private void timed(String name, Action action) throws Exception {
        long start = System.nanoTime();
        action.run();
        samples.computeIfAbsent(name, _ -> new ArrayList<>()).add(System.nanoTime() - start);
    }

    private String table(List<Integer> sizes) {
        StringBuilder table = new StringBuilder("| ms, median of " + ROUNDS + " |");
        sizes.forEach(size -> table.append(" %,d |".formatted(size)));
        table.append(" last : first |\n|---|")
                .append("---:|".repeat(sizes.size() + 1))
                .append('\n');
        medians.forEach((name, times) -> {
            table.append("| ").append(name).append(" |");
            times.forEach(time -> table.append(" %.1f |".formatted(time)));
            table.append(" %.1f |\n".formatted(times.getLast() / times.getFirst()));
        });
        return table.toString();
    }

    private static void done(Outcome outcome) {
        if (!(outcome instanceof Outcome.Done)) {
            throw new AssertionError(outcome.toString());
        }
    }

    private static Change.RunContainer run(String name, String network, int port) {
        return new Change.RunContainer(
                name,
                "httpd:2.4",
                List.of(),
                List.of(EndpointRequest.on(network)),
                List.of(mapping(port)),
                List.of(),
                List.of(),
                Map.of(),
                null,
                "",
                false,
                false,
                HostSettings.DEFAULT,
                true);
    }

    private static PortMapping mapping(int host) {
        return PortMapping.of(null, host, 80, Protocol.TCP);
    }
}
