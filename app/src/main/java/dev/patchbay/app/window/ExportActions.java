package dev.patchbay.app.window;

import dev.patchbay.app.action.ActionCatalogue;
import dev.patchbay.app.action.ActionId;
import dev.patchbay.app.action.ActionTarget;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.paint.SceneRenderer;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.export.MermaidDiagram;
import dev.patchbay.app.export.SaveFilePrompt;
import dev.patchbay.app.export.TopologyPng;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.rules.IptablesSaveWriter;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/// The effects of the export actions. Files are written in the background.
final class ExportActions {
    private final WindowViewModel model;
    private final SaveFilePrompt files;
    private final Function<Topology, SceneLayout> layout;
    private final Supplier<Theme> theme;

    /// @param layout the layout that the canvas shows now
    ExportActions(
            WindowViewModel model,
            SaveFilePrompt files,
            Function<Topology, SceneLayout> layout,
            Supplier<Theme> theme) {
        this.model = model;
        this.files = files;
        this.layout = layout;
        this.theme = theme;
    }

    void register(ActionCatalogue catalogue) {
        catalogue.register(ActionId.EXPORT_JSON, this::inspect);
        catalogue.register(ActionId.EXPORT_TRAFFIC, this::traffic);
        catalogue.register(ActionId.EXPORT_PNG, () -> png(1));
        catalogue.register(ActionId.EXPORT_PNG2, () -> png(2));
        catalogue.register(ActionId.EXPORT_PNG4, () -> png(4));
        catalogue.register(ActionId.EXPORT_SVG, this::svg);
        catalogue.register(ActionId.EXPORT_MERMAID, this::mermaid);
        catalogue.register(ActionId.EXPORT_RULES, this::rules);
    }

    /// The menu items of the exports; the export of the selected object is the first.
    static List<MenuItem> items(ActionCatalogue catalogue) {
        ActionTarget target = catalogue.selected();
        List<MenuItem> items = new ArrayList<>();
        items.add(catalogue.menuItem(ActionId.EXPORT_JSON, target, ""));
        items.add(new SeparatorMenuItem());
        for (ActionId id : List.of(
                ActionId.EXPORT_PNG,
                ActionId.EXPORT_PNG2,
                ActionId.EXPORT_PNG4,
                ActionId.EXPORT_SVG,
                ActionId.EXPORT_MERMAID,
                ActionId.EXPORT_RULES)) {
            items.add(catalogue.menuItem(id, target, ""));
        }
        return items;
    }

    private void inspect() {
        model.inspector()
                .export(text -> save(model.inspector().exportName(".json"), file -> Files.writeString(file, text)));
    }

    private void traffic() {
        String text = model.traffic().csv();
        save(model.inspector().exportName("-traffic.csv"), file -> Files.writeString(file, text));
    }

    private void png(int scale) {
        Topology topology = model.host().topology().get();
        if (topology != null) {
            SceneModel scene = scene(topology);
            Theme look = theme.get();
            String remark = TopologyPng.effectiveScale(scene, scale) < scale
                    ? " " + Messages.of("export.smaller", TopologyPng.MAX_SIDE)
                    : "";
            save(fileName(topology, ".png"), remark, file -> {
                TopologyPng.write(scene, file, look, scale);
                return file;
            });
        }
    }

    private void svg() {
        Topology topology = model.host().topology().get();
        if (topology != null) {
            SceneModel scene = scene(topology);
            Palette palette = Palette.of(theme.get());
            save(fileName(topology, ".svg"), file -> Files.writeString(file, SceneRenderer.toSvg(scene, palette)));
        }
    }

    private void mermaid() {
        Topology topology = model.host().topology().get();
        if (topology != null) {
            save(fileName(topology, ".mmd"), file -> Files.writeString(file, MermaidDiagram.of(topology)));
        }
    }

    private void rules() {
        Topology topology = model.host().topology().get();
        if (topology != null) {
            model.host()
                    .ask(
                            ConnectedHost::counters,
                            sample -> save(
                                    fileName(topology, ".rules"),
                                    file -> Files.writeString(file, IptablesSaveWriter.of(sample))),
                            refusal -> model.host().showNotification(Notification.error(refusal)));
        }
    }

    private SceneModel scene(Topology topology) {
        return layout.apply(topology).scene();
    }

    private static String fileName(Topology topology, String ending) {
        return topology.host().name().replaceAll("[^A-Za-z0-9_.-]+", "-") + ending;
    }

    /// Makes the content of a file; called on a background thread.
    @FunctionalInterface
    private interface FileContent {
        Path writeTo(Path file) throws IOException;
    }

    private void save(String suggestedName, FileContent content) {
        save(suggestedName, "", content);
    }

    /// @param remark added to the sentence that reports the written file
    private void save(String suggestedName, String remark, FileContent content) {
        files.choose(
                suggestedName,
                file -> model.tasks()
                        .run(
                                () -> write(file, content),
                                _ -> model.host()
                                        .showNotification(Notification.done(Messages.of("export.done", file) + remark)),
                                e -> model.host()
                                        .showNotification(Notification.error(new Refusal(
                                                "file",
                                                Messages.of("export.failed", String.valueOf(e.getMessage())),
                                                "")))));
    }

    private static Path write(Path file, FileContent content) throws EngineException {
        try {
            return content.writeTo(file);
        } catch (IOException e) {
            throw new EngineException("write " + file, EngineException.reason(e), e);
        }
    }
}
