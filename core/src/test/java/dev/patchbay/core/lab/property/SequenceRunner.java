package dev.patchbay.core.lab.property;

import dev.patchbay.core.lab.LabHost;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.status.PlannedStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A Lab that sequences are played on, one after the other: each leads back to where it began.
final class SequenceRunner implements AutoCloseable {
    /// The kernel is looked at after so many steps; the records after every one.
    private static final int LOOK_EVERY = 10;

    private final RealLab lab;
    private final ObservedKernel start;

    SequenceRunner(Path home) throws Exception {
        lab = new RealLab(Files.createDirectories(home));
        try {
            lab.onHost(ObservedKernel.FOREIGN);
            // Once it has had a port a bridge keeps what the kernel gives it by itself.
            play(
                    List.of(new ModelStep.Do(
                            Change.RunContainer.of("box1", "host", StepSequence.WORKLOAD, List.of()), false)),
                    false);
            start = ObservedKernel.of(lab);
        } catch (Exception | AssertionError e) {
            lab.close();
            throw e;
        }
    }

    void play(List<ModelStep> steps) throws EngineException, IOException {
        play(steps, true);
    }

    private void play(List<ModelStep> steps, boolean compared) throws EngineException, IOException {
        ModelHistory history = new ModelHistory();
        Topology topology = lab.controller().topology();
        for (int i = 0; i < steps.size(); i++) {
            ModelStep step = steps.get(i);
            String when = "after step " + (i + 1) + ", " + step;
            boolean done = take(step, history, when);
            long before = topology.revision();
            topology = lab.controller().topology();
            check(done || topology.revision() == before, when + ": was refused and changed something");
            same(ExpectedKernel.records(topology), ExpectedKernel.records(history.now()), when);
            if (compared && ((i + 1) % LOOK_EVERY == 0 || i + 1 == steps.size())) {
                ObservedKernel seen = ObservedKernel.of(lab);
                same(seen.facts(), ExpectedKernel.of(history.now(), topology), when);
                same(seen.foreign(), start.foreign(), when);
            }
        }
        nothingToRepair("at the end");
        while (history.undoable() > 0) {
            take(new ModelStep.Undo(), history, "undoing all");
        }
        if (compared) {
            same(ObservedKernel.of(lab).all(), start.all(), "after all is undone");
            nothingToRepair("after all is undone");
        }
    }

    /// @return whether it was done, and not refused
    private boolean take(ModelStep step, ModelHistory history, String when) throws EngineException {
        LabHost controller = lab.controller();
        return switch (step) {
            case ModelStep.Do(Change change, boolean previewed) -> {
                Outcome shown = previewed ? controller.preview(change) : null;
                Outcome outcome = controller.apply(change);
                if (shown != null) {
                    check(steps(shown).equals(steps(outcome)), when + ": was not done as shown: " + shown);
                }
                yield act(outcome, ModelChange.of(history.now(), change), history, when);
            }
            case ModelStep.Undo _ ->
                again(controller.apply(HistoryAction.UNDO), history.undoable() > 0, history::undo, when);
            // What the sequence before left to be done again is not known.
            case ModelStep.Redo _ when !history.acted() -> true;
            case ModelStep.Redo _ ->
                again(controller.apply(HistoryAction.REDO), history.redoable() > 0, history::redo, when);
            case ModelStep.Repair _ -> {
                List<PlannedStep> repaired = controller.repair(false);
                check(repaired.isEmpty(), when + ": there was something to repair\n" + lines(repaired));
                yield true;
            }
        };
    }

    /// What a refusal says stands for the steps it does not have.
    private static Object steps(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done.steps();
            case Outcome.Refused(Refusal refusal) -> refusal.code();
        };
    }

    private static boolean act(Outcome outcome, Optional<ModelHost> foretold, ModelHistory history, String when) {
        return switch (outcome) {
            case Outcome.Refused(Refusal refusal) -> {
                check(foretold.isEmpty(), when + ": was refused: " + refusal.sentence());
                yield false;
            }
            case Outcome.Done done -> {
                ModelHost after = foretold.orElseThrow(() -> new AssertionError(when + ": was not refused"));
                check(done.activity() > 0 || after.sameAs(history.now()), when + ": was not written down");
                if (done.activity() > 0) {
                    history.act(after);
                }
                yield true;
            }
        };
    }

    private static boolean again(Outcome outcome, boolean possible, Runnable move, String when) {
        return switch (outcome) {
            case Outcome.Refused(Refusal refusal) -> {
                check(!possible, when + ": was refused: " + refusal.sentence());
                yield false;
            }
            case Outcome.Done _ -> {
                check(possible, when + ": was not refused");
                move.run();
                yield true;
            }
        };
    }

    private void nothingToRepair(String when) throws EngineException {
        List<PlannedStep> missing = lab.controller().repair(true);
        check(missing.isEmpty(), when + ": there is something to repair\n" + lines(missing));
    }

    private static String lines(List<PlannedStep> steps) {
        return steps.stream().map(step -> "    " + step.lines()).collect(Collectors.joining("\n"));
    }

    private static void same(List<String> is, List<String> should, String when) {
        List<String> more = new ArrayList<>(is);
        should.forEach(more::remove);
        List<String> less = new ArrayList<>(should);
        is.forEach(less::remove);
        check(
                more.isEmpty() && less.isEmpty(),
                when + ": too much\n    " + String.join("\n    ", more) + "\n  too little\n    "
                        + String.join("\n    ", less));
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    @Override
    public void close() throws EngineException {
        lab.close();
    }
}
