package dev.patchbay.engine.status;

import dev.patchbay.engine.Id;
import java.util.List;

/// The end of a sandbox's command.
///
/// @param signals that it was sent, in order; none when it ended by itself
public record CommandExit(Id sandbox, List<Integer> signals, int exitCode) {
    public CommandExit {
        signals = List.copyOf(signals);
    }
}
