package dev.patchbay.engine.helper;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Version;
import dev.patchbay.engine.converge.Converger;
import dev.patchbay.engine.converge.Kernel;
import dev.patchbay.engine.converge.Step;
import dev.patchbay.engine.converge.StepWatch;
import dev.patchbay.engine.journal.Journal;
import dev.patchbay.engine.journal.JournalRecord.Intent;
import dev.patchbay.engine.netlink.HostSockets;
import dev.patchbay.engine.protocol.ActivityEntry;
import dev.patchbay.engine.protocol.ActivityKind;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.PlannedStep;
import dev.patchbay.engine.protocol.Refusal;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.sandbox.Adoption;
import dev.patchbay.engine.sandbox.RunningWorkload;
import dev.patchbay.engine.sandbox.WorkloadStart;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one place where changes are made, one after the other: admit, write down the intent, run the steps, write down
/// that
/// they ran, tell everyone.
///
/// Reading never waits for a change under way longer than the lock is held. Any thread may call.
final class Engine {
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());

    private final Kernel kernel;
    private final Converger converger;
    private final Journal journal;
    private final Statuses statuses;
    private final Subscribers subscribers;
    private final StepWatch watch;

    Engine(Kernel kernel, Converger converger, Journal journal, Subscribers subscribers, StepWatch watch) {
        this.kernel = kernel;
        this.converger = converger;
        this.journal = journal;
        this.statuses = new Statuses(kernel.runs(), journal);
        this.subscribers = subscribers;
        this.watch = watch;
        kernel.runs().onEnd(this::ended);
    }

    /// Before anybody is answered: takes over what still runs, makes the kernel match the records, and drops an intent
    /// without its end.
    ///
    /// The intent stays until all is mended: it tells what may be half in force, also when this is cut short.
    /// Does not throw for a kernel that resists: what is missing shows as a difference, and can be repaired.
    synchronized void recover() throws EngineException {
        Intent pending = journal.stored().pending();
        Specs before = specs();
        Specs interrupted = pending == null ? before : before.after(pending.change());
        journal.boot(BootId.current());
        List<EndedMeanwhile> ended = adopt(pending);
        SpecChange observed =
                new SpecChange(ended.stream().<Spec>map(EndedMeanwhile::stopped).toList(), List.of());
        try {
            converger.mend(converger.difference(before.after(observed), interrupted));
        } catch (EngineException e) {
            LOG.log(Level.ERROR, "the kernel could not be made to match the records", e);
        }
        watch.reached("mended");
        if (pending != null) {
            journal.abort();
        }
        if (!observed.isEmpty()) {
            writeDown(observed, "(ended while no helper ran)");
            for (EndedMeanwhile end : ended) {
                statuses.ended(end.stopped().id(), end.exitCode(), end.at());
            }
        }
        statuses.follow();
    }

    private record EndedMeanwhile(SandboxSpec stopped, int exitCode, Instant at) {}

    /// Sandboxes whose command ended while nobody watched. One that an interrupted change stopped shall run again.
    private List<EndedMeanwhile> adopt(@Nullable Intent pending) throws EngineException {
        List<EndedMeanwhile> ended = new ArrayList<>();
        for (SandboxSpec sandbox : specs().sandboxes()) {
            if (!sandbox.running()) {
                learnTheEnd(sandbox);
                continue;
            }
            switch (kernel.runs().adopt(sandbox)) {
                case Adoption.Running _, Adoption.Nothing _ -> {}
                // Its namespace is not the one that the records name; the comparison starts it in that one.
                case Adoption.Stray stray ->
                    stray.workload().kill().toCompletableFuture().join();
                case Adoption.Ended end -> {
                    if (pending == null || !pending.change().touches(sandbox.id())) {
                        ended.add(new EndedMeanwhile(sandbox.stopped(), end.exitCode(), end.finishedAt()));
                    }
                }
            }
        }
        return ended;
    }

    /// The earlier helper wrote down that the sandbox stops, and died before it wrote down with which exit code.
    private void learnTheEnd(SandboxSpec sandbox) throws EngineException {
        if (!statuses.showRunning(sandbox.id())) {
            return;
        }
        switch (kernel.runs().adopt(sandbox)) {
            case Adoption.Ended end -> statuses.ended(sandbox.id(), end.exitCode(), end.finishedAt());
            case Adoption.Running _, Adoption.Stray _, Adoption.Nothing _ ->
                statuses.ended(sandbox.id(), RunningWorkload.UNKNOWN_EXIT, Instant.now());
        }
    }

    /// Writes down a change that nobody asked for and that the kernel shows already.
    private void writeDown(SpecChange change, String title) throws EngineException {
        Specs before = specs();
        long revision = journal.stored().revision();
        journal.intent(new Intent(revision, change, title, ActivityKind.OBSERVED, 0));
        journal.commit(
                revision + 1,
                new ActivityEntry(
                        nextActivity(),
                        Instant.now(),
                        ActivityKind.OBSERVED,
                        0,
                        title,
                        List.of(),
                        0,
                        change,
                        before.inverse(change)));
    }

    synchronized Reply.Welcome welcome() {
        return new Reply.Welcome(
                Version.current(),
                ProcessHandle.current().pid(),
                journal.stored().revision());
    }

    synchronized Reply.State snapshot() throws EngineException {
        var stored = journal.stored();
        return new Reply.State(
                stored.revision(),
                List.copyOf(stored.specs().all()),
                stored.statuses(),
                stored.activity(),
                KernelReading.state(kernel.links()));
    }

    synchronized Reply preview(Request.Preview request) throws EngineException {
        Refusal refusal = refusal(request.change(), request.baseRevision());
        return refusal != null
                ? new Reply.Refused(refusal)
                : new Reply.Planned(planned(converger.steps(specs(), request.change())));
    }

    synchronized Reply apply(Request.Apply request) throws EngineException {
        Refusal refusal = refusal(request.change(), request.baseRevision());
        if (refusal != null) {
            return new Reply.Refused(refusal);
        }
        return change(request.change(), request.title(), request.kind(), request.refersTo());
    }

    private Reply.Applied change(SpecChange change, String title, ActivityKind kind, long refersTo)
            throws EngineException {
        long started = System.nanoTime();
        Specs before = specs();
        List<Step> steps = converger.steps(before, change);
        journal.intent(new Intent(journal.stored().revision(), change, title, kind, refersTo));
        try {
            converger.run(steps);
        } catch (EngineException failure) {
            giveUp(failure);
            throw failure;
        }
        long micros = (System.nanoTime() - started) / 1000;
        long revision = journal.stored().revision() + 1;
        ActivityEntry entry = new ActivityEntry(
                nextActivity(),
                Instant.now(),
                kind,
                refersTo,
                title,
                planned(steps),
                micros,
                change,
                before.inverse(change));
        journal.commit(revision, entry);
        watch.reached("committed");
        converger.conclude(steps);
        statuses.follow();
        subscribers.announce(new Event.RecordsChanged(revision));
        return new Reply.Applied(revision, entry.number(), entry.steps(), micros);
    }

    /// After a failure the steps are undone; what could not be undone is mended by comparing the whole kernel.
    private void giveUp(EngineException failure) throws EngineException {
        if (failure.getSuppressed().length > 0) {
            LOG.log(Level.WARNING, "undoing left something behind; comparing the whole kernel", failure);
            try {
                converger.mend(converger.difference(specs(), specs()));
            } catch (EngineException e) {
                failure.addSuppressed(e);
            }
        }
        journal.abort();
        statuses.followUndone();
    }

    synchronized Reply.Planned repair(boolean dryRun) throws EngineException {
        List<Step> steps = converger.difference(specs(), specs());
        if (!dryRun && !steps.isEmpty()) {
            converger.mend(steps);
            statuses.follow();
            subscribers.announce(new Event.KernelChanged());
        }
        return new Reply.Planned(planned(steps));
    }

    synchronized Reply.CounterSample counters() throws EngineException {
        return KernelReading.counters(kernel);
    }

    Reply.ListenerList listeners() throws EngineException {
        return new Reply.ListenerList(HostSockets.listeners());
    }

    /// A command ended by itself: its plugs and rules go, the records say when and how.
    private synchronized void ended(SandboxSpec sandbox, int exitCode) {
        if (!(specs().find(sandbox.id()) instanceof SandboxSpec now)
                || !now.running()
                || !now.namespaceId().equals(sandbox.namespaceId())) {
            return;
        }
        try {
            statuses.ended(now.id(), exitCode, Instant.now());
            SpecChange change = new SpecChange(List.of(now.stopped()), List.of());
            change(change, "(" + now.name() + " exited with " + exitCode + ")", ActivityKind.OBSERVED, 0);
        } catch (EngineException e) {
            LOG.log(Level.ERROR, "could not take down what an ended command leaves", e);
        }
    }

    private @Nullable Refusal refusal(SpecChange change, long baseRevision) {
        long revision = journal.stored().revision();
        if (baseRevision != revision) {
            return Refusal.of(
                    Refusal.STALE_REVISION,
                    "the records are at revision " + revision + ", the change was made for " + baseRevision);
        }
        Refusal inconsistent = Admission.refusal(specs(), change);
        return inconsistent != null ? inconsistent : unstartable(change);
    }

    /// Only this process sees the files that a command would be started from.
    private @Nullable Refusal unstartable(SpecChange change) {
        for (Spec spec : change.put()) {
            if (spec instanceof SandboxSpec sandbox && sandbox.running() && !sandbox.equals(specs().find(spec.id()))) {
                Optional<WorkloadStart.Failed> problem = kernel.runs().problem(sandbox);
                if (problem.isPresent()) {
                    return Refusal.of("command-not-runnable", problem.get().sentence());
                }
            }
        }
        return null;
    }

    private Specs specs() {
        return journal.stored().specs();
    }

    private long nextActivity() {
        List<ActivityEntry> activity = journal.stored().activity();
        return activity.isEmpty() ? 1 : activity.getLast().number() + 1;
    }

    private static List<PlannedStep> planned(List<Step> steps) {
        return steps.stream().map(Step::planned).toList();
    }
}
