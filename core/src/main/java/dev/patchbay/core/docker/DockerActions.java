package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.core.Outcome;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.api.JsonLines;
import dev.patchbay.core.docker.picture.Beside;
import dev.patchbay.core.docker.picture.DockerState;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.recreate.TakeOver;
import dev.patchbay.core.mistake.ContainerMistakes;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.ActivityKind;
import dev.patchbay.engine.protocol.Refusal;
import dev.patchbay.engine.spec.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs plans, one at a time: all of their requests, or none of them.
final class DockerActions {
    private static final String PULL = "/images/create";

    private final DockerEngine engine;
    private final Forwards forwards;
    private final Wires wires;
    private final DockerHistory history;
    private final Consumer<String> progress;
    private final Set<Runnable> watching = ConcurrentHashMap.newKeySet();

    DockerActions(
            DockerEngine engine, Forwards forwards, Wires wires, DockerHistory history, Consumer<String> progress) {
        this.engine = engine;
        this.forwards = forwards;
        this.wires = wires;
        this.history = history;
        this.progress = progress;
    }

    /// Calls `changed` after each action, until the handle is closed: Podman has no event for a network that is made or
    /// removed.
    AutoCloseable watch(Runnable changed) {
        watching.add(changed);
        return () -> watching.remove(changed);
    }

    /// @param refersTo number of the action that is taken back or done again; 0 for a new one
    synchronized Outcome run(DockerPlan plan, ActivityKind kind, long refersTo) throws EngineException {
        try {
            return sent(plan, kind, refersTo);
        } finally {
            watching.forEach(Runnable::run);
        }
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
        String unknown = engine.isSilent()
                ? " The outcome is unknown: the engine was asked to " + step.name() + ", and may still do it."
                : "";
        String before = names.isEmpty() ? "" : " Done before, and not taken back: " + String.join(", ", names) + ".";
        return unknown.isEmpty() && before.isEmpty()
                ? lost
                : new EngineException(lost.step(), lost.reason() + unknown + before, lost);
    }

    /// The refusal, with what could not be taken back of the steps before it.
    private Refusal takenBack(DockerPlan plan, int done, Refusal refusal) throws EngineException {
        List<String> left = new ArrayList<>();
        for (DockerStep step : plan.back(done)) {
            try {
                send(step);
            } catch (Mistake alsoRefused) {
                left.add("could not " + step.name() + ": "
                        + alsoRefused.refusal().sentence());
            }
        }
        return left.isEmpty()
                ? refusal
                : new Refusal(
                        refusal.code(), refusal.sentence() + "; and " + String.join("; ", left), refusal.advice());
    }

    private JsonNode send(DockerStep step) throws EngineException, Mistake {
        return switch (step.act()) {
            case DockerStep.Act.Ask(ApiRequest request)
            when request.path().startsWith(PULL) -> pull(step.name(), request);
            case DockerStep.Act.Ask(ApiRequest request) -> engine.call(request);
            case DockerStep.Act.Forward forward -> forwards.make(forward);
            case DockerStep.Act.HandOver(String from, String to) -> handOver(step.name(), from, to);
            case DockerStep.Act.Survive(String container) -> new TakeOver(engine).survived(container);
            case DockerStep.Act.Discard(ApiRequest request, String container) ->
                new TakeOver(engine).discard(request, container);
            case DockerStep.Act.Wire wire -> wires.make(wire);
        };
    }

    private JsonNode handOver(String title, String from, String to) throws EngineException, Mistake {
        DockerState seen = new DockerReader(engine).read();
        Id owner = id(seen, from);
        Id heir = id(seen, to);
        wires.handOver(title, owner, heir);
        forwards.handOver(title, owner, heir);
        return MissingNode.getInstance();
    }

    private static Id id(DockerState seen, String name) throws Mistake {
        JsonNode container = seen.container(name);
        if (container == null) {
            throw ContainerMistakes.notFound(name);
        }
        return Beside.sandbox(container, seen).id();
    }

    /// A failed pull begins like one that succeeds, and says so in its last lines.
    private JsonNode pull(String name, ApiRequest request) throws EngineException, Mistake {
        progress.accept(name);
        try (JsonLines lines = engine.lines(request)) {
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
