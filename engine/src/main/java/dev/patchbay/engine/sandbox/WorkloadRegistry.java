package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.status.CommandExit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/// The running commands, by sandbox. It calls the exit listener, on a thread of its own, for each
/// command that ends by itself.
public final class WorkloadRegistry {
    /// What happened to a sandbox's command since [#events] was last read.
    public sealed interface WorkloadEvent {
        Id sandbox();

        record Started(Id sandbox, long pid, Instant at) implements WorkloadEvent {}

        record Stopped(Id sandbox, List<Integer> signals, int exitCode) implements WorkloadEvent {}
    }

    private static final class Run {
        private final SandboxSpec sandbox;
        private final SupervisedWorkload workload;
        private final List<Integer> signals = new CopyOnWriteArrayList<>();
        private volatile boolean stopRequested;

        private Run(SandboxSpec sandbox, SupervisedWorkload workload) {
            this.sandbox = sandbox;
            this.workload = workload;
        }

        private CompletionStage<Integer> stop(StopMode how) {
            return workload.stop(how, signals::add);
        }
    }

    private final WorkloadLauncher workloads;
    private final Orphans orphans;
    private final Map<Id, Run> running = new ConcurrentHashMap<>();
    private final Queue<WorkloadEvent> events = new ConcurrentLinkedQueue<>();
    private volatile BiConsumer<SandboxSpec, CommandExit> exitListener = (_, _) -> {};

    public WorkloadRegistry(WorkloadLauncher workloads, Orphans orphans) {
        this.workloads = workloads;
        this.orphans = orphans;
    }

    public void onExit(BiConsumer<SandboxSpec, CommandExit> listener) {
        exitListener = listener;
    }

    /// Requested starts and stops since the last call, in order.
    public List<WorkloadEvent> drainEvents() {
        List<WorkloadEvent> drained = new ArrayList<>();
        for (WorkloadEvent next = events.poll(); next != null; next = events.poll()) {
            drained.add(next);
        }
        return drained;
    }

    public boolean isRunning(SandboxSpec sandbox) {
        Run run = running.get(sandbox.id());
        return run != null && run.sandbox.run().equals(sandbox.run());
    }

    /// The pid of the sandbox's command; empty when it does not run.
    public OptionalLong pid(SandboxSpec sandbox) {
        Run run = running.get(sandbox.id());
        return run != null && run.sandbox.run().equals(sandbox.run())
                ? OptionalLong.of(run.workload.pid())
                : OptionalLong.empty();
    }

    /// Adopts the command of an earlier helper.
    public Adoption adopt(SandboxSpec sandbox) throws EngineException {
        Adoption adoption = workloads.adopt(sandbox);
        if (adoption instanceof Adoption.Running found) {
            watch(sandbox, found.workload());
        }
        return adoption;
    }

    /// Ends a command of an earlier helper that the records say is stopped.
    ///
    /// @return whether there was one
    public boolean stopOrphan(SandboxSpec sandbox) throws EngineException {
        Optional<SupervisedWorkload> left = switch (workloads.adopt(sandbox)) {
            case Adoption.Running running -> Optional.of(running.workload());
            case Adoption.WrongNetns stray -> Optional.of(stray.workload());
            case Adoption.Ended _, Adoption.NotFound _ -> Optional.empty();
        };
        if (left.isPresent()) {
            kill(left.get());
        }
        return left.isPresent();
    }

    /// Kills a command, and returns when every process of its sandbox has ended.
    ///
    /// @throws EngineException when they do not end
    public static void kill(SupervisedWorkload workload) throws EngineException {
        awaitExit(workload.kill());
    }

    /// Waits for the result of [#requestStop] or of a workload.
    public static <T> T awaitExit(CompletionStage<T> exit) throws EngineException {
        try {
            return exit.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof EngineException reason
                    ? reason
                    : new EngineException("stop the command", "its end could not be watched", e);
        }
    }

