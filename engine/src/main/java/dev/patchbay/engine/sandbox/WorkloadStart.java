package dev.patchbay.engine.sandbox;

/// The result of starting a sandbox's command.
public sealed interface WorkloadStart {
    /// It was started; it may have ended already, see [SupervisedWorkload#exit].
    record Running(SupervisedWorkload workload) implements WorkloadStart {}

    /// The command cannot be run, and nothing was started.
    ///
    /// @param exitCode Docker's: 127 not found, 126 not executable
    /// @param sentence Docker's, as `exec: "nosuch": executable file not found in $PATH`
    record Failed(int exitCode, String sentence) implements WorkloadStart {}
}
