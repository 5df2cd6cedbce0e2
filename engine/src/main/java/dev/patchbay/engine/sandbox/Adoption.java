package dev.patchbay.engine.sandbox;

import java.time.Instant;

/// What a new helper finds of a sandbox that an earlier one started.
public sealed interface Adoption {
    /// It runs, in the network namespace that its spec names.
    record Running(SupervisedWorkload workload) implements Adoption {}

    /// It runs, but in another network namespace than its spec names: left from a start that was replaced. Stop it.
    record WrongNetns(SupervisedWorkload workload) implements Adoption {}

    /// It ended while nobody watched.
    record Ended(int exitCode, Instant finishedAt) implements Adoption {}

    /// It was never started, or nothing is known of its end: it went with the Lab's namespaces or with the machine.
    record NotFound() implements Adoption {}
}
