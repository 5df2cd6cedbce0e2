package dev.patchbay.app.window;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.TestTopologyBuilder;
import dev.patchbay.app.hosts.FakeHost;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.screenshot.Screenshots;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Language;
import dev.patchbay.core.model.Topology;
import java.io.IOException;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// Compares pictures of the whole window. It is larger than the headless screen, so nothing is clicked.
abstract class WindowPictures extends ApplicationTest {
    private final Language language;
    ReproducibleWindow steady;
    MainWindow window;
    WindowViewModel model;
    FakeHost fake;

    WindowPictures(Language language) {
        this.language = language;
    }

    @Start
    @Override
    public void start(Stage stage) {
        steady = new ReproducibleWindow(language, 1440, 900);
        window = steady.window;
        model = steady.model;
        fake = steady.fake;
        stage.setScene(window.scene());
        stage.show();
    }

    @AfterEach
    void close() {
        interact(steady::close);
    }

    /// The scene of the target picture.
    final void open() {
        open(SampleTopologies.target().build());
    }

    final void open(Topology topology) {
        interact(() -> steady.open(topology));
    }

    final void pass(int seconds) {
        interact(() -> steady.pass(seconds));
    }

    final void select(Selection selected) {
        interact(() -> model.selected().set(selected));
    }

    final void tab(String tabs, int index) {
        interact(() -> find(tabs, TabPane.class).getSelectionModel().select(index));
    }

    final void fire(String button) {
        interact(() -> find(button, ButtonBase.class).fire());
    }

    final void type(String field, String text) {
        interact(() -> find(field, TextField.class).setText(text));
    }

    final <T extends Node> T find(String query, Class<T> type) {
        return lookup(query).queryAs(type);
    }

    static Selection network(String name) {
        return new Selection.OfNetwork(TestTopologyBuilder.id(name));
    }

    static Selection container(String name) {
        return new Selection.OfContainer(TestTopologyBuilder.id(name));
    }

    final void expect(String name, Theme theme) throws IOException {
        interact(() -> window.setTheme(theme));
        WaitForAsyncUtils.waitForFxEvents();
        Screenshots.expect(window.scene(), nameIn(theme, name));
    }

    final void expectDarkAndLight(String name) throws IOException {
        expect(name, Theme.LIGHT);
        expect(name, Theme.DARK);
    }

    static String nameIn(Theme theme, String name) {
        return name + "-" + theme.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
