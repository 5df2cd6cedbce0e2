package dev.patchbay.core.compose;

import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a comparison needs of a host beside its topology.
public interface ProjectHost {
    /// What a container of this image has without being asked; empty when the image has to be pulled first.
    ///
    /// @param command what the container is to run; empty for the image's own
    /// @throws RefusedException when the host can have no such image, or it needs a command
    Optional<ImageDefaults> image(String name, List<String> command) throws EngineException, RefusedException;

    /// Whether ports, aliases, and the settings of a network change while the object exists. On another host the
    /// object is made anew.
    boolean changesInPlace();

    /// Names of the variables that each container gets from the host by itself, beside its image's.
    default Set<String> addedVariables() {
        return Set.of();
    }

    /// Whether a port without a host address is told from one on 0.0.0.0.
    default boolean tellsAnyAddress() {
        return true;
    }

    /// @param command that runs when the container is given none
    /// @param environment `NAME=value` lines
    record ImageDefaults(List<String> command, List<String> environment, Map<String, String> labels) {
        public ImageDefaults {
            command = List.copyOf(command);
            environment = List.copyOf(environment);
            labels = Map.copyOf(labels);
        }
    }
}
