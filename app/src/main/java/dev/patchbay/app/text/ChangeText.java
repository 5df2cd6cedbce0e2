package dev.patchbay.app.text;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.PortRange;
import org.jspecify.annotations.Nullable;

/// A change in the language of the window, before and after it happens.
public final class ChangeText {
    private ChangeText() {}

    /// `Create network mydockernet`.
    public static String intent(Change change) {
        return switch (change) {
            case Change.CreateNetwork c -> Messages.of("intent.createNetwork", c.name());
            case Change.RemoveNetwork c -> Messages.of("intent.removeNetwork", c.network());
            case Change.Connect c ->
                Messages.of("intent.connect", c.container(), c.endpoint().network());
            case Change.PruneNetworks _ -> Messages.of("intent.pruneNetworks");
            case Change.PruneContainers _ -> Messages.of("intent.pruneContainers");
            case Change.UpdateNetwork c -> Messages.of("intent.updateNetwork", c.network());
            case Change.Disconnect c -> Messages.of("intent.disconnect", c.container(), c.network());
            case Change.RunContainer c -> Messages.of("intent.run", nameOr(c.name(), c.image()));
            case Change.StartContainer c -> Messages.of("intent.start", c.container());
            case Change.StopContainer c -> Messages.of("intent.stop", c.container());
            case Change.RestartContainer c -> Messages.of("intent.restart", c.container());
            case Change.RenameContainer c -> Messages.of("intent.rename", c.container(), c.name());
            case Change.UpdateAliases c -> Messages.of("intent.updateAliases", c.container(), c.network());
            case Change.UpdateContainer c -> Messages.of("intent.update", c.container(), c.restart());
            case Change.RemoveContainer c -> Messages.of("intent.removeContainer", c.container());
            case Change.Publish c -> Messages.of("intent.publish", port(c.mapping()), c.container());
            case Change.Unpublish c -> Messages.of("intent.unpublish", unpublished(c), c.container());
            case Change.Republish c ->
                Messages.of("intent.republish", port(c.mapping()), c.container(), hostSide(c.mapping()));
            case Change.Recreate c ->
                Messages.of("intent.recreate", c.portChange().container(), intent(c.portChange()));
            case Change.Batch c -> Messages.of("intent.together", String.join(" ", c.command()));
        };
    }

    /// `Network mydockernet created`.
    public static String done(Change change) {
        return switch (change) {
            case Change.CreateNetwork c -> Messages.of("done.createNetwork", c.name());
            case Change.RemoveNetwork c -> Messages.of("done.removeNetwork", c.network());
            case Change.Connect c ->
                Messages.of("done.connect", c.container(), c.endpoint().network());
            case Change.PruneNetworks _ -> Messages.of("done.pruneNetworks");
            case Change.PruneContainers _ -> Messages.of("done.pruneContainers");
            case Change.UpdateNetwork c -> Messages.of("done.updateNetwork", c.network());
            case Change.Disconnect c -> Messages.of("done.disconnect", c.container(), c.network());
            case Change.RunContainer c -> Messages.of("done.run", nameOr(c.name(), c.image()));
            case Change.StartContainer c -> Messages.of("done.start", c.container());
            case Change.StopContainer c -> Messages.of("done.stop", c.container());
            case Change.RestartContainer c -> Messages.of("done.restart", c.container());
            case Change.RenameContainer c -> Messages.of("done.rename", c.container(), c.name());
            case Change.UpdateAliases c -> Messages.of("done.updateAliases", c.container(), c.network());
            case Change.UpdateContainer c -> Messages.of("done.update", c.container(), c.restart());
            case Change.RemoveContainer c -> Messages.of("done.removeContainer", c.container());
            case Change.Publish c -> Messages.of("done.publish", port(c.mapping()), c.container());
            case Change.Unpublish c -> Messages.of("done.unpublish", unpublished(c), c.container());
            case Change.Republish c ->
                Messages.of("done.republish", port(c.mapping()), c.container(), hostSide(c.mapping()));
            case Change.Recreate c ->
                Messages.of("done.recreate", c.portChange().container(), done(c.portChange()));
            case Change.Batch c -> Messages.of("done.together", String.join(" ", c.command()));
        };
    }

    private static String nameOr(@Nullable String name, String other) {
        return name == null ? other : name;
    }

    private static String port(PortMapping mapping) {
        return mapping.containerPorts() + "/" + mapping.protocol();
    }

    private static String hostSide(PortMapping mapping) {
        String ports = String.valueOf(mapping.hostPorts());
        return mapping.hostAddress() == null ? ports : Addresses.format(mapping.hostAddress()) + ":" + ports;
    }

    private static String unpublished(Change.Unpublish change) {
        PortRange port = change.hostPorts() == null ? change.containerPorts() : change.hostPorts();
        return port == null ? change.protocol().toString() : port + "/" + change.protocol();
    }
}
