package dev.patchbay.engine.helper;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Version;
import dev.patchbay.engine.converge.Converger;
import dev.patchbay.engine.converge.Kernel;
import dev.patchbay.engine.converge.Runs.News;
import dev.patchbay.engine.converge.Step;
import dev.patchbay.engine.converge.StepWatch;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.journal.Journal;
import dev.patchbay.engine.journal.JournalRecord.Intent;
import dev.patchbay.engine.netlink.HostSockets;
import dev.patchbay.engine.protocol.ActivityEntry;
import dev.patchbay.engine.protocol.ActivityKind;
import dev.patchbay.engine.protocol.Ending;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.PlannedStep;
import dev.patchbay.engine.protocol.Refusal;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.SandboxStatus;
import dev.patchbay.engine.sandbox.WorkloadStart;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.Family;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The one place where changes are made, one after the other: admit, write down the intent, run the steps,
/// write down that they ran, tell everyone.
///
/// Reading never waits for a change under way longer than the lock is held. Any thread may call.
final class Engine {
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());

    /// How long after a change answers of a slow server may still be on their way.
    private static final List<Duration> LATE = List.of(Duration.ofMillis(250), Duration.ofSeconds(2));

    private final Kernel kernel;
    private final Converger converger;
    private final Journal journal;
    private final Statuses statuses;
    private final Subscribers subscribers;
    private final StepWatch watch;
    private final Clock clock = new Clock();
    private final Restarts restarts = new Restarts(clock);
    private final Problems problems = new Problems();
    private final Doubts doubts = new Doubts();

    Engine(Kernel kernel, Converger converger, Journal journal, Subscribers subscribers, StepWatch watch) {
        this.kernel = kernel;
        this.converger = converger;
        this.journal = journal;
        this.statuses = new Statuses(journal);
        this.subscribers = subscribers;
        this.watch = watch;
        kernel.runs().onEnd(this::ended);
    }

    /// Before anybody is answered: takes over what still runs, makes the kernel match the records, and drops an
    /// intent without its end.
    ///
    /// The intent stays until all is mended: it tells what may be half in force, also when this is cut short.
    /// Does not throw for a kernel that resists: what is missing shows as a difference, and can be repaired.
    synchronized void recover() throws EngineException {
        Intent pending = journal.stored().pending();
        Specs before = specs();
        Specs interrupted = pending == null ? before : before.after(pending.change());
        journal.boot(BootId.current());
        Revival revival = new Revival(kernel.runs(), statuses, before, pending);
        SpecChange observed = revival.change();
        try {
            converger.mend(converger.difference(before.after(observed), interrupted));
        } catch (EngineException e) {
            LOG.log(Level.ERROR, "the kernel could not be made to match the records", e);
        }
        watch.reached("mended");
        if (pending != null) {
            journal.abort();
        } else if (!journal.stored().activity().isEmpty()) {
            ActivityEntry last = journal.stored().activity().getLast();
            converger.concludeFlows(before.after(last.inverse()), last.change());
        }
        if (!observed.isEmpty()) {
            writeDown(observed, "(what ended and started while no helper ran)");
            revival.conclude();
        }
        statuses.follow(kernel.runs().news());
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
                        before.inverse(change),
                        List.of()));
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
                problems.all(),
                stored.autoRepair(),
                KernelReading.state(kernel.links()));
    }

    synchronized Reply preview(Request.Preview request) throws EngineException {
        Refusal refusal = refusal(request.change(), request.baseRevision());
        return refusal != null
                ? new Reply.Refused(refusal)
                : new Reply.Planned(planned(converger.steps(specs(), request.change())));
    }

    /// Commands that the change stops are told so first, and waited for without holding up others.
    Reply apply(Request.Apply request) throws EngineException {
        Asked asked = ask(request);
        asked.ends().join();
        synchronized (this) {
            boolean rebased = !asked.sandboxes().isEmpty() && untouched(request.change(), asked.specs());
            long base = rebased ? journal.stored().revision() : request.baseRevision();
            Refusal refusal = refusal(request.change(), base);
            if (refusal != null) {
                asked.sandboxes().forEach(this::releaseUnstopped);
                return new Reply.Refused(refusal);
            }
            return change(request.change(), request.title(), request.kind(), request.refersTo(), List.of());
        }
    }

    /// @param specs when they were asked
    /// @param ends completed when none of them runs any more
    private record Asked(List<SandboxSpec> sandboxes, Specs specs, CompletableFuture<?> ends) {}

    private synchronized Asked ask(Request.Apply request) {
        Specs before = specs();
        List<SandboxSpec> sandboxes = new ArrayList<>();
        if (refusal(request.change(), request.baseRevision()) == null) {
            Specs after = before.after(request.change());
            for (Id id : touched(request.change())) {
                if (before.find(id) instanceof SandboxSpec old
                        && old.running()
                        && !(after.find(id) instanceof SandboxSpec now
                                && now.running()
                                && now.run().equals(old.run()))) {
                    sandboxes.add(old);
                }
            }
        }
        return new Asked(
                sandboxes,
                before,
                CompletableFuture.allOf(sandboxes.stream()
                        .map(sandbox -> kernel.runs().ask(sandbox, request.stopping()))
                        .toArray(CompletableFuture[]::new)));
    }

    private static List<Id> touched(SpecChange change) {
        return Stream.concat(change.put().stream().map(Spec::id), change.remove().stream())
                .toList();
    }

    private boolean untouched(SpecChange change, Specs then) {
        return touched(change).stream().allMatch(id -> Objects.equals(then.find(id), specs().find(id)));
    }

    /// What was asked to end for a change that is not made has ended by itself, as far as the records go.
    private void releaseUnstopped(SandboxSpec sandbox) {
        kernel.runs().release(sandbox).ifPresent(ending -> ended(sandbox, ending));
    }

    /// @param endings that made the change necessary
    private Reply.Applied change(
            SpecChange change, String title, ActivityKind kind, long refersTo, List<Ending> endings)
            throws EngineException {
        long started = System.nanoTime();
        Specs before = specs();
        List<Step> steps = converger.steps(before, change);
        problems.acting();
        journal.intent(new Intent(journal.stored().revision(), change, title, kind, refersTo));
        try {
            converger.run(steps);
        } catch (EngineException failure) {
            giveUp(change, failure);
            throw failure;
        }
        long micros = (System.nanoTime() - started) / 1000;
        List<News> news = kernel.runs().news();
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
                before.inverse(change),
                Stream.concat(endings.stream(), Statuses.endings(news).stream()).toList());
        journal.commit(revision, entry);
        watch.reached("committed");
        conclude(steps);
        statuses.follow(news);
        settle(change);
        lookAgainAt(change);
        subscribers.announce(new Event.RecordsChanged(revision));
        return new Reply.Applied(revision, entry.number(), entry.steps(), micros);
    }

    private void conclude(List<Step> steps) {
        converger.conclude(steps);
        List<Step> lingering = steps.stream().filter(Step::lingers).toList();
        if (!lingering.isEmpty()) {
            LATE.forEach(pause -> clock.later(pause, "conclude again", () -> concludeAgain(lingering)));
        }
    }

    private synchronized void concludeAgain(List<Step> steps) {
        converger.conclude(steps);
    }

    /// A person's stop or start ends the waiting for the next start.
    private void settle(SpecChange change) throws EngineException {
        for (Spec spec : change.put()) {
            if (spec instanceof SandboxSpec sandbox
                    && sandbox.stoppedByPerson()
                    && statuses.of(sandbox.id()) instanceof SandboxStatus status
                    && status.restarting()) {
                statuses.settle(sandbox.id(), "");
            }
        }
    }

    /// After a failure the steps are undone; what could not be undone, and commands that ended for nothing, are
    /// mended by comparing the whole kernel.
    private void giveUp(SpecChange change, EngineException failure) throws EngineException {
        boolean ended = false;
        for (Id id : touched(change)) {
            ended |= specs().find(id) instanceof SandboxSpec sandbox
                    && kernel.runs().release(sandbox).isPresent();
        }
        if (ended || failure.getSuppressed().length > 0) {
            LOG.log(Level.WARNING, "undoing left something behind; comparing the whole kernel", failure);
            try {
                converger.mend(converger.difference(specs(), specs()));
            } catch (EngineException e) {
                failure.addSuppressed(e);
                doubts.addEverything();
            }
        }
        journal.abort();
        statuses.followUndone(kernel.runs().news());
    }

    synchronized Reply.Planned repair(boolean dryRun) throws EngineException {
        List<Step> steps = converger.difference(specs(), specs());
        if (!dryRun && !steps.isEmpty()) {
            mend(steps);
        }
        return new Reply.Planned(planned(steps));
    }

    private void mend(List<Step> steps) throws EngineException {
        problems.acting();
        try {
            converger.mend(steps);
        } finally {
            statuses.follow(kernel.runs().news());
            doubts.addEverything();
        }
    }

    /// Repairs what is about these networks, sandboxes and endpoints, and about the rules.
    ///
    /// @param subjects ids, or anything else for what is about none of them
    synchronized void mendSubjects(List<String> subjects) throws EngineException {
        Set<Id> ids = subjects.stream()
                .filter(subject -> subject.matches("[0-9a-f]{64}"))
                .map(Id::new)
                .filter(id -> specs().find(id) != null)
                .collect(Collectors.toSet());
        List<Step> steps = new ArrayList<>();
        if (ids.size() < subjects.size()) {
            steps.addAll(Converger.steps(converger.faults(specs())));
        } else {
            List<Spec> inOrder = new ArrayList<>(specs().inOrder(ids, NetworkSpec.class));
            inOrder.addAll(specs().inOrder(ids, SandboxSpec.class));
            inOrder.addAll(specs().inOrder(ids, EndpointSpec.class));
            for (Spec spec : inOrder) {
                steps.addAll(Converger.steps(converger.faultsOf(specs(), spec.id(), Set.of())));
            }
        }
        LOG.log(
                Level.INFO,
                "repairing by itself: {0}",
                steps.stream().map(Step::name).toList());
        mend(steps);
    }

    synchronized Reply.Done autoRepair(boolean on) throws EngineException {
        if (on != journal.stored().autoRepair()) {
            journal.autoRepair(on);
            doubts.addEverything();
            subscribers.announce(new Event.KernelChanged());
        }
        return new Reply.Done();
    }

    boolean repairsByItself() {
        return journal.stored().autoRepair();
    }

    /// @param actions see [Problems]
    /// @param rulesInDoubt somebody else changed the rules
    record Moment(long actions, Specs specs, boolean rulesInDoubt) {}

    /// The records at a moment when no action is under way.
    synchronized Moment settled(boolean askForRules) throws EngineException {
        boolean inDoubt = false;
        if (askForRules) {
            for (Firewall firewall : kernel.firewalls().values()) {
                inDoubt |= firewall.changedByOthers();
            }
        }
        return new Moment(problems.actions(), specs(), inDoubt);
    }

    Problems problems() {
        return problems;
    }

    Doubts doubts() {
        return doubts;
    }

    /// A problem of what is no longer there has no event that ends it.
    private void lookAgainAt(SpecChange change) {
        if (!problems.all().isEmpty()) {
            Set<Id> touched = new HashSet<>(change.remove());
            change.put().forEach(spec -> touched.add(spec.id()));
            doubts.add(touched);
            doubts.addRules();
        }
    }

    synchronized Reply.CounterSample counters() throws EngineException {
        return KernelReading.counters(kernel);
    }

    Reply signal(Request.Signal request) throws EngineException {
        return specs().find(request.sandbox()) instanceof SandboxSpec sandbox
                        && kernel.runs().signal(sandbox, request.signal())
                ? new Reply.Done()
                : new Reply.Refused(
                        Refusal.of("container-not-running", "Container " + request.sandbox() + " is not running"));
    }

    Reply log(Request.Log request) throws EngineException {
        return specs().find(request.sandbox()) instanceof SandboxSpec sandbox
                ? kernel.runs().log(sandbox, request.from())
                : new Reply.Refused(Refusal.of("container-not-found", "No such container: " + request.sandbox()));
    }

    Reply.ListenerList listeners() throws EngineException {
        return new Reply.ListenerList(HostSockets.listeners());
    }

    /// A command ended by itself: its plugs and rules go, the records say when and how, and its restart policy
    /// says what comes of it.
    private synchronized void ended(SandboxSpec sandbox, Ending ending) {
        if (!(specs().find(sandbox.id()) instanceof SandboxSpec now)
                || !now.running()
                || !now.run().equals(sandbox.run())) {
            return;
        }
        SandboxStatus before = statuses.of(now.id());
        int exitCode = ending.exitCode();
        boolean wanted = !ending.signals().isEmpty();
        boolean again = !wanted && Restarts.due(now, exitCode, before == null ? 0 : before.restartCount());
        SpecChange change = now.settings().autoRemove() && !again
                ? Revival.removal(specs(), now.id())
                : new SpecChange(List.of(wanted ? now.stoppedOnDemand() : now.stopped()), List.of());
        try {
            statuses.ended(now.id(), exitCode, Instant.now(), again);
            change(
                    change,
                    "(" + now.name() + " exited with " + exitCode + ")",
                    ActivityKind.OBSERVED,
                    0,
                    List.of(ending));
        } catch (EngineException e) {
            LOG.log(Level.ERROR, "could not take down what an ended command leaves", e);
        }
        if (again) {
            restarts.later(now, before, () -> startAgain(now));
        } else {
            restarts.forget(now.id());
        }
    }

    /// Unless a person was faster.
    private synchronized void startAgain(SandboxSpec ended) {
        if (!(specs().find(ended.id()) instanceof SandboxSpec now)
                || now.running()
                || !now.run().equals(ended.run())
                || !(statuses.of(now.id()) instanceof SandboxStatus status && status.restarting())) {
            return;
        }
        Revival.Starting starting = Revival.Starting.of(now, specs(), kernel.runs());
        Refusal refusal = starting.refusal();
        try {
            if (refusal == null) {
                SpecChange change = new SpecChange(List.of(starting.sandbox()), List.of());
                change(change, "(" + now.name() + " started again)", ActivityKind.OBSERVED, 0, List.of());
            } else {
                statuses.settle(now.id(), refusal.sentence());
                subscribers.announce(new Event.RecordsChanged(journal.stored().revision()));
            }
        } catch (EngineException e) {
            LOG.log(Level.ERROR, "could not start a command again", e);
            notStarted(now, e);
        }
    }

    private void notStarted(SandboxSpec sandbox, EngineException why) {
        try {
            statuses.settle(sandbox.id(), why.reason());
            subscribers.announce(new Event.RecordsChanged(journal.stored().revision()));
        } catch (EngineException e) {
            LOG.log(Level.ERROR, "could not write down that a command was not started again", e);
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
        if (inconsistent != null) {
            return inconsistent;
        }
        return needsIpv6(change) && !kernel.firewalls().containsKey(Family.IPV6)
                ? Refusal.of("no-ipv6", "this host has no IPv6, or no ip6tables to guard a network with")
                : unstartable(change);
    }

    private static boolean needsIpv6(SpecChange change) {
        return change.put().stream().anyMatch(spec -> spec instanceof NetworkSpec network && network.hasIpv6());
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
