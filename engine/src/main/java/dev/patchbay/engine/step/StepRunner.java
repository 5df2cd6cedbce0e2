package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Runs steps. One thread at a time.
public final class StepRunner {
    private static final System.Logger LOG = System.getLogger(StepRunner.class.getName());

    private final KernelAccess kernel;
    private final StepObserver observer;

    public StepRunner(KernelAccess kernel, StepObserver watch) {
        this.kernel = kernel;
        this.observer = watch;
    }

    /// Runs all steps of a repair, even when some fail.
    ///
    /// @throws EngineException the first failure, with the others attached as suppressed, after all
    ///     steps were tried
    public void repair(List<Step> steps) throws EngineException {
        EngineException first = null;
        for (Step step : steps) {
            try {
                observer.reached(step.name());
                step.run(kernel);
            } catch (EngineException | RuntimeException e) {
                if (first == null) {
                    first = failure(step.name(), e);
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /// Records that the steps were run.
    public interface Commit<T> {
        T write() throws EngineException;
    }

    /// Runs the steps in order, and then the commit. When a step or the commit fails, the completed part
    /// of that step and all steps before it are undone in reverse order.
    ///
    /// @return what the commit returned
    /// @throws EngineException the failure; failures to undo are attached as suppressed
    public <T> T run(List<Step> steps, Commit<T> commit) throws EngineException {
        Deque<Step> begun = new ArrayDeque<>();
        String current = "run the steps";
        try {
            for (Step step : steps) {
                current = step.name();
                observer.reached(current);
                begun.push(step);
                step.run(kernel);
            }
            current = "record the change";
            observer.reached("all steps done");
            return commit.write();
        } catch (EngineException | RuntimeException e) {
            EngineException failure = failure(current, e);
            undo(begun, failure);
            throw failure;
        }
    }

    private static EngineException failure(String step, Exception e) {
        return e instanceof RuntimeException unexpected
                ? EngineException.unexpected(step, unexpected)
                : (EngineException) e;
    }

    /// Called after the change was recorded. The next comparison handles what fails here.
    public void conclude(List<Step> steps) {
        for (Step step : steps) {
            try {
                step.conclude(kernel);
            } catch (EngineException | RuntimeException e) {
                LOG.log(Level.WARNING, "cleanup after a step failed", e);
            }
        }
    }

    /// Deletes the UDP flows that an interrupted change has left.
    ///
    /// @param change the last one that was recorded
    public void concludeUdpFlows(Specs before, SpecChange change) {
        Set<Id> sandboxes = new LinkedHashSet<>();
        Specs after = before.after(change);
        Stream.of(before, after).map(Specs::sandboxes).forEach(all -> all.forEach(one -> sandboxes.add(one.id())));
        Stream.of(before, after)
                .map(Specs::externalPublishes)
                .forEach(all -> all.forEach(one -> sandboxes.add(one.containerId())));
        conclude(FlushUdpConntrackStep.between(before, after, sandboxes));
    }

    private void undo(Deque<Step> begun, EngineException failure) {
        for (Step step : begun) {
            try {
                step.undo(kernel);
            } catch (EngineException | RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
