package dev.patchbay.engine.status;

import dev.patchbay.engine.Id;
import java.util.List;

/// The exit of a sandbox's command.
///
/// @param signals that it was sent, in order; empty when it ended by itself
public record CommandExit(Id sandbox, List<Integer> signals, int exitCode) {
    public CommandExit {
        signals = List.copyOf(signals);
    }
}
