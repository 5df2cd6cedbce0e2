package dev.patchbay.core.docker.plan;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.status.PlannedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The requests of one action, in order.
///
/// @param title the equivalent command
/// @param outputPointers pointers into the answers, as `/Id`; the first that is found is Docker's output
/// @param recreation planned again for undo and redo; null when the requests stay the same
/// @param undoSteps the steps of an undo; null when they are those of a rollback
public record DockerPlan(
        String title,
        List<DockerStep> steps,
        List<String> outputPointers,
        @JsonSetter(nulls = Nulls.SET) @Nullable Recreation recreation,
        @JsonSetter(nulls = Nulls.SET) @Nullable List<DockerStep> undoSteps) {
    public DockerPlan {
        steps = List.copyOf(steps);
        outputPointers = List.copyOf(outputPointers);
        undoSteps = undoSteps == null ? null : List.copyOf(undoSteps);
    }

    public DockerPlan(String title, List<DockerStep> steps) {
        this(title, steps, List.of());
    }

    public DockerPlan(String title, List<DockerStep> steps, List<String> answered) {
        this(title, steps, answered, null);
    }

    public DockerPlan(String title, List<DockerStep> steps, List<String> answered, @Nullable Recreation recreation) {
        this(title, steps, answered, recreation, null);
    }

    public List<PlannedStep> planned() {
        return steps.stream().map(DockerStep::planned).toList();
    }

    /// The output of Docker's client for these answers; lists are concatenated.
    public String output(List<JsonNode> answers) {
        List<String> listed = new ArrayList<>();
        for (JsonNode answer : answers) {
            for (String pointer : outputPointers) {
                JsonNode found = answer.at(pointer);
                if (found.isTextual()) {
                    return found.asText();
                }
                if (found.isArray()) {
                    found.forEach(name -> listed.add(name.asText()));
                }
            }
        }
        return String.join("\n", listed);
    }

    /// The inverses of the first `done` steps, the last step first.
    public List<DockerStep> rollback(int done) {
        List<DockerStep> steps = new ArrayList<>();
        for (DockerStep step : this.steps.subList(0, done).reversed()) {
            if (step.inverse() instanceof DockerStep.Inverse.Steps(List<DockerStep> by)) {
                steps.addAll(by);
            }
        }
        return steps;
    }

    /// Why the plan is not possible in the engine's present state; empty when it is.
    ///
    /// @param successor maps the id of a replaced object to the present one
    public Optional<String> violation(EngineState now, UnaryOperator<String> successor) {
        EngineState planned = now;
        for (DockerStep step : steps) {
            for (Precondition need : step.preconditions()) {
                Optional<String> violation = need.violation(planned, successor);
                if (violation.isPresent()) {
                    return violation;
                }
            }
            planned = PlannedEngineState.after(planned, step, successor);
        }
        return Optional.empty();
    }

    /// Whether it cannot be undone.
    public boolean isFinal() {
        return recreation == null && steps.stream().anyMatch(DockerStep::isFinal);
    }

    /// The same with those steps alone that cannot be undone, which say why.
    public DockerPlan onlyFinal() {
        return new DockerPlan(title, steps.stream().filter(DockerStep::isFinal).toList());
    }

    /// Ids of the objects of its requests and their inverses.
    public Set<String> objectIds() {
        return Stream.concat(steps.stream(), undoSteps == null ? Stream.empty() : undoSteps.stream())
                .flatMap(DockerStep::objectIds)
                .collect(Collectors.toSet());
    }

    /// The plan of a redo; without steps until it is planned again.
    public DockerPlan redo() {
        return recreation != null
                ? new DockerPlan("redo: " + title, List.of(), List.of(), recreation.titled("redo: " + title))
                : new DockerPlan("redo: " + title, steps, outputPointers, null, undoSteps);
    }

    /// The plan of an undo; without steps until it is planned again.
    public DockerPlan inverse() throws RefusedException {
        if (recreation != null) {
            return new DockerPlan("undo: " + title, List.of(), List.of(), recreation.reversed());
        }
        for (DockerStep step : steps) {
            if (step.inverse() instanceof DockerStep.Inverse.Impossible(String reason)) {
                throw new RefusedException(Refusal.of("cannot-undo", "`" + title + "` cannot be undone: " + reason));
            }
        }
        return new DockerPlan("undo: " + title, undoSteps == null ? rollback(steps.size()) : undoSteps);
    }
}
