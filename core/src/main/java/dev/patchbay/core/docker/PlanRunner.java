package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.config.RegistryCredentials;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.port.ExternalPublisher;
import dev.patchbay.core.docker.recreate.Replacement;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.refusal.HistoryRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.status.ActivityKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs plans, one at a time: all of their requests, or none of them.
final class PlanRunner {
    private final DockerEngine engine;
    private final ExternalPublisher externalPublisher;
    private final AttachedNetworkExecutor attachedNetworks;
    private final EngineHistory history;
    private final Consumer<String> progress;
    private final RegistryCredentials credentials;

    PlanRunner(
            DockerEngine engine,
            ExternalPublisher externalPublisher,
            AttachedNetworkExecutor attachedNetworks,
            RegistryCredentials credentials,
            EngineHistory history,
            Consumer<String> progress) {
        this.engine = engine;
        this.externalPublisher = externalPublisher;
        this.attachedNetworks = attachedNetworks;
        this.credentials = credentials;
        this.history = history;
        this.progress = progress;
    }

    /// Something that plans and runs.
    @FunctionalInterface
    interface Work {
        Outcome run() throws EngineException, RefusedException;
    }

    /// Does this when all that was begun before is done, so that it is planned for what that left behind.
    Outcome runSerially(Work work) throws EngineException {
        history.begin();
        return runInTurn(work);
    }

    /// Does this unless something else is under way, which a person may not have meant to take back.
    Outcome runUnlessBusy(Work work) throws EngineException {
        return history.tryBegin()
                ? runInTurn(work)
                : new Outcome.Refused(
                        HistoryRefusals.actionInProgress(history.runningTitle()).refusal());
    }

    private Outcome runInTurn(Work work) throws EngineException {
        try {
            history.takeProblem()
                    .ifPresent(problem -> progress.accept("Only this program remembers what it does: " + problem));
            return work.run();
        } catch (RefusedException refused) {
            return new Outcome.Refused(refused.refusal());
        } finally {
            history.end();
        }
    }

    /// In one's turn.
    ///
    /// @param refersTo number of the action that is taken back or done again; 0 for a new one
    Outcome run(DockerPlan plan, ActivityKind kind, long refersTo) throws EngineException {
        history.setRunningTitle(plan.title());
        return runSteps(plan, kind, refersTo);
    }

    private Outcome runSteps(DockerPlan plan, ActivityKind kind, long refersTo) throws EngineException {
        if (plan.steps().isEmpty() && refersTo == 0) {
            return new Outcome.Done("", plan.title(), List.of(), 0);
        }
        long begun = System.nanoTime();
        List<JsonNode> answers = new ArrayList<>();
        for (DockerStep step : plan.steps()) {
            try {
                answers.add(runStep(step));
            } catch (RefusedException refused) {
                return new Outcome.Refused(rollBack(plan, answers.size(), refused.refusal()));
            } catch (EngineException lost) {
                throw outcomeUnknown(plan.steps().subList(0, answers.size()), step, lost);
            }
        }
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
        long number = history.add(plan, kind, refersTo, micros);
        return new Outcome.Done(plan.output(answers), plan.title(), plan.planned(), number);
    }

    /// Nobody is there to take anything back: what was done has to be known.
    private EngineException outcomeUnknown(List<DockerStep> done, DockerStep step, EngineException lost) {
        List<String> names = done.stream()
                .filter(earlier -> !(earlier.inverse() instanceof DockerStep.Inverse.NotNeeded))
                .map(DockerStep::name)
                .toList();
        String unknown = switch (lost.kind()) {
            case NOT_RESPONDING -> unknownOutcomeText(step) + ", and may still do it.";
            case DISCONNECTED -> unknownOutcomeText(step) + ", and may have done it.";
            case FAILED, REJECTED, OUTCOME_UNKNOWN -> "";
        };
        String before = names.isEmpty() ? "" : " Done before, and not taken back: " + String.join(", ", names) + ".";
        return unknown.isEmpty() && before.isEmpty()
                ? lost
                : new EngineException(
                        lost.step(), lost.reason() + unknown + before, EngineException.Kind.OUTCOME_UNKNOWN, lost);
    }

    private static String unknownOutcomeText(DockerStep step) {
        String asked = switch (step.action()) {
            case DockerStep.Action.ExternalPublish _,
                    DockerStep.Action.AttachedNetworkChange _,
                    DockerStep.Action.TransferOwnership _ -> "the helper";
            case DockerStep.Action.EngineRequest _,
                    DockerStep.Action.Pull _,
                    DockerStep.Action.CreateObject _,
                    DockerStep.Action.VerifyRunning _,
                    DockerStep.Action.DiscardContainer _ -> "the engine";
        };
        return " The outcome is unknown: " + asked + " was asked to " + step.name();
    }

