package dev.patchbay.engine.status;

import java.util.List;

/// One step of a plan as a person reads it.
///
/// @param name as `create bridge pb-78553fab25ef`
/// @param lines the `ip` or `iptables` command lines that do the same by hand
public record PlannedStep(String name, List<String> lines) {
    /// The prefix of the name of a step that starts the command of a sandbox.
    public static final String START_WORKLOAD = "start the command of ";

    public PlannedStep {
        lines = List.copyOf(lines);
    }

    /// Whether the lines hold the command line of a sandbox.
    public boolean showsWorkloadCommand() {
        return name.startsWith(START_WORKLOAD);
    }
}
