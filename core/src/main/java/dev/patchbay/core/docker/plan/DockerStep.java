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
/// @param lines the command that does the same, and what is done in detail
/// @param inverse what takes it back
/// @param preconditions what has to hold when it is done some time after it was planned: to take something back, or
///     again
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
        /// The engine.
        record EngineRequest(ApiRequest request) implements Action {}

        /// The engine pulls an image, with the credentials that the person has for its registry. They are no part of
        /// the request, which is shown and kept.
        record Pull(String image) implements Action {}

        /// The engine makes an object.
        ///
        /// @param id of the object whose place it takes; before there was one, what stands for it
        record CreateObject(ApiRequest request, String id) implements Action {}

        /// Patchbay's helper on the engine's host, for what the engine has no request for.
        ///
        /// @param publish ports that come, or take the place of the one with the same id; their sandbox is the
        ///     container
        /// @param withdraw ports that go
        record ExternalPublish(String title, List<PortSpec> publish, List<PortSpec> withdraw) implements Action {
            /// Where the answer has the host ports that nobody named.
            public static final String CHOSEN_PORTS = "/Chosen";

            public ExternalPublish {
                publish = List.copyOf(publish);
                withdraw = List.copyOf(withdraw);
            }

            public ExternalPublish reversed() {
                return new ExternalPublish("undo: " + title, withdraw, publish);
            }

            /// The same for the containers that stand for these now.
            public ExternalPublish withOwners(UnaryOperator<Id> successor) {
                return new ExternalPublish(title, withOwners(publish, successor), withOwners(withdraw, successor));
            }

            private static List<PortSpec> withOwners(List<PortSpec> ports, UnaryOperator<Id> successor) {
                return ports.stream()
                        .map(port -> port.withSandbox(successor.apply(port.sandbox())))
                        .toList();
            }
        }

        /// Patchbay's helper: what is beside the engine of one container, ports and places, goes over to another.
        ///
        /// @param from id of the one that has them
        /// @param to id of the one that gets them
        record TransferOwnership(String from, String to) implements Action {}

        /// Looks whether a container that was started is still there a moment later.
        record VerifyRunning(EngineObject container) implements Action {}

        /// The engine removes a container that nothing needs any more. One that it cannot remove whole is no failure:
        /// there is no way back to it.
        ///
        /// @param container its id
        /// @param successor id of the container in its place
        record DiscardContainer(ApiRequest request, String container, String successor) implements Action {}

        /// Patchbay's helper likewise, for networks that the engine does not know of and the places of its containers
        /// on them.
        ///
        /// @param added networks and endpoints that come, or take the place of those with the same id; the
        ///     sandbox of an endpoint is the container
        /// @param removed those that go
        record AttachedNetworkChange(String title, List<Spec> added, List<Spec> removed) implements Action {
            public AttachedNetworkChange {
                added = List.copyOf(added);
                removed = List.copyOf(removed);
            }

            /// Without the sandboxes: they follow their containers.
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

            /// The same for the containers that stand for these now.
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
        /// By requests, in this order.
        record Steps(List<DockerStep> steps) implements Inverse {
            public Steps {
                steps = List.copyOf(steps);
            }
        }

        /// It left nothing behind that could be.
        record NotNeeded() implements Inverse {}

        /// Not at all.
        ///
        /// @param reason as a person reads it
        record Impossible(String reason) implements Inverse {}
    }

    /// Why what another engine's container lost is not given back from here.
    public static final String OTHER_ENGINE_REASON = "the container is another engine's";

    public DockerStep {
        lines = List.copyOf(lines);
        preconditions = List.copyOf(preconditions);
    }

    public DockerStep(String name, List<String> lines, Action act, Inverse back) {
        this(name, lines, act, back, List.of());
    }

    /// @param line the `docker` command that does the same
    public DockerStep(String name, String line, ApiRequest request) {
        this(name, List.of(line, request.toString()), new Action.EngineRequest(request), new Inverse.NotNeeded());
    }

    /// @param shown the request with names, as a person reads it
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

    /// Ids of the objects that it or what takes it back is about.
    Stream<String> objectIds() {
        Stream<String> own = preconditions.stream().map(Precondition::objectIds).flatMap(List::stream);
        return inverse instanceof Inverse.Steps(List<DockerStep> steps)
                ? Stream.concat(own, steps.stream().flatMap(DockerStep::objectIds))
                : own;
    }

    public PlannedStep planned() {
        return new PlannedStep(name, lines);
    }
}
