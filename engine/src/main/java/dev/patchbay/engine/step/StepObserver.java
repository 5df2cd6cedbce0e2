package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;

/// Called before each step and after the last one. With it tests make a step fail or end the process.
public interface StepObserver {
    /// Does nothing; used outside of tests.
    StepObserver NONE = step -> {};

    /// @param boundary the name of the next step, or of the point between two steps
    void reached(String boundary) throws EngineException;
}
