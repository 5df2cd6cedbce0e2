package dev.patchbay.engine.helper;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.converge.Converger;
import dev.patchbay.engine.converge.Runs.News;
import dev.patchbay.engine.converge.Step;
import dev.patchbay.engine.journal.JournalRecord.Intent;
import dev.patchbay.engine.protocol.ActivityEntry;
import dev.patchbay.engine.protocol.ActivityKind;
import dev.patchbay.engine.protocol.Ending;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.SandboxStatus;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Makes a change that was found admissible: writes down the intent, runs the steps, writes down that they ran, tells
/// everyone. Callers hold the monitor of what is shared.
final class Changes {
    private static final System.Logger LOG = System.getLogger(Changes.class.getName());

    /// How long after a change answers of a slow server may still be on their way.
    private static final List<Duration> LATE = List.of(Duration.ofMillis(250), Duration.ofSeconds(2));

    private final Shared shared;
    private final Converger converger;

    Changes(Shared shared) {
        this.shared = shared;
        this.converger = shared.converger();
    }

    /// @param endings that made the change necessary
    Reply.Applied make(SpecChange change, String title, ActivityKind kind, long refersTo, List<Ending> endings)
            throws EngineException {
        long started = System.nanoTime();
        Specs before = shared.specs();
        List<Step> steps = converger.steps(before, change);
        shared.problems().acting();
        shared.journal().intent(new Intent(shared.revision(), change, title, kind, refersTo));
        try {
            converger.run(steps);
        } catch (EngineException failure) {
            giveUp(change, failure);
            throw failure;
        }
        long micros = (System.nanoTime() - started) / 1000;
        List<News> news = shared.kernel().runs().news();
        long revision = shared.revision() + 1;
        ActivityEntry entry = new ActivityEntry(
                nextActivity(),
                Instant.now(),
                kind,
                refersTo,
                title,
                Shared.planned(steps),
                micros,
                change,
                change.inverse(before),
                Stream.concat(endings.stream(), Statuses.endings(news).stream()).toList());
        shared.journal().commit(revision, entry);
        shared.watch().reached("committed");
        conclude(steps);
        shared.statuses().follow(news);
        settle(change);
        lookAgainAt(change);
        shared.subscribers().announce(new Event.RecordsChanged(revision));
        return new Reply.Applied(revision, entry.number(), entry.steps(), micros);
    }

    /// Writes down a change that nobody asked for and that the kernel shows already.
    void writeDown(SpecChange change, String title) throws EngineException {
        Specs before = shared.specs();
        long revision = shared.revision();
        shared.journal().intent(new Intent(revision, change, title, ActivityKind.OBSERVED, 0));
        shared.journal()
                .commit(
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
                                change.inverse(before),
                                List.of()));
    }

    private void conclude(List<Step> steps) {
        converger.conclude(steps);
        List<Step> lingering = steps.stream().filter(Step::lingers).toList();
        if (!lingering.isEmpty()) {
            LATE.forEach(pause -> shared.clock().later(pause, "conclude again", () -> {
                synchronized (shared) {
                    converger.conclude(lingering);
                }
            }));
        }
    }

    /// A person's stop or start ends the waiting for the next start.
    private void settle(SpecChange change) throws EngineException {
        for (Spec spec : change.put()) {
            if (spec instanceof SandboxSpec sandbox
                    && sandbox.stoppedByPerson()
                    && shared.statuses().of(sandbox.id()) instanceof SandboxStatus status
                    && status.restarting()) {
                shared.statuses().settle(sandbox.id(), "");
            }
        }
    }

    /// A problem of what is no longer there has no event that ends it.
    private void lookAgainAt(SpecChange change) {
        if (!shared.problems().all().isEmpty()) {
            Set<Id> touched = new HashSet<>(change.remove());
            change.put().forEach(spec -> touched.add(spec.id()));
            shared.doubts().add(touched);
            shared.doubts().addRulesAndForwarding();
        }
    }

    /// After a failure the steps are undone; what could not be undone, and commands that ended for nothing, are
    /// mended by comparing the whole kernel.
    private void giveUp(SpecChange change, EngineException failure) throws EngineException {
        boolean ended = false;
        for (Id id : Actions.touched(change)) {
            ended |= shared.specs().find(id) instanceof SandboxSpec sandbox
                    && shared.kernel().runs().release(sandbox).isPresent();
        }
        if (ended || failure.getSuppressed().length > 0) {
            LOG.log(Level.WARNING, "undoing left something behind; comparing the whole kernel", failure);
            try {
                converger.mend(converger.difference(shared.specs(), shared.specs()));
            } catch (EngineException e) {
                failure.addSuppressed(e);
                shared.doubts().addEverything();
            }
        }
        shared.journal().abort();
        shared.statuses().followUndone(shared.kernel().runs().news());
    }

    private long nextActivity() {
        List<ActivityEntry> activity = shared.journal().stored().activity();
        return activity.isEmpty() ? 1 : activity.getLast().number() + 1;
    }
}
