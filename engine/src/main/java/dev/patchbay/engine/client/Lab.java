package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import java.util.List;

/// The one Lab of a state directory: brings it up, takes it down, runs commands in it.
///
/// Any number of processes may use the same Lab at once. May be used from any thread.
public final class Lab {
    public Lab(LabDirectory directory, HelperCommand helper) {
        throw new UnsupportedOperationException("" + directory + helper);
    }

    /// Makes sure that the namespaces exist and that a helper answers in them.
    public LabStart up() throws EngineException {
        return missing();
    }

    /// Ends every process of the Lab, and with them its namespaces, links and rules.
    ///
    /// The records in the journal stay: the next [#up] makes networks and endpoints again and starts the
    /// containers that ran. Ask the helper to stop first, so that it can close its journal; nothing is lost
    /// when it cannot.
    public void down() throws EngineException {
        missing();
    }

    public LabStatus status() throws EngineException {
        return missing();
    }

    /// The command line that runs `words` in the Lab's host namespace, or in the `outside` namespace, with the
    /// directory, terminal and environment of whoever starts it. The Lab must be up.
    public List<String> command(List<String> words, boolean outside) throws EngineException {
        return missing();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private static <T> T missing() {
        throw new UnsupportedOperationException();
    }
}