    /// Why the sandbox's command cannot be run; empty when it can. Called before anything changes.
    public Optional<WorkloadStart.Failed> startProblem(SandboxSpec sandbox) {
        return workloads.startProblem(sandbox);
    }

    public void start(SandboxSpec sandbox) throws EngineException {
        switch (workloads.start(sandbox)) {
            case WorkloadStart.Running started -> watch(sandbox, started.workload());
            case WorkloadStart.Failed failed -> throw new EngineException("start the command", failed.sentence());
        }
    }

    private void watch(SandboxSpec sandbox, SupervisedWorkload workload) {
        Run run = new Run(sandbox, workload);
        running.put(sandbox.id(), run);
        events.add(new WorkloadEvent.Started(sandbox.id(), workload.pid(), workload.startedAt()));
        workload.exit().whenComplete((code, _) -> {
            if (!run.stopRequested && running.remove(sandbox.id(), run)) {
                Thread.ofVirtual()
                        .name("ended")
                        .start(() -> exitListener.accept(
                                sandbox,
                                new CommandExit(
                                        sandbox.id(),
                                        run.signals,
                                        code == null ? SupervisedWorkload.UNKNOWN_EXIT : code)));
            }
        });
    }

    /// Asks the command to end. The exit listener is not called for it until [#cancelStopRequest].
    ///
    /// @return completes when every process of the sandbox has ended, and exceptionally when killing did
    ///     not help
    public CompletableFuture<?> requestStop(SandboxSpec sandbox, StopMode how) {
        Run run = running.get(sandbox.id());
        if (run == null || !isRunning(sandbox)) {
            return CompletableFuture.completedFuture(null);
        }
        run.stopRequested = true;
        return run.stop(how).toCompletableFuture();
    }

    /// Calls the exit listener for this command again.
    ///
    /// @return the exit, if the command has ended already; the listener is not called for it
    public Optional<CommandExit> cancelStopRequest(SandboxSpec sandbox) {
        Run run = running.get(sandbox.id());
        if (run == null || !run.stopRequested) {
            return Optional.empty();
        }
        run.stopRequested = false;
        CompletableFuture<Integer> exit = run.workload.exit().toCompletableFuture();
        return exit.isDone() && running.remove(sandbox.id(), run)
                ? Optional.of(new CommandExit(
                        sandbox.id(),
                        run.signals,
                        exit.isCompletedExceptionally() ? SupervisedWorkload.UNKNOWN_EXIT : exit.join()))
                : Optional.empty();
    }

    /// Sends a signal to the command.
    ///
    /// @return false when none runs
    public boolean signal(SandboxSpec sandbox, int signal) throws EngineException {
        Run run = running.get(sandbox.id());
        if (run == null || !isRunning(sandbox)) {
            return false;
        }
        return run.workload.signal(signal, run.signals::add);
    }

    public WorkloadLauncher.LogPart log(SandboxSpec sandbox, long from, int limit) throws EngineException {
        return workloads.readLog(sandbox, from, limit);
    }

    /// Returns when every process of the sandbox has ended. Does nothing when none runs.
    ///
    /// @throws EngineException when they do not end although they were killed; the sandbox then still
    ///     counts as running
    public void stop(SandboxSpec sandbox, StopMode how) throws EngineException {
        Run run = running.remove(sandbox.id());
        if (run == null) {
            return;
        }
        try {
            CompletionStage<Integer> exit = run.workload.exit();
            int code = awaitExit(exit.toCompletableFuture().isDone() ? exit : run.stop(how));
            events.add(new WorkloadEvent.Stopped(sandbox.id(), run.signals, code));
        } catch (EngineException e) {
            running.putIfAbsent(sandbox.id(), run);
            throw e;
        }
    }

    public void prepareFiles(SandboxSpec sandbox, EtcFiles etc) throws EngineException {
        workloads.prepareFiles(sandbox, etc);
    }

    public void removeFiles(SandboxSpec sandbox) throws EngineException {
        workloads.remove(sandbox);
    }

    public Orphans orphans() {
        return orphans;
    }
}
