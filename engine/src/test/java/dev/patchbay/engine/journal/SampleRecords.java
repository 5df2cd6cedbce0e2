package dev.patchbay.engine.journal;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.protocol.Samples;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.CommandExit;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.SandboxStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a helper tells its journal in the course of a day.
final class SampleRecords {
    private SampleRecords() {}

    /// Adds a network and a sandbox, starts it, gives one up, and removes the sandbox again; the states in
    /// between.
    static List<StoredState> tell(Journal journal) throws EngineException {
        List<StoredState> states = new ArrayList<>(List.of(journal.stored()));
        SandboxSpec sandbox = Samples.sandbox();
        List<Writing> writings = List.of(
                () -> journal.boot("boot-1"),
                () -> journal.intent(intent(journal, new SpecChange(List.of(Samples.network()), List.of()))),
                () -> commit(journal),
                () -> journal.intent(intent(journal, new SpecChange(List.of(sandbox), List.of()))),
                () -> journal.status(status(sandbox.id(), 0)),
                () -> commit(journal),
                () -> journal.intent(intent(journal, new SpecChange(List.of(Samples.network()), List.of()))),
                journal::abort,
                () -> journal.status(status(sandbox.id(), 3)),
                () -> journal.intent(intent(journal, new SpecChange(List.of(), List.of(sandbox.id())))),
                () -> commit(journal));
        for (Writing writing : writings) {
            writing.run();
            states.add(journal.stored());
        }
        return states;
    }

    /// One more network, as a whole change.
    static void addNetwork(Journal journal) throws EngineException {
        journal.intent(intent(journal, new SpecChange(List.of((Spec) Samples.network()), List.of())));
        commit(journal);
    }

    /// One more spec, as a whole change.
    static void put(Journal journal, Spec spec) throws EngineException {
        journal.intent(intent(journal, new SpecChange(List.of(spec), List.of())));
        commit(journal);
    }

    static JournalRecord.Intent intent(Journal journal, SpecChange change) {
        return new JournalRecord.Intent(journal.stored().revision(), change, "network create", ActivityKind.ACTION, 0);
    }

    static void commit(Journal journal) throws EngineException {
        StoredState stored = journal.stored();
        SpecChange change = stored.pending() == null
                ? new SpecChange(List.of(), List.of())
                : stored.pending().change();
        long revision = stored.revision() + 1;
        journal.commit(
                revision,
                new ActivityEntry(
                        revision,
                        Instant.parse("2026-02-03T04:05:06.789012345Z"),
                        ActivityKind.ACTION,
                        0,
                        "network create",
                        List.of(new PlannedStep("create bridge", List.of("ip link add"))),
                        17,
                        change,
                        change.inverse(stored.specs()),
                        List.of(new CommandExit(Id.random(), List.of(15, 9), 137))));
    }

    static SandboxStatus status(Id sandbox, int exitCode) {
        return new SandboxStatus(sandbox, exitCode == 0, 7, exitCode, Instant.EPOCH, null, "", false, 0);
    }

    /// `Specs.equals` does not look at the order, which has to survive as well.
    static List<Id> order(StoredState stored) {
        return stored.specs().all().stream().map(Spec::id).toList();
    }

    private interface Writing {
        void run() throws EngineException;
    }
}
