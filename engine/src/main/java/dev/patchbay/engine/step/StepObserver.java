package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;

/// Told before each step and after the last: where tests make a step fail or the process die.
public interface StepObserver {
    /// The product's own: does nothing.
    StepObserver NONE = step -> {};

    /// @param boundary the name of the step about to run, or what lies between two steps
    void reached(String boundary) throws EngineException;
}
