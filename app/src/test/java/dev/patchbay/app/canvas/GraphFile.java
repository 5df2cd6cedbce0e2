package dev.patchbay.app.canvas;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.engine.Id;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// A scene as a plain graph for other libraries: a node for each card and lane, an edge for each plug and for each
/// published port, all at the places they have in the scene.
final class GraphFile {
    private static final String HOST = "host";

    private final ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode edges = JsonNodeFactory.instance.arrayNode();

    private GraphFile(SceneModel scene) {
        node(HOST, HOST, scene.host().box());
        for (LaneView lane : scene.lanes()) {
            Rect box = lane.parts().getFirst().box();
            node(lane(lane.network()), lane.name(), new Rect(box.x(), box.y(), box.width(), 38));
        }
        for (CardView card : scene.cards()) {
            node(card.container().value(), card.name(), card.box());
            card.pins().stream()
                    .filter(SceneModel.PinView::published)
                    .forEach(_ -> edge(HOST, card.container().value()));
        }
        for (PlugView plug : scene.plugs()) {
            edge(plug.container().value(), lane(plug.network()));
        }
    }

    static void write(SceneModel scene, int containers, int networks, OutputStream to) throws IOException {
        GraphFile graph = new GraphFile(scene);
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("containers", containers).put("networks", networks);
        file.set("nodes", graph.nodes);
        file.set("edges", graph.edges);
        new ObjectMapper().writeValue(to, file);
    }

    private static String lane(@Nullable Id network) {
        return network == null ? "tray" : network.value();
    }

    private void node(String id, String label, Rect box) {
        nodes.addObject()
                .put("id", id)
                .put("label", label)
                .put("x", box.centreX())
                .put("y", box.centreY());
    }

    private void edge(String from, String to) {
        edges.addObject().put("id", "e" + edges.size()).put("from", from).put("to", to);
    }
}
