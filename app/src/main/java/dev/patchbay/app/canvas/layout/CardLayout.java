package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.PinView;
import dev.patchbay.app.canvas.scene.SceneModel.Tint;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.engine.container.ExposedPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Function;

/// Lays out a container's card and its pins.
final class CardLayout {
    private static final double INSET = 14;
    private static final double PIN_GAP = 6;
    /// Space to the right of the pins, where cables to further networks leave the card.
    private static final double EXIT_WIDTH = 12;

    private CardLayout() {}

    /// @param tintOf colour of the network that a published port uses
    static CardView card(Container container, Rect box, Tint tint, Function<PortBinding, Tint> tintOf) {
        Map<ExposedPort, Tint> published = new LinkedHashMap<>();
        for (PortBinding binding : container.ports()) {
            for (int port = binding.containerPorts().first();
                    port <= binding.containerPorts().last();
                    port++) {
                published.putIfAbsent(new ExposedPort(port, binding.protocol()), tintOf.apply(binding));
            }
        }
        SequencedSet<ExposedPort> known = new LinkedHashSet<>(container.exposed());
        known.addAll(published.keySet());
        List<ExposedPort> ports = List.copyOf(known);

        List<PinView> pins = new ArrayList<>();
        double x = box.x() + INSET;
        double top = box.y() + Dimensions.PIN_TOP;
        double limit = box.right() - EXIT_WIDTH;
        for (int i = 0; i < ports.size(); i++) {
            ExposedPort port = ports.get(i);
            double width = 12 + 7.2 * port.toString().length();
            double after = i + 1 < ports.size() ? PIN_GAP + moreWidth(ports.size() - i - 1) : 0;
            if (x + width + after > limit) {
                break;
            }
            Rect pin = new Rect(x, top, width, Dimensions.PIN_HEIGHT);
            pins.add(new PinView(port, pin, published.containsKey(port), published.getOrDefault(port, tint)));
            x += width + PIN_GAP;
        }
        int more = ports.size() - pins.size();
        Rect moreBox = new Rect(x, top, more == 0 ? 0 : moreWidth(more), Dimensions.PIN_HEIGHT);
        return new CardView(
                container.id(),
                box,
                SafeText.escapeAndShorten(container.name()),
                SafeText.escapeAndShorten(container.image()),
                container.state(),
                tint,
                pins,
                more,
                moreBox);
    }

    private static double moreWidth(int more) {
        return 12 + 7.2 * (1 + Integer.toString(more).length());
    }

    /// Where the cable of a port ends: at its pin, or at the last place, which stands for all pins
    /// without room.
    static Rect pinBox(CardView card, ExposedPort port) {
        for (PinView pin : card.pins()) {
            if (pin.port().equals(port)) {
                return pin.box();
            }
        }
        return card.moreBox();
    }
}
