package dev.patchbay.engine.sandbox;

import java.time.Instant;

/// What a new helper finds of a sandbox that an earlier helper started.
public sealed interface Adoption {
    /// It runs in the network namespace of its spec.
    record Running(SupervisedWorkload workload) implements Adoption {}

    /// It runs in another network namespace than that of its spec, left from a start that was replaced.
    /// Stop it.
    record WrongNetns(SupervisedWorkload workload) implements Adoption {}

    /// It ended while no helper ran.
    record Ended(int exitCode, Instant finishedAt) implements Adoption {}

    /// It was never started, or its end is unknown, because it ended with the Lab's namespaces or with
    /// the machine.
    record NotFound() implements Adoption {}
}
