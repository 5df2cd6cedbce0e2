package dev.patchbay.app.window;

import dev.patchbay.app.canvas.RenderWarmUp;
import dev.patchbay.app.hosts.HostChoice;
import dev.patchbay.app.hosts.HostConnector;
import dev.patchbay.app.hosts.LabConnector;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.task.BackgroundTasks;
import dev.patchbay.app.task.FxThread;
import dev.patchbay.app.text.Messages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javafx.application.Application;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The JavaFX application. It remembers the window's size, theme and host. Its one parameter is the name
/// of the host to show, or empty.
public final class PatchbayApp extends Application {
    private static final System.Logger LOG = System.getLogger(PatchbayApp.class.getName());

    private @Nullable BackgroundTasks tasks;
    private @Nullable HostWindows hosts;

    /// The connection to the display exists at this point. The helper starts while the window is built.
    @Override
    public void init() {
        Map<String, String> environment = System.getenv();
        String host = host(WindowState.read(WindowState.file(environment)));
        if (host.isEmpty() || host.equals(HostChoice.LAB)) {
            LabConnector.startInBackground(environment);
        }
    }

    @Override
    public void start(Stage stage) {
        Fonts.load();
        Map<String, String> environment = System.getenv();
        Path stateFile = WindowState.file(environment);
        WindowState state = WindowState.read(stateFile);
        Theme theme = state.theme();
        Themes.setUserAgentStylesheet(theme == null ? Themes.desktopTheme() : theme);
        BackgroundTasks running = new BackgroundTasks(new FxThread());
        HostWindows windows =
                new HostWindows(stage, environment, HostConnector.HostSideFactory.LOCAL, running, stateFile, state);
        tasks = running;
        hosts = windows;

        stage.setTitle(Messages.of("window.title"));
        stage.setMinWidth(WindowState.MIN_WIDTH);
        stage.setMinHeight(WindowState.MIN_HEIGHT);
        stage.setMaximized(state.maximized());
        stage.setOnHiding(_ -> saveState(windows));
        restorePosition(stage, state);
        windows.show(host(state));
        stage.show();
        stage.getIcons().addAll(Logo.icons());
        RenderWarmUp.start();
    }

    /// The host given on the command line, otherwise the one shown last; empty at the first start.
    private String host(WindowState state) {
        String asked = getParameters().getRaw().getFirst();
        return asked.isEmpty() ? state.host() : asked;
    }

    /// Moves the stage to its last position, unless that screen is gone.
    private static void restorePosition(Stage stage, WindowState state) {
        if (!Screen.getScreensForRectangle(state.x(), state.y(), state.width(), state.height())
                .isEmpty()) {
            stage.setX(state.x());
            stage.setY(state.y());
        }
    }

    private static void saveState(HostWindows windows) {
        try {
            windows.saveState();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the window's size and picture are not remembered", e);
        }
    }

    @Override
    public void stop() {
        if (hosts != null) {
            hosts.close();
        }
        if (tasks != null) {
            tasks.close();
        }
    }
}
