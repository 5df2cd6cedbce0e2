package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.api.JsonLines;
import dev.patchbay.core.docker.config.RegistryCredentials;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.port.Forwards;
import dev.patchbay.core.docker.recreate.TakeOver;
import dev.patchbay.core.docker.state.DockerIds;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.refusal.HistoryMistakes;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.status.ActivityKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Runs plans, one at a time: all of their requests, or none of them.
final class DockerActions {
    private final DockerEngine engine;
    private final Forwards forwards;
    private final Wires wires;
    private final DockerHistory history;
    private final Consumer<String> progress;
    private final RegistryCredentials credentials;
    private final Set<Runnable> watching = ConcurrentHashMap.newKeySet();
    private final ReentrantLock turn = new ReentrantLock();
    private volatile String underWay = "another change";

    DockerActions(
            DockerEngine engine,
            Forwards forwards,
            Wires wires,
            RegistryCredentials credentials,
            DockerHistory history,
            Consumer<String> progress) {
        this.engine = engine;
        this.forwards = forwards;
        this.wires = wires;
        this.credentials = credentials;
        this.history = history;
        this.progress = progress;
    }

    /// Calls `changed` after each action, until the handle is closed: Podman has no event for a network that is
    /// made or removed.
    AutoCloseable watch(Runnable changed) {
        watching.add(changed);
        return () -> watching.remove(changed);
    }

    /// Something that plans and runs.
    @FunctionalInterface
    interface Work {
        Outcome run() throws EngineException, Mistake;
    }

    /// Does this when all that was begun before is done, so that it is planned for what that left behind.
    Outcome inTurn(Work work) throws EngineException {
        turn.lock();
        return locked(work);
    }

    /// Does this unless something else is under way, which a person may not have meant to take back.
    Outcome unlessBusy(Work work) throws EngineException {
        return turn.tryLock()
                ? locked(work)
                : new Outcome.Refused(HistoryMistakes.underWay(underWay).refusal());
    }

    private Outcome locked(Work work) throws EngineException {
        try {
            return work.run();
        } catch (Mistake mistake) {
            return new Outcome.Refused(mistake.refusal());
        } finally {
            turn.unlock();
            watching.forEach(Runnable::run);
        }
    }

    /// In one's turn.
    ///
    /// @param refersTo number of the action that is taken back or done again; 0 for a new one
    Outcome run(DockerPlan plan, ActivityKind kind, long refersTo) throws EngineException {
        underWay = plan.title();
        return sent(plan, kind, refersTo);
    }

    private Outcome sent(DockerPlan plan, ActivityKind kind, long refersTo) throws EngineException {
        if (plan.steps().isEmpty() && refersTo == 0) {
            return new Outcome.Done("", plan.title(), List.of(), 0);
        }
        long begun = System.nanoTime();
        List<JsonNode> answers = new ArrayList<>();
        for (DockerStep step : plan.steps()) {
            try {
                answers.add(send(step));
            } catch (Mistake refused) {
                return new Outcome.Refused(takenBack(plan, answers.size(), refused.refusal()));
            } catch (EngineException lost) {
                throw interrupted(plan.steps().subList(0, answers.size()), step, lost);
            }
        }
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
        long number = history.add(plan, kind, refersTo, micros);
        return new Outcome.Done(plan.subject(answers), plan.title(), plan.planned(), number);
    }

    /// Nobody is there to take anything back: what was done has to be known.
    private EngineException interrupted(List<DockerStep> done, DockerStep step, EngineException lost) {
        List<String> names = done.stream()
                .filter(earlier -> !(earlier.back() instanceof DockerStep.Back.Nothing))
                .map(DockerStep::name)
                .toList();
        String unknown = switch (lost.kind()) {
            case NOT_RESPONDING -> unknown(step) + ", and may still do it.";
            case DISCONNECTED -> unknown(step) + ", and may have done it.";
            case FAILED, REJECTED, OUTCOME_UNKNOWN -> "";
        };
        String before = names.isEmpty() ? "" : " Done before, and not taken back: " + String.join(", ", names) + ".";
        return unknown.isEmpty() && before.isEmpty()
                ? lost
                : new EngineException(
                        lost.step(), lost.reason() + unknown + before, EngineException.Kind.OUTCOME_UNKNOWN, lost);
    }

    private static String unknown(DockerStep step) {
        String asked = switch (step.act()) {
            case DockerStep.Act.Forward _, DockerStep.Act.Wire _, DockerStep.Act.HandOver _ -> "the helper";
            case DockerStep.Act.Ask _,
                    DockerStep.Act.Pull _,
                    DockerStep.Act.Make _,
                    DockerStep.Act.Survive _,
                    DockerStep.Act.Discard _ -> "the engine";
        };
        return " The outcome is unknown: " + asked + " was asked to " + step.name();
    }

