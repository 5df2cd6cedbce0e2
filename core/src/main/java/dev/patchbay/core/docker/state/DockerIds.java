package dev.patchbay.core.docker.state;

import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.engine.Id;

/// Ids of the picture from the engine's.
public final class DockerIds {
    private DockerIds() {}

    /// The id itself, or for what has an id of another form one that always follows from it.
    public static Id id(String engines) {
        return JsonValues.id(engines);
    }
}
