package dev.patchbay.engine.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.patchbay.engine.Id;

/// Whose network namespace is looked at, or probed from.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "of")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProbeSource.Host.class, name = "host"),
    @JsonSubTypes.Type(value = ProbeSource.Sandbox.class, name = "sandbox"),
    @JsonSubTypes.Type(value = ProbeSource.EngineContainer.class, name = "engine-container"),
    @JsonSubTypes.Type(value = ProbeSource.Outside.class, name = "outside")
})
public sealed interface ProbeSource {
    record Host() implements ProbeSource {}

    /// The namespace that the sandbox runs in, which may be the host's or another sandbox's.
    record Sandbox(Id sandbox) implements ProbeSource {}

    /// The namespace of a container that an engine has, if its process is in the cgroup that was made for it.
    ///
    /// @param engine its address, as `unix:///run/docker.sock`
    /// @param process of the container, as the engine tells it
    record EngineContainer(String engine, Id container, long process) implements ProbeSource {
        public EngineContainer {
            if (process < 1) {
                throw new IllegalArgumentException("invalid process: " + process);
            }
        }
    }

    /// The namespace that plays the rest of the world; only a Lab has one.
    record Outside() implements ProbeSource {}
}
