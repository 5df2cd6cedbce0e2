package dev.patchbay.app.canvas.scene;

import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.text.ProblemText;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.status.Problem;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Finds the elements that have problems.
public final class ProblemMarkers {
    private ProblemMarkers() {}

    /// @return safe sentences by element; the problem of a plug is shown at its container
    public static SequencedMap<CanvasElement, String> of(Topology topology) {
        SequencedMap<CanvasElement, String> problems = new LinkedHashMap<>();
        if (topology.problems().isEmpty()) {
            return problems;
        }
        Map<Id, CanvasElement> elements = new HashMap<>();
        topology.networks().forEach(network -> elements.put(network.id(), new CanvasElement.Lane(network.id())));
        for (Container container : topology.containers()) {
            CanvasElement card = new CanvasElement.Card(container.id());
            elements.put(container.id(), card);
            container.endpoints().forEach(endpoint -> elements.put(endpoint.id(), card));
        }
        for (Problem problem : topology.problems()) {
            CanvasElement element = problem.object() == null ? null : elements.get(problem.object());
            if (element != null) {
                problems.merge(
                        element,
                        SafeText.escapeAndShorten(ProblemText.of(problem)),
                        (first, next) -> first + "; " + next);
            }
        }
        return problems;
    }
}
