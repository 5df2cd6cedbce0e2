package dev.patchbay.app.window;

import dev.patchbay.app.FxThread;
import dev.patchbay.app.Labs;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.viewmodel.BackgroundTasks;
import dev.patchbay.app.viewmodel.PatchbayViewModel;
import dev.patchbay.app.window.action.ChooserDestination;
import dev.patchbay.app.window.action.ChooserSource;
import dev.patchbay.engine.client.LabDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The window as a program: opens the Lab, remembers its size and theme.
public final class PatchbayApp extends Application {
    private static final System.Logger LOG = System.getLogger(PatchbayApp.class.getName());

    private @Nullable BackgroundTasks tasks;
    private @Nullable PatchbayViewModel model;

    @Override
    public void start(Stage stage) {
        Fonts.load();
        Map<String, String> environment = System.getenv();
        Path stateFile = WindowState.file(environment);
        WindowState state = WindowState.read(stateFile);
        BackgroundTasks running = new BackgroundTasks(new FxThread());
        PatchbayViewModel window = new PatchbayViewModel(
                () -> Labs.start(environment), Labs.player(environment), running, InstantSource.system());
        tasks = running;
        model = window;
        MainWindow main = new MainWindow(window, state, new ChooserDestination(stage), new ChooserSource(stage));

        stage.setTitle(Messages.of("window.title"));
        stage.setScene(main.scene());
        stage.setMinWidth(WindowState.SMALLEST_WIDTH);
        stage.setMinHeight(WindowState.SMALLEST_HEIGHT);
        stage.setMaximized(state.maximized());
        // Rules are read only while somebody can see them.
        stage.showingProperty().subscribe(showing -> {
            if (showing) {
                window.counters().watch();
            } else {
                window.counters().rest();
            }
        });
        stage.iconifiedProperty().subscribe(iconified -> {
            if (iconified) {
                window.counters().rest();
            } else if (stage.isShowing()) {
                window.counters().watch();
            }
        });
        Path pictureFile =
                Arrangements.file(stateFile, LabDirectory.of(environment).home().toString());
        main.picture().setArrangement(Arrangements.read(pictureFile));
        stage.setOnHiding(_ -> remember(stateFile, pictureFile, stage, main));
        stage.show();
        stage.getIcons().addAll(Logo.icons());
        window.host().open();
    }

    private static void remember(Path file, Path pictureFile, Stage stage, MainWindow main) {
        try {
            new WindowState(
                            main.scene().getWidth(),
                            main.scene().getHeight(),
                            stage.isMaximized(),
                            main.theme().get())
                    .write(file);
            Arrangements.write(pictureFile, main.picture().arrangement());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the window's size and picture are not remembered", e);
        }
    }

    @Override
    public void stop() {
        if (model != null) {
            model.close();
        }
        if (tasks != null) {
            tasks.close();
        }
    }
}
