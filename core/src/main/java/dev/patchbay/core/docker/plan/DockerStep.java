package dev.patchbay.core.docker.plan;

import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.engine.protocol.PlannedStep;
import java.util.List;

/// One request of a change.
///
/// @param name as `create network shop`
/// @param line the `docker` command that does the same
/// @param back what takes it back
public record DockerStep(String name, String line, ApiRequest request, Back back) {
    /// How a step is taken back.
    public sealed interface Back {
        /// By requests, in this order.
        record By(List<DockerStep> steps) implements Back {
            public By {
                steps = List.copyOf(steps);
            }
        }

        /// It left nothing behind that could be.
        record Nothing() implements Back {}

        /// Not at all.
        ///
        /// @param reason as a person reads it
        record Never(String reason) implements Back {}
    }

    public DockerStep(String name, String line, ApiRequest request) {
        this(name, line, request, new Back.Nothing());
    }

    public DockerStep takenBackBy(DockerStep... steps) {
        return new DockerStep(name, line, request, new Back.By(List.of(steps)));
    }

    public DockerStep takenBackBy(List<DockerStep> steps) {
        return new DockerStep(name, line, request, new Back.By(steps));
    }

    public DockerStep neverTakenBack(String reason) {
        return new DockerStep(name, line, request, new Back.Never(reason));
    }

    public PlannedStep planned() {
        return new PlannedStep(name, List.of(line, request.toString()));
    }
}
