package dev.patchbay.core.model;

/// How an engine without root connects its containers with the host. Its bridges and rules are in a network namespace
/// of its own, which is not the host's.
///
/// @param networkDriver the program that carries packets out of that namespace, as `slirp4netns` or `pasta`; empty
///     where the engine does not tell it
/// @param portDriver how RootlessKit forwards published ports into it, as `builtin`; empty where the engine does not
///     tell it, as Podman
public record RootlessEngine(String networkDriver, String portDriver) {}
