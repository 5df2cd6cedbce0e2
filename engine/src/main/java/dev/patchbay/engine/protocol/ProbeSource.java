package dev.patchbay.engine.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.patchbay.engine.Id;

/// The network namespace that is inspected, or from which a probe is sent.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "of")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProbeSource.Host.class, name = "host"),
    @JsonSubTypes.Type(value = ProbeSource.Sandbox.class, name = "sandbox"),
    @JsonSubTypes.Type(value = ProbeSource.EngineContainer.class, name = "engine-container"),
    @JsonSubTypes.Type(value = ProbeSource.Outside.class, name = "outside")
})
public sealed interface ProbeSource {
    record Host() implements ProbeSource {}

    /// The namespace of the sandbox, which may be the host's or another sandbox's.
    record Sandbox(Id sandbox) implements ProbeSource {}

    /// The namespace of an engine's container, if its process is in the container's cgroup.
    ///
    /// @param engine its address, as `unix:///run/docker.sock`
    /// @param process pid of the container, as the engine reports it
    record EngineContainer(String engine, Id container, long process) implements ProbeSource {
        public EngineContainer {
            if (process < 1) {
                throw new IllegalArgumentException("invalid process: " + process);
            }
        }
    }

    /// The namespace that represents the outside; only a Lab has one.
    record Outside() implements ProbeSource {}
}
