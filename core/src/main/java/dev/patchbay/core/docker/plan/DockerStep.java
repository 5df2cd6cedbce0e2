package dev.patchbay.core.docker.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.PlannedStep;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// One step of a change.
///
/// @param name as `create network shop`
/// @param lines the equivalent command, and details
/// @param inverse undoes it
/// @param preconditions checked when the step is done some time after planning, for an undo or redo
public record DockerStep(
        String name, List<String> lines, Action action, Inverse inverse, List<Precondition> preconditions) {
    /// Who does it.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Action.EngineRequest.class, name = "request"),
        @JsonSubTypes.Type(value = Action.Pull.class, name = "pull"),
        @JsonSubTypes.Type(value = Action.CreateObject.class, name = "create"),
        @JsonSubTypes.Type(value = Action.ExternalPublish.class, name = "external-publish"),
        @JsonSubTypes.Type(value = Action.TransferOwnership.class, name = "transfer-ownership"),
        @JsonSubTypes.Type(value = Action.VerifyRunning.class, name = "verify-running"),
        @JsonSubTypes.Type(value = Action.DiscardContainer.class, name = "discard-container"),
        @JsonSubTypes.Type(value = Action.AttachedNetworkChange.class, name = "attached-network")
    })
    public sealed interface Action {
        /// A request to the engine.
        record EngineRequest(ApiRequest request) implements Action {}

        /// A pull by the engine, with the person's credentials for the registry. They are not part of
        /// the request, which is shown and stored.
        record Pull(String image) implements Action {}

        /// A request to the engine that creates an object.
        ///
        /// @param id of the object that it replaces; without one a placeholder
        record CreateObject(ApiRequest request, String id) implements Action {}

        /// A change by Patchbay's helper on the engine's host, for which the engine has no request.
        ///
        /// @param publish new ports, or replacements of ports with the same id; their sandbox is the
        ///     container
        /// @param withdraw ports to remove
        record ExternalPublish(String title, List<PortSpec> publish, List<PortSpec> withdraw) implements Action {
            /// The host ports that were chosen, in the answer.
            public static final String CHOSEN_PORTS = "/Chosen";

            public ExternalPublish {
                publish = List.copyOf(publish);
                withdraw = List.copyOf(withdraw);
            }

            public ExternalPublish reversed() {
                return new ExternalPublish("undo: " + title, withdraw, publish);
            }

            /// The same for the present containers.
            public ExternalPublish withOwners(UnaryOperator<Id> successor) {
                return new ExternalPublish(title, withOwners(publish, successor), withOwners(withdraw, successor));
            }

            private static List<PortSpec> withOwners(List<PortSpec> ports, UnaryOperator<Id> successor) {
                return ports.stream()
                        .map(port -> port.withSandbox(successor.apply(port.sandbox())))
                        .toList();
            }
        }

        /// Patchbay's helper transfers the ports and endpoints of one container beside the engine to
        /// another.
        ///
        /// @param from id of the present owner
        /// @param to id of the new owner
        record TransferOwnership(String from, String to) implements Action {}

        /// Checks that a started container still runs a moment later.
        record VerifyRunning(EngineObject container) implements Action {}

        /// The engine removes a container that is not needed any more. A partial removal is no failure,
        /// because the container cannot be restored.
        ///
        /// @param container its id
        /// @param successor id of the container that replaces it
        record DiscardContainer(ApiRequest request, String container, String successor) implements Action {}

        /// A change by Patchbay's helper of managed networks and endpoints.
        ///
        /// @param added new networks and endpoints, or replacements of those with the same id; the
        ///     sandbox of an endpoint is the container
        /// @param removed those to remove
        record AttachedNetworkChange(String title, List<Spec> added, List<Spec> removed) implements Action {
            public AttachedNetworkChange {
                added = List.copyOf(added);
                removed = List.copyOf(removed);
            }

            /// Without sandboxes, which follow their containers.
            public static AttachedNetworkChange of(String title, SpecChange change, Specs before) {
                return new AttachedNetworkChange(
                        title,
                        change.put().stream()
                                .filter(spec -> !(spec instanceof SandboxSpec))
                                .toList(),
                        Stream.concat(change.put().stream().map(Spec::id), change.remove().stream())
                                .flatMap(id -> Stream.ofNullable(before.find(id)))
                                .filter(spec -> !(spec instanceof SandboxSpec))
                                .toList());
            }

            public AttachedNetworkChange reversed() {
                return new AttachedNetworkChange("undo: " + title, removed, added);
            }

            /// The same for the present containers.
            public AttachedNetworkChange of(UnaryOperator<Id> successor) {
                return new AttachedNetworkChange(title, of(added, successor), of(removed, successor));
            }

            private static List<Spec> of(List<Spec> specs, UnaryOperator<Id> successor) {
                return specs.stream()
                        .<Spec>map(spec -> spec instanceof EndpointSpec endpoint
                                ? endpoint.withSandbox(successor.apply(endpoint.sandbox()))
                                : spec)
                        .toList();
            }
        }
    }

    /// How a step is taken back.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Inverse.Steps.class, name = "steps"),
        @JsonSubTypes.Type(value = Inverse.NotNeeded.class, name = "not-needed"),
        @JsonSubTypes.Type(value = Inverse.Impossible.class, name = "impossible")
    })
    public sealed interface Inverse {
        /// With these steps, in this order.
        record Steps(List<DockerStep> steps) implements Inverse {
            public Steps {
                steps = List.copyOf(steps);
            }
        }

        /// It left nothing to undo.
        record NotNeeded() implements Inverse {}

        /// It cannot be undone.
        ///
        /// @param reason for a person
        record Impossible(String reason) implements Inverse {}
    }

    /// Why an endpoint or port of another engine's container cannot be restored here.
    public static final String OTHER_ENGINE_REASON = "the container is another engine's";

    public DockerStep {
        lines = List.copyOf(lines);
        preconditions = List.copyOf(preconditions);
    }

    public DockerStep(String name, List<String> lines, Action act, Inverse back) {
        this(name, lines, act, back, List.of());
    }

    /// @param line the equivalent `docker` command
    public DockerStep(String name, String line, ApiRequest request) {
        this(name, List.of(line, request.toString()), new Action.EngineRequest(request), new Inverse.NotNeeded());
    }

    /// @param shown the request with names, for a person
    /// @param sent the same with ids
    public static DockerStep request(String name, String line, ApiRequest shown, ApiRequest sent) {
        return new DockerStep(
                name,
                List.of(line, shown.toString()),
                new Action.EngineRequest(sent),
                new Inverse.NotNeeded(),
                List.of());
    }

    public DockerStep requiring(Precondition... more) {
        return new DockerStep(
                name,
                lines,
                action,
                inverse,
                Stream.concat(preconditions.stream(), Stream.of(more)).toList());
    }

    public DockerStep withInverse(DockerStep... steps) {
        return withInverse(List.of(steps));
    }

    public DockerStep withInverse(List<DockerStep> steps) {
        return new DockerStep(name, lines, action, new Inverse.Steps(steps), preconditions);
    }

    public DockerStep withoutInverse(String reason) {
        return new DockerStep(name, lines, action, new Inverse.Impossible(reason), preconditions);
    }

    /// Whether it cannot be undone.
    boolean isFinal() {
        return inverse instanceof Inverse.Impossible;
    }

    /// Ids of the objects of this step and its inverse.
    Stream<String> objectIds() {
        Stream<String> own = preconditions.stream().map(Precondition::objectIds).flatMap(List::stream);
        return inverse instanceof Inverse.Steps(List<DockerStep> steps)
                ? Stream.concat(own, steps.stream().flatMap(DockerStep::objectIds))
                : own;
    }

    /// As a person sees it before it is done, with what cannot be given back.
    public PlannedStep planned() {
        return inverse instanceof Inverse.Impossible(String reason)
                ? new PlannedStep(
                        name,
                        Stream.concat(lines.stream(), Stream.of("# cannot be undone: " + reason))
                                .toList())
                : new PlannedStep(name, lines);
    }
}
