package dev.patchbay.core.compose;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The facts about a host, beside its topology, that a comparison needs.
public interface ProjectHost {
    /// The defaults of a container of this image; empty when the image has to be pulled first.
    ///
    /// @param command of the container; empty for the image's own
    /// @throws RefusedException when the host can have no such image, or it needs a command
    Optional<ImageDefaults> image(String name, List<String> command) throws EngineException, RefusedException;

    /// Whether ports, aliases, and the settings of a network can change while the object exists. On
    /// another host the object is recreated.
    boolean changesInPlace();

    /// Names of the variables that the host adds to each container, beside those of its image.
    default Set<String> addedVariables() {
        return Set.of();
    }

    /// Driver options that it may add to a network that was made without them.
    default Map<String, String> addedNetworkOptions() {
        return Map.of();
    }

    /// Whether the host distinguishes a port without a host address from one on 0.0.0.0.
    default boolean tellsAnyAddress() {
        return true;
    }

    /// How far an undo restores removed containers.
    enum Undo {
        WHOLE(""),
        WITHOUT_FILES("undo creates a removed container again, without the files that it has outside of volumes"),
        NONE("undo cannot restore a removed container on this engine");

        private final String note;

        Undo(String note) {
            this.note = note;
        }

        /// Empty for everything.
        public String note() {
            return note;
        }
    }

    default Undo undoOfRemoval() {
        return Undo.WHOLE;
    }

    /// The values of a container that nobody asked for, so that a Compose file leaves them out.
    ///
    /// @param container of this host
    default ImageDefaults impliedSettings(Container container) throws EngineException, RefusedException {
        return ImageDefaults.NONE;
    }

    /// The name of a variable in a `NAME=value` line.
    static String variable(String line) {
        return line.substring(0, line.indexOf('=') < 0 ? line.length() : line.indexOf('='));
    }

    /// @param command of containers without one
    /// @param environment `NAME=value` lines
    record ImageDefaults(List<String> command, List<String> environment, Map<String, String> labels) {
        public static final ImageDefaults NONE = new ImageDefaults(List.of(), List.of(), Map.of());

        public ImageDefaults {
            command = List.copyOf(command);
            environment = List.copyOf(environment);
            labels = Map.copyOf(labels);
        }
    }
}