    /// The refusal, with what could not be taken back of the steps before it.
    ///
    /// @throws EngineException when the engine goes away meanwhile, with all of that
    private Refusal rollBack(DockerPlan plan, int done, Refusal refusal) throws EngineException {
        List<String> left = new ArrayList<>();
        for (DockerStep step : plan.steps().subList(0, done)) {
            if (step.inverse() instanceof DockerStep.Inverse.Impossible(String reason)) {
                left.add("not taken back: " + step.name() + " (" + reason + ")");
            }
        }
        List<DockerStep> back = plan.rollback(done);
        for (int next = 0; next < back.size(); next++) {
            DockerStep step = back.get(next);
            try {
                runStep(step);
            } catch (RefusedException alsoRefused) {
                left.add("could not " + step.name() + ": "
                        + alsoRefused.refusal().sentence());
            } catch (EngineException lost) {
                back.subList(next, back.size()).forEach(missing -> left.add("did not " + missing.name()));
                throw new EngineException(
                        lost.step(),
                        withLeftovers(left, refusal.sentence()) + ". Meanwhile: " + lost.reason(),
                        EngineException.Kind.OUTCOME_UNKNOWN,
                        lost);
            }
        }
        return left.isEmpty()
                ? refusal
                : new Refusal(refusal.code(), withLeftovers(left, refusal.sentence()), refusal.advice());
    }

    private static String withLeftovers(List<String> left, String sentence) {
        return sentence + "; and " + String.join("; ", left);
    }

    private JsonNode runStep(DockerStep step) throws EngineException, RefusedException {
        return switch (step.action()) {
            case DockerStep.Action.Pull(String image) -> pull(step.name(), image);
            case DockerStep.Action.EngineRequest(ApiRequest request) -> engine.call(withCurrentIds(request));
            case DockerStep.Action.CreateObject(ApiRequest request, String id) -> {
                JsonNode made = engine.call(withCurrentIds(request));
                history.replaceId(id, made.path("Id").asText());
                yield made;
            }
            case DockerStep.Action.ExternalPublish external ->
                externalPublisher.execute(external.withOwners(history::currentId));
            case DockerStep.Action.TransferOwnership(String from, String to) ->
                transferOwnership(step.name(), from, to);
            case DockerStep.Action.VerifyRunning(EngineObject container) ->
                new Replacement(engine).verifyRunning(history.currentId(container.id()), container.name());
            case DockerStep.Action.DiscardContainer(ApiRequest request, String container, String successor) -> {
                JsonNode answer =
                        new Replacement(engine).discard(withCurrentIds(request), history.currentId(container));
                history.replaceId(container, history.currentId(successor));
                yield answer;
            }
            case DockerStep.Action.AttachedNetworkChange change ->
                attachedNetworks.execute(change.of(history::currentId));
        };
    }

    private ApiRequest withCurrentIds(ApiRequest request) throws EngineException, RefusedException {
        ApiRequest now = request.forObject(history::currentId);
        if (!engine.isPodman() || !now.removesNetwork()) {
            return now;
        }
        // Podman 4.3 compares what it is asked for with the names of the networks in use: asked for an id, it removes
        // a network that containers are on.
        String name = engine.call(ApiRequest.get(now.path())).path("Name").asText();
        return ApiRequest.forObject(ApiRequest.Method.DELETE, ApiRequest.NETWORKS, name, "", null);
    }

    private JsonNode transferOwnership(String title, String from, String to) throws EngineException, RefusedException {
        Id owner = JsonValues.id(history.currentId(from));
        Id heir = JsonValues.id(history.currentId(to));
        attachedNetworks.transferOwnership(title, owner, heir);
        externalPublisher.transferOwnership(title, owner, heir);
        return MissingNode.getInstance();
    }

    private JsonNode pull(String name, String image) throws EngineException, RefusedException {
        progress.accept(name);
        RegistryCredentials.Credentials found = credentials.of(image);
        PullImageCmd command = engine.commands().pullImageCmd(image).withAuthConfig(found.auth());
        if (!found.problem().isEmpty()) {
            progress.accept(found.problem());
        }
        try {
            engine.run(command, this::reportPull);
            return MissingNode.getInstance();
        } catch (RefusedException refused) {
            Refusal refusal = refused.refusal();
            throw found.problem().isEmpty()
                    ? refused
                    : RefusedException.of(refusal.code(), refusal.sentence(), found.problem());
        }
    }

    /// A failed pull begins like one that succeeds, and says so in its last lines. Of the two words for an error and
    /// for progress, Podman has only the older ones.
    @SuppressWarnings("deprecation")
    private void reportPull(PullResponseItem line) throws RefusedException {
        if (line.isErrorIndicated()) {
            ResponseItem.ErrorDetail detail = line.getErrorDetail();
            String reason = Stream.of(detail == null ? null : detail.getMessage(), line.getError())
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("the pull failed");
            throw RefusedException.of("image-not-found", reason);
        }
        String text = Stream.of(line.getStatus(), line.getProgress())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        progress.accept(line.getId() == null ? text : line.getId() + ": " + text);
    }
}
