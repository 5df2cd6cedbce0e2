package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.LayoutContainers.LayoutContainer;
import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.SharedNetworkView;
import dev.patchbay.app.canvas.scene.SceneModel.SharedNetworkView.Link;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lays out what joins the card of a container that shares another one's network to that one's card: a line
/// from the card to its left if that has the same network, and otherwise from the card of the network's
/// owner, and words where other cards have their plug.
final class SharedNetworkLayout {
    private static final double LINK_TOP = 30;
    private static final double WORDS_HEIGHT = 18;
    /// From the last pixel of a card to the line below it.
    private static final double BELOW = 6;

    private SharedNetworkLayout() {}

    /// @param containers whose cards are laid out
    static List<SharedNetworkView> views(Topology topology, LayoutContainers containers) {
        Set<Id> cutOff = topology.problems().stream()
                .filter(problem -> problem.kind() == ProblemKind.ENGINE_NETNS_OLD
                        || problem.kind() == ProblemKind.ENGINE_NETNS_OWNER_GONE)
                .map(Problem::object)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<Id, List<CardView>> joined = new HashMap<>();
        List<SharedNetworkView> views = new ArrayList<>();
        for (LayoutContainer container : containers.all()) {
            CardView card = card(container);
            if (container.container().sharedNetns() == null || card == null) {
                continue;
            }
            LayoutContainer owner = container.netnsOwner();
            CardView ownersCard = owner == null ? null : card(owner);
            boolean lost = cutOff.contains(container.container().id());
            Link link = null;
            if (owner != null && ownersCard != null) {
                List<CardView> cards = joined.computeIfAbsent(owner.container().id(), _ -> new ArrayList<>());
                if (cards.isEmpty()) {
                    cards.add(ownersCard);
                }
                link = new Link(ownersCard.container(), route(cards, card.box()));
                cards.add(card);
            }
            views.add(new SharedNetworkView(
                    card.container(), text(owner, lost), lost, words(card.box()), link, card.tint()));
        }
        return views;
    }

    private static @Nullable CardView card(LayoutContainer container) {
        SlotContent home = container.homeContent();
        return home == null ? null : home.card();
    }

    private static String text(@Nullable LayoutContainer owner, boolean lost) {
        if (owner == null) {
            return Messages.of("picture.sharesGone");
        }
        String name = SafeText.escapeAndShorten(owner.container().name());
        return lost ? Messages.of("picture.sharesOld", name) : Messages.of("picture.shares", name);
    }

    private static Rect words(Rect card) {
        return new Rect(card.x(), card.y() - 22, card.width(), WORDS_HEIGHT);
    }

    /// @param cards of the same network namespace, its owner's first
    private static List<Point> route(List<CardView> cards, Rect to) {
        for (CardView beside : cards) {
            double gap = to.x() - beside.box().right();
            if (beside.box().y() == to.y() && gap > 0 && gap < Dimensions.UNIT) {
                double y = to.y() + LINK_TOP;
                return List.of(new Point(beside.box().right(), y), new Point(to.x(), y));
            }
        }
        Rect from = cards.getFirst().box();
        double below = from.bottom() + BELOW;
        Point start = new Point(from.centreX(), from.bottom());
        Point turn = new Point(from.centreX(), below);
        if (from.y() == to.y()) {
            return List.of(start, turn, new Point(to.centreX(), below), new Point(to.centreX(), to.bottom()));
        }
        double right = to.right() + (2 * Dimensions.UNIT - Dimensions.CARD_WIDTH) / 2;
        double y = to.y() + LINK_TOP;
        return List.of(start, turn, new Point(right, below), new Point(right, y), new Point(to.right(), y));
    }
}
