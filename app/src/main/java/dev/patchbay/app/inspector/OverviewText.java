package dev.patchbay.app.inspector;

import dev.patchbay.app.inspector.Overview.Fact;
import dev.patchbay.app.inspector.Overview.State;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import dev.patchbay.engine.net.Addresses;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Texts that several overviews share.
final class OverviewText {
    private OverviewText() {}

    static String onOff(boolean on) {
        return on ? Messages.of("overview.on") : Messages.of("overview.off");
    }

    static void addLabels(List<Fact> facts, Map<String, String> labels) {
        if (!labels.isEmpty()) {
            facts.add(new Fact(
                    Messages.of("overview.labels"),
                    new TreeMap<>(labels)
                            .entrySet().stream()
                                    .map(label -> SafeText.escapeAndShorten(label.getKey() + "=" + label.getValue()))
                                    .collect(Collectors.joining("\n")),
                    true));
        }
    }

    static State state(Container container) {
        return container.running() ? State.GOOD : State.IDLE;
    }

    static String address(@Nullable InetAddress address) {
        return address == null ? Messages.of("overview.none") : Addresses.format(address);
    }
}
