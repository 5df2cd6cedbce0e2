package dev.patchbay.engine.status;

import java.util.List;

/// One step of a plan as a person reads it.
///
/// @param name as `create bridge pb-78553fab25ef`
/// @param lines the `ip` or `iptables` command lines that do the same by hand
public record PlannedStep(String name, List<String> lines) {
    public PlannedStep {
        lines = List.copyOf(lines);
    }
}
