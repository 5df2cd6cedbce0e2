package dev.patchbay.engine.converge;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.sandbox.Adoption;
import dev.patchbay.engine.sandbox.EtcFiles;
import dev.patchbay.engine.sandbox.RunningWorkload;
import dev.patchbay.engine.sandbox.Strays;
import dev.patchbay.engine.sandbox.WorkloadStart;
import dev.patchbay.engine.sandbox.Workloads;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.SandboxSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/// The commands that run now, by sandbox. An end that nobody asked for is told to the listener, on a thread
/// of its own.
public final class Runs {
    /// How long a command has to end after SIGTERM, as `docker stop`.
    private static final Duration GRACE = Duration.ofSeconds(10);

    /// What happened to a sandbox's command since [#news] was last read.
    public sealed interface News {
        Id sandbox();

        record Started(Id sandbox, long pid, Instant at) implements News {}

        record Stopped(Id sandbox, int exitCode) implements News {}
    }

    private record Run(SandboxSpec sandbox, RunningWorkload workload) {}

    private final Workloads workloads;
    private final Strays strays;
    private final Map<Id, Run> running = new ConcurrentHashMap<>();
    private final Queue<News> news = new ConcurrentLinkedQueue<>();
    private volatile BiConsumer<SandboxSpec, Integer> ended = (_, _) -> {};

    public Runs(Workloads workloads, Strays strays) {
        this.workloads = workloads;
        this.strays = strays;
    }

    public void onEnd(BiConsumer<SandboxSpec, Integer> listener) {
        ended = listener;
    }

    /// Starts and stops that were asked for, in order, each told once.
    public List<News> news() {
        List<News> told = new ArrayList<>();
        for (News next = news.poll(); next != null; next = news.poll()) {
            told.add(next);
        }
        return told;
    }

    boolean isRunning(SandboxSpec sandbox) {
        Run run = running.get(sandbox.id());
        return run != null && run.sandbox().namespaceId().equals(sandbox.namespaceId());
    }

    /// Takes over what an earlier helper started.
    public Adoption adopt(SandboxSpec sandbox) throws EngineException {
        Adoption adoption = workloads.adopt(sandbox);
        if (adoption instanceof Adoption.Running found) {
            watch(sandbox, found.workload());
        }
        return adoption;
    }

    /// Why the sandbox's command could not be run, if so: asked before anything changes.
    public Optional<WorkloadStart.Failed> problem(SandboxSpec sandbox) {
        return workloads.problem(sandbox);
    }

    void start(SandboxSpec sandbox) throws EngineException {
        switch (workloads.start(sandbox)) {
            case WorkloadStart.Running started -> watch(sandbox, started.workload());
            case WorkloadStart.Failed failed -> throw new EngineException("start the command", failed.sentence());
        }
    }

    private void watch(SandboxSpec sandbox, RunningWorkload workload) {
        Run run = new Run(sandbox, workload);
        running.put(sandbox.id(), run);
        news.add(new News.Started(sandbox.id(), workload.pid(), workload.startedAt()));
        workload.exit().whenComplete((code, _) -> {
            if (running.remove(sandbox.id(), run)) {
                Thread.ofVirtual()
                        .name("ended")
                        .start(() -> ended.accept(sandbox, code == null ? RunningWorkload.UNKNOWN_EXIT : code));
            }
        });
    }

    /// Returns when every process of the sandbox is gone. Does nothing when none runs.
    void stop(SandboxSpec sandbox) throws EngineException {
        Run run = running.remove(sandbox.id());
        if (run == null) {
            return;
        }
        try {
            int code = run.workload().stop(GRACE).toCompletableFuture().join();
            news.add(new News.Stopped(sandbox.id(), code));
        } catch (CompletionException e) {
            throw new EngineException("stop the command", "its end could not be watched", e);
        }
    }

    void prepareFiles(SandboxSpec sandbox, EtcFiles etc) throws EngineException {
        workloads.prepareFiles(sandbox, etc);
    }

    void removeFiles(SandboxSpec sandbox) throws EngineException {
        workloads.remove(sandbox);
    }

    Strays strays() {
        return strays;
    }
}
