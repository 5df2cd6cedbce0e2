package dev.patchbay.app.window;

import dev.patchbay.app.action.Shortcut;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.container.ExposedPort;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/// What can be done with a thing, as the items of a menu.
public final class ContextMenus {
    private final WindowActions actions;

    public ContextMenus(WindowActions actions) {
        this.actions = actions;
    }

    /// The menu of a place in the picture: a plug offers to be pulled, a pin to be published; any other
    /// place has the menu of its object.
    public ContextMenu of(Topology topology, @Nullable CanvasElement element, Selection selected) {
        List<MenuItem> items = new ArrayList<>();
        switch (element) {
            case CanvasElement.Plug(var container, var network) ->
                items.addAll(plugItems(topology.container(container), topology.network(network)));
            case CanvasElement.AttachmentCable(var container, var network) ->
                items.addAll(plugItems(topology.container(container), topology.network(network)));
            case CanvasElement.Pin(var container, var port) ->
                items.addAll(pinItems(topology.container(container), port));
            case null, default -> {}
        }
        if (!items.isEmpty()) {
            items.add(new SeparatorMenuItem());
        }
        items.addAll(of(topology, selected));
        return menu(items);
    }

    /// The items of a selection.
    public List<MenuItem> of(Topology topology, Selection selected) {
        return switch (selected) {
            case Selection.None _, Selection.OfHost _ ->
                List.of(
                        item(
                                "menuNewNetwork",
                                Messages.of("menu.newNetwork"),
                                Shortcut.NEW_NETWORK,
                                actions::newNetwork),
                        item(
                                "menuRun",
                                Messages.of("menu.run"),
                                Shortcut.RUN_CONTAINER,
                                () -> actions.runContainer(null)),
                        item("menuCompose", Messages.of("menu.compose"), Shortcut.COMPOSE, actions::applyCompose));
            case Selection.OfNetwork(var id) -> networkItems(topology.network(id));
            case Selection.OfContainer(var id) -> containerItems(topology, topology.container(id));
            case Selection.OfPort(var id) -> {
                PublishedPort published = topology.port(id);
                List<MenuItem> items = new ArrayList<>(portItems(published));
                if (published != null) {
                    items.add(item(
                            "menuCopyCommand",
                            Messages.of("sheet.copy"),
                            null,
                            () -> actions.copy(EquivalentCommand.of(published.unpublish()))));
                }
                yield items;
            }
        };
    }

    /// One item for each network the container could leave.
    public List<MenuItem> disconnectItems(Topology topology, Container container) {
        List<MenuItem> items = new ArrayList<>();
        for (Endpoint endpoint : container.endpoints()) {
            items.addAll(plugItems(container, topology.network(endpoint.network())));
        }
        return items;
    }

    /// One item for each published port of the container.
    public List<MenuItem> unpublishItems(Container container) {
        List<MenuItem> items = new ArrayList<>();
        for (PortBinding port : container.ports()) {
            items.addAll(portItems(new PublishedPort(container, port)));
        }
        return items;
    }

    public static ContextMenu menu(List<MenuItem> items) {
        ContextMenu menu = new ContextMenu();
        menu.getItems().setAll(items);
        return menu;
    }

    private List<MenuItem> networkItems(@Nullable Network network) {
        List<MenuItem> items = new ArrayList<>();
        if (network == null) {
            return items;
        }
        items.add(item(
                "menuRunHere",
                Messages.of("menu.runHere"),
                Shortcut.RUN_CONTAINER,
                () -> actions.runContainer(network)));
        if (network.driver().hasEndpoints()) {
            items.add(item(
                    "menuConnect",
                    Messages.of("menu.connectContainer"),
                    Shortcut.CONNECT,
                    () -> actions.connect(network)));
        }
        items.add(item("menuExport", Messages.of("menu.export"), Shortcut.EXPORT, actions::exportInspect));
        if (!network.predefined()) {
            items.add(item("menuEdit", Messages.of("menu.edit"), null, () -> actions.edit(network)));
            items.add(new SeparatorMenuItem());
            items.add(item("menuRemove", Messages.of("menu.remove"), Shortcut.REMOVE, () -> actions.remove(network)));
        }
        return items;
    }

    private List<MenuItem> containerItems(Topology topology, @Nullable Container container) {
        List<MenuItem> items = new ArrayList<>();
        if (container == null) {
            return items;
        }
        items.add(
                container.running() || container.state() == Container.State.RESTARTING
                        ? item("menuStop", Messages.of("menu.stop"), null, () -> actions.stop(container))
                        : item("menuStart", Messages.of("menu.start"), null, () -> actions.start(container)));
        if (container.running()) {
            items.add(item("menuRestart", Messages.of("menu.restart"), null, () -> actions.restart(container)));
        }
        items.add(item("menuRename", Messages.of("menu.rename"), null, () -> actions.rename(container)));
        items.add(item(
                "menuConnect", Messages.of("menu.connectNetwork"), Shortcut.CONNECT, () -> actions.connect(container)));
        items.addAll(disconnectItems(topology, container));
        items.add(item(
                "menuPublish", Messages.of("menu.publish"), Shortcut.PUBLISH, () -> actions.publish(container, null)));
        items.addAll(unpublishItems(container));
        items.add(item("menuExport", Messages.of("menu.export"), Shortcut.EXPORT, actions::exportInspect));
        items.add(new SeparatorMenuItem());
        items.add(item("menuRemove", Messages.of("menu.remove"), Shortcut.REMOVE, () -> actions.remove(container)));
        return items;
    }

    private List<MenuItem> plugItems(@Nullable Container container, @Nullable Network network) {
        if (container == null || network == null) {
            return List.of();
        }
        return List.of(item(
                "menuDisconnect",
                Messages.of("menu.disconnect", network.name()),
                Shortcut.DISCONNECT,
                () -> actions.disconnect(network, container)));
    }

    private List<MenuItem> pinItems(@Nullable Container container, ExposedPort port) {
        if (container == null) {
            return List.of();
        }
        return List.of(item(
                "menuPublishPin",
                Messages.of("menu.publishPort", port),
                Shortcut.PUBLISH,
                () -> actions.publish(container, port)));
    }

    private List<MenuItem> portItems(@Nullable PublishedPort published) {
        if (published == null) {
            return List.of();
        }
        return List.of(item(
                "menuUnpublish",
                Messages.of("menu.unpublish", published.port().hostSide()),
                Shortcut.UNPUBLISH,
                () -> actions.unpublish(published)));
    }

    /// @param shortcut what does the same, shown only: the window listens to keys itself, as menus come and
    ///     go
    private static MenuItem item(String id, String text, @Nullable Shortcut shortcut, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setId(id);
        if (shortcut != null) {
            item.setAccelerator(KeyCombination.valueOf(shortcut.accelerator()));
        }
        item.setOnAction(_ -> action.run());
        return item;
    }
}