    /// The refusal, with what could not be taken back of the steps before it.
    ///
    /// @throws EngineException when the engine goes away meanwhile, with all of that
    private Refusal takenBack(DockerPlan plan, int done, Refusal refusal) throws EngineException {
        List<String> left = new ArrayList<>();
        List<DockerStep> back = plan.back(done);
        for (int next = 0; next < back.size(); next++) {
            DockerStep step = back.get(next);
            try {
                send(step);
            } catch (Mistake alsoRefused) {
                left.add("could not " + step.name() + ": "
                        + alsoRefused.refusal().sentence());
            } catch (EngineException lost) {
                back.subList(next, back.size()).forEach(missing -> left.add("did not " + missing.name()));
                throw new EngineException(
                        lost.step(),
                        with(left, refusal.sentence()) + ". Meanwhile: " + lost.reason(),
                        EngineException.Kind.OUTCOME_UNKNOWN,
                        lost);
            }
        }
        return left.isEmpty() ? refusal : new Refusal(refusal.code(), with(left, refusal.sentence()), refusal.advice());
    }

    private static String with(List<String> left, String sentence) {
        return sentence + "; and " + String.join("; ", left);
    }

    private JsonNode send(DockerStep step) throws EngineException, Mistake {
        return switch (step.act()) {
            case DockerStep.Act.Pull pull -> pull(step.name(), pull);
            case DockerStep.Act.Ask(ApiRequest request) -> engine.call(now(request));
            case DockerStep.Act.Make(ApiRequest request, String id) -> {
                JsonNode made = engine.call(now(request));
                history.succeed(id, made.path("Id").asText());
                yield made;
            }
            case DockerStep.Act.Forward forward -> forwards.make(forward.of(history::successor));
            case DockerStep.Act.HandOver(String from, String to) -> handOver(step.name(), from, to);
            case DockerStep.Act.Survive(EngineObject container) ->
                new TakeOver(engine).survived(history.successor(container.id()), container.name());
            case DockerStep.Act.Discard(ApiRequest request, String container, String successor) -> {
                JsonNode answer = new TakeOver(engine).discard(now(request), history.successor(container));
                history.succeed(container, history.successor(successor));
                yield answer;
            }
            case DockerStep.Act.Wire wire -> wires.make(wire.of(history::successor));
        };
    }

    private ApiRequest now(ApiRequest request) throws EngineException, Mistake {
        ApiRequest now = request.about(history::successor);
        if (!engine.isPodman() || !now.removesNetwork()) {
            return now;
        }
        // Podman 4.3 compares what it is asked for with the names of the networks in use: asked for an id, it removes
        // a network that containers are on.
        String name = engine.call(ApiRequest.get(now.path())).path("Name").asText();
        return ApiRequest.about(ApiRequest.Method.DELETE, ApiRequest.NETWORKS, name, "", null);
    }

    private JsonNode handOver(String title, String from, String to) throws EngineException, Mistake {
        Id owner = DockerIds.id(history.successor(from));
        Id heir = DockerIds.id(history.successor(to));
        wires.handOver(title, owner, heir);
        forwards.handOver(title, owner, heir);
        return MissingNode.getInstance();
    }

    private JsonNode pull(String name, DockerStep.Act.Pull pull) throws EngineException, Mistake {
        progress.accept(name);
        RegistryCredentials.Credentials found = credentials.of(pull.image());
        if (found.problem().isEmpty()) {
            return pulled(pull.request(), found.header());
        }
        progress.accept(found.problem());
        try {
            return pulled(pull.request(), "");
        } catch (Mistake mistake) {
            Refusal refusal = mistake.refusal();
            throw new Mistake(new Refusal(refusal.code(), refusal.sentence(), found.problem()));
        }
    }

    /// A failed pull begins like one that succeeds, and says so in its last lines.
    private JsonNode pulled(ApiRequest request, String credentials) throws EngineException, Mistake {
        try (JsonLines lines = engine.pull(request, credentials)) {
            Optional<JsonNode> line = lines.next();
            JsonNode last = MissingNode.getInstance();
            while (line.isPresent()) {
                last = line.get();
                if (last.has("error")) {
                    throw new Mistake(
                            Refusal.of("image-not-found", last.path("error").asText()));
                }
                progress.accept(said(last));
                line = lines.next();
            }
            return last;
        }
    }

    private static String said(JsonNode line) {
        String id = line.path("id").asText("");
        String bar = line.path("progress").asText("");
        return (id.isEmpty() ? "" : id + ": ") + line.path("status").asText("") + (bar.isEmpty() ? "" : " " + bar);
    }
}
