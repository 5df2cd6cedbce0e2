package dev.patchbay.core.docker.plan;

import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.engine.protocol.PlannedStep;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import java.util.List;
import java.util.stream.Stream;

/// One step of a change.
///
/// @param name as `create network shop`
/// @param lines the command that does the same, and what is done in detail
/// @param back what takes it back
public record DockerStep(String name, List<String> lines, Act act, Back back) {
    /// Who does it.
    public sealed interface Act {
        /// The engine.
        record Ask(ApiRequest request) implements Act {}

        /// Patchbay's helper on the engine's host, for what the engine has no request for.
        ///
        /// @param publish ports that come, or take the place of the one with the same id; their sandbox is the
        ///     container
        /// @param withdraw ports that go
        record Forward(String title, List<PortSpec> publish, List<PortSpec> withdraw) implements Act {
            public Forward {
                publish = List.copyOf(publish);
                withdraw = List.copyOf(withdraw);
            }

            public Forward reversed() {
                return new Forward("undo: " + title, withdraw, publish);
            }
        }

        /// Patchbay's helper: what is beside the engine of one container, ports and places, goes over to another.
        ///
        /// @param from name of the one that has them
        /// @param to name of the one that gets them
        record HandOver(String from, String to) implements Act {}

        /// Looks whether a container that was started is still there a moment later.
        record Survive(String container) implements Act {}

        /// The engine removes a container that nothing needs any more. One that it cannot remove whole is no failure:
        /// there is no way back to it.
        record Discard(ApiRequest request, String container) implements Act {}
        /// Patchbay's helper likewise, for networks that the engine does not know of and the places of its containers
        /// on them.
        ///
        /// @param come networks and endpoints that come, or take the place of those with the same id; the
        ///     sandbox of an endpoint is the container
        /// @param go those that go
        record Wire(String title, List<Spec> come, List<Spec> go) implements Act {
            public Wire {
                come = List.copyOf(come);
                go = List.copyOf(go);
            }

            /// Without the sandboxes: they follow their containers.
            static Wire of(String title, SpecChange change, Specs before) {
                return new Wire(
                        title,
                        change.put().stream()
                                .filter(spec -> !(spec instanceof SandboxSpec))
                                .toList(),
                        Stream.concat(change.put().stream().map(Spec::id), change.remove().stream())
                                .flatMap(id -> Stream.ofNullable(before.find(id)))
                                .filter(spec -> !(spec instanceof SandboxSpec))
                                .toList());
            }

            public Wire reversed() {
                return new Wire("undo: " + title, go, come);
            }
        }
    }

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

    /// Why what another engine's container lost is not given back from here.
    static final String OF_ANOTHER_ENGINE = "the container is another engine's";

    public DockerStep {
        lines = List.copyOf(lines);
    }

    /// @param line the `docker` command that does the same
    public DockerStep(String name, String line, ApiRequest request) {
        this(name, List.of(line, request.toString()), new Act.Ask(request), new Back.Nothing());
    }

    public DockerStep takenBackBy(DockerStep... steps) {
        return takenBackBy(List.of(steps));
    }

    public DockerStep takenBackBy(List<DockerStep> steps) {
        return new DockerStep(name, lines, act, new Back.By(steps));
    }

    public DockerStep neverTakenBack(String reason) {
        return new DockerStep(name, lines, act, new Back.Never(reason));
    }

    public PlannedStep planned() {
        return new PlannedStep(name, lines);
    }
}
