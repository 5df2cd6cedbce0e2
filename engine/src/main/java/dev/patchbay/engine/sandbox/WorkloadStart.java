package dev.patchbay.engine.sandbox;

/// What came of starting a sandbox's command.
public sealed interface WorkloadStart {
    /// It runs; it may already have ended again, which [SupervisedWorkload#exit] tells.
    record Running(SupervisedWorkload workload) implements WorkloadStart {}

    /// The person named a command that cannot be run. Nothing was started.
    ///
    /// @param exitCode Docker's: 127 not found, 126 not executable
    /// @param sentence Docker's, as `exec: "nosuch": executable file not found in $PATH`
    record Failed(int exitCode, String sentence) implements WorkloadStart {}
}
