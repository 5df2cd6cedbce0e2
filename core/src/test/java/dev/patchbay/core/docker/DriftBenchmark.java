package dev.patchbay.core.docker;

import static dev.patchbay.core.docker.RealEngineTest.network;
import static dev.patchbay.core.docker.RealEngineTest.ok;
import static dev.patchbay.core.docker.RealEngineTest.run;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The newest Docker and Podman that are unpacked, with few and many containers on four networks. A
/// shell on the engine's host changes one rule or link of the engine, and the time runs from the line
/// that it reads until a topology with a problem reaches a watch of the host. Then the shell puts it
/// back, and the next change comes one to four seconds after the problem is gone.
class DriftBenchmark {
    private static final int ROUNDS = Integer.getInteger("patchbay.benchmark.rounds", 10);
    private static final int[] SIZES = {8, 40};
    private static final int NETWORKS = 4;
    private static final long MIN_PAUSE_MILLIS = 1_000;
    private static final long MAX_PAUSE_MILLIS = 4_000;
    private static final long PATIENCE_SECONDS = 20;

    /// @param change words of the shell that make the drift
    /// @param back words that put everything back
    private record Drift(String name, String change, String back) {}

    private record Observation(long nanos, List<Problem> problems) {}

    @TempDir
    private Path directory;

    private final BlockingQueue<Observation> observations = new LinkedBlockingQueue<>();
    private final SequencedMap<String, List<String>> cells = new LinkedHashMap<>();
    /// The same pauses in each run.
    private final Random random = new Random(13);

    @Test
    void docker() throws Exception {
        try (RealEngine engine = RealEngine.startNewest(directory)) {
            measure("docker", engine, bridge -> {
                engine.onHost("iptables-save >/run/saved");
                String back = "iptables-restore /run/saved";
                List<Drift> drifts = new ArrayList<>(List.of(
                        new Drift(
                                "rule deleted",
                                "iptables -t nat -D POSTROUTING -s 10.60.0.0/24 ! -o " + bridge + " -j MASQUERADE",
                                back),
                        new Drift(
                                "chain deleted",
                                "iptables -D FORWARD -j DOCKER-FORWARD && iptables -F DOCKER-FORWARD"
                                        + " && iptables -X DOCKER-FORWARD",
                                back),
                        new Drift("policy set", "iptables -P FORWARD ACCEPT", back)));
                drifts.addAll(linkDrifts(engine, bridge));
                return drifts;
            });
        }
    }

    @Test
    void podman() throws Exception {
        try (RealEngine engine = RealEngine.startNewestPodman(directory)) {
            measure("podman", engine, bridge -> {
                engine.onHost("(echo 'table inet netavark'; echo 'delete table inet netavark';"
                        + " nft list table inet netavark) >/run/saved");
                String chain = engine.onHost(
                        "nft list table inet netavark | sed -n 's/.*chain \\(nv_[^ ]*10_60_0_0_nm24\\) .*/\\1/p'");
                String back = "nft -f /run/saved";
                List<Drift> drifts = new ArrayList<>(List.of(
                        new Drift("rule deleted", "nft flush chain inet netavark " + chain, back),
                        new Drift(
                                "chain deleted",
                                "nft 'flush chain inet netavark POSTROUTING; delete chain inet netavark POSTROUTING'",
                                back),
                        new Drift("policy set", "iptables -P FORWARD DROP", "iptables -P FORWARD ACCEPT")));
                drifts.addAll(linkDrifts(engine, bridge));
                return drifts;
            });
        }
    }

    private static List<Drift> linkDrifts(RealEngine engine, String bridge) {
        String veth = engine.onHost("ip -o link show master " + bridge + " | head -n 1 | sed 's/^[0-9]*: //; s/@.*//'");
        return List.of(
                new Drift("bridge down", "ip link set " + bridge + " down", "ip link set " + bridge + " up"),
                new Drift("veth down", "ip link set " + veth + " down", "ip link set " + veth + " up"));
    }

    private interface Drifts {
        /// @param bridge of the network 10.60.0.0/24
        List<Drift> of(String bridge);
    }

    private void measure(String name, RealEngine engine, Drifts drifts) throws Exception {
        Machine machine = engine.machine(directory);
        Process shell = new ProcessBuilder(shellOn(engine))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (EngineHost host = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), _ -> {});
                Writer commands = shell.outputWriter(StandardCharsets.UTF_8)) {
            for (int network = 0; network < NETWORKS; network++) {
                ok(host.apply(Change.CreateNetwork.on("net" + network, "10." + (60 + network) + ".0.0/24")));
            }
            int containers = 0;
            for (int size : SIZES) {
                for (; containers < size; containers++) {
                    ok(host.apply(run("web" + containers, "net" + containers % NETWORKS, 8100 + containers)));
                }
                host.counters();
                String bridge = network(host.topology(), "net0").bridge();
                List<Drift> all = drifts.of(bridge);
                try (AutoCloseable _ = host.watch(this::observe, _ -> {}, lost -> {
                    throw new IllegalStateException(lost);
                })) {
                    for (Drift drift : all) {
                        measure(drift, commands);
                    }
                }
                String table = table();
                System.out.println(name + "\n" + table);
                Files.writeString(Path.of("target", "drift-" + name + ".md"), table);
            }
        } finally {
            shell.waitFor();
            machine.down();
        }
    }

    private static List<String> shellOn(RealEngine engine) {
        List<String> line = new ArrayList<>(engine.joining());
        line.add("sh");
        return line;
    }

    private void observe(Topology topology) {
        observations.add(new Observation(System.nanoTime(), topology.problems()));
    }

    private void measure(Drift drift, Writer commands) throws Exception {
        List<Long> times = new ArrayList<>();
        Set<ProblemKind> kinds = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Thread.sleep(random.nextLong(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS));
            observations.clear();
            long begun = System.nanoTime();
            send(commands, drift.change());
            Observation seen = awaitProblems(true);
            if (seen == null) {
                send(commands, drift.back());
                add(drift, "no problem");
                return;
            }
            times.add(seen.nanos() - begun);
            seen.problems().forEach(problem -> kinds.add(problem.kind()));
            send(commands, drift.back());
            if (awaitProblems(false) == null) {
                throw new IllegalStateException(drift + " stays");
            }
        }
        times.sort(null);
        System.out.printf(
                "%s: %s, ms %s%n",
                drift.name(), kinds, times.stream().map(t -> t / 1_000_000).toList());
        add(drift, "%.0f, %.0f".formatted(times.get(times.size() / 2) / 1e6, times.getLast() / 1e6));
    }

    private static void send(Writer commands, String line) throws IOException {
        commands.write(line + "\n");
        commands.flush();
    }

    /// @param any whether there are to be problems, or none
    private @Nullable Observation awaitProblems(boolean any) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            Observation next = observations.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null || next.problems().isEmpty() != any) {
                return next;
            }
        }
    }

    private void add(Drift drift, String cell) {
        cells.computeIfAbsent(drift.name(), _ -> new ArrayList<>()).add(cell);
    }

    private String table() {
        StringBuilder table = new StringBuilder("| ms, median and longest of " + ROUNDS + " |");
        int columns = cells.values().iterator().next().size();
        for (int column = 0; column < columns; column++) {
            table.append(" %d containers |".formatted(SIZES[column]));
        }
        table.append("\n|---|").append("---:|".repeat(columns)).append('\n');
        for (Map.Entry<String, List<String>> row : cells.entrySet()) {
            table.append("| ").append(row.getKey()).append(" | ");
            table.append(String.join(" | ", row.getValue())).append(" |\n");
        }
        return table.toString();
    }
}
