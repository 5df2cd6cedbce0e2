package dev.patchbay.app.window;

import dev.patchbay.app.cli.Cli;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.export.OpenFileChooser;
import dev.patchbay.app.export.SaveFileChooser;
import dev.patchbay.app.hosts.ConnectionState;
import dev.patchbay.app.hosts.HostChoice;
import dev.patchbay.app.hosts.HostConnector;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.hosts.HostSwitch;
import dev.patchbay.app.hosts.LabConnector;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.hosts.RootAccessViewModel;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.tour.TourViewModel;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.config.DockerHosts;
import dev.patchbay.engine.client.StateDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The hosts of one stage, one of them shown. A host is opened when it is first chosen. When another
/// host is shown it stays connected, and keeps its selection, dialogs and undo history.
final class HostWindows implements HostSwitch {
    private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

    private final Stage stage;
    private final Map<String, String> environment;
    private final HostConnector.HostSideFactory hostSides;
    private final Tasks tasks;
    private final Path stateFile;
    private final WindowState state;
    private final SequencedMap<String, HostWindow> opened = new LinkedHashMap<>();
    private @Nullable HostWindow shown;

    /// @param sides gives access to the kernel of this machine
    /// @param state the remembered state of the window
    HostWindows(
            Stage stage,
            Map<String, String> environment,
            HostConnector.HostSideFactory sides,
            Tasks tasks,
            Path stateFile,
            WindowState state) {
        this.hostSides = sides;
        this.stage = stage;
        this.environment = environment;
        this.tasks = tasks;
        this.stateFile = stateFile;
        this.state = state;
        stage.showingProperty().subscribe(this::updateCounters);
        stage.iconifiedProperty().subscribe(this::updateCounters);
    }

    /// Shows the host of this name if the choices have it, otherwise the Lab.
    void show(String name) {
        choose(choices().stream()
                .filter(choice -> choice.name().equals(name))
                .findFirst()
                .orElseGet(() -> HostChoice.lab(IS_ROOT)));
    }

    @Override
    public List<HostChoice> choices() {
        List<HostChoice> choices = new ArrayList<>(List.of(HostChoice.lab(IS_ROOT)));
        new DockerHosts(environment).all().forEach(host -> choices.add(HostChoice.of(host)));
        return choices;
    }

    @Override
    public Optional<ConnectionState> connectionState(String name) {
        return Optional.ofNullable(opened.get(name))
                .map(host -> host.model().host().connection().get());
    }

    @Override
    public void choose(HostChoice choice) {
        HostWindow before = shown;
        boolean fresh = !opened.containsKey(choice.name());
        HostWindow next = opened.computeIfAbsent(choice.name(), _ -> open(choice));
        shown = next;
        if (before != null) {
            next.window().chooseTheme(before.window().chosenTheme().get());
        }
        stage.setScene(next.window().scene());
        updateCounters();
        if (fresh) {
            next.model().host().open();
        }
    }

    Optional<HostWindow> shown() {
        return Optional.ofNullable(shown);
    }

    private HostWindow open(HostChoice choice) {
        WindowViewModel model = model(choice);
        WindowState size = shown == null ? state : currentState(shown);
        MainWindow window =
                new MainWindow(model, choice, this, size, new SaveFileChooser(stage), new OpenFileChooser(stage));
        Path remembered = ArrangementFiles.file(
                stateFile,
                choice.name().equals(HostChoice.LAB)
                        ? StateDirectory.of(environment).home().toString()
                        : choice.detail());
        window.canvas().setArrangement(ArrangementFiles.read(remembered));
        Platform.getPreferences()
                .reducedMotionProperty()
                .when(window.showing())
                .subscribe(reduced -> window.canvas().setMotion(!reduced));
        return new HostWindow(model, window, remembered);
    }

    private WindowViewModel model(HostChoice choice) {
        return switch (choice.kind()) {
            case LAB ->
                new WindowViewModel(
                        () -> LabConnector.start(environment), tourPlayer(environment), tasks, InstantSource.system());
            case ENGINE -> engine(choice);
        };
    }

    /// Plays commands on the Lab as the command line does, and collects what they print.
    static TourViewModel.Player tourPlayer(Map<String, String> environment) {
        return words -> {
            StringWriter printed = new StringWriter();
            PrintWriter writer = new PrintWriter(printed);
            CliSession session = new CliSession(
                    Reader.nullReader(),
                    writer,
                    writer,
                    Clock.systemUTC(),
                    environment,
                    _ -> LabConnector.open(environment),
                    false);
            int code = Cli.run(session, words.toArray(String[]::new));
            return new TourViewModel.PlayResult(code, printed.toString());
        };
    }

    private WindowViewModel engine(HostChoice choice) {
        AtomicReference<WindowViewModel> made = new AtomicReference<>();
        HostOpener opener = () -> HostConnector.start(
                environment,
                choice.name(),
                hostSides,
                DockerEngine.SILENCE_IN_WINDOW,
                line -> tasks.deliver(() -> made.get().host().showNotification(Notification.done(line))));
        // The other windows show no tour: it is played on the Lab.
        TourViewModel.Player nobody = _ -> new TourViewModel.PlayResult(0, "");
        RootAccessViewModel.@Nullable RootPrompt asking =
                HostConnector.isHere(environment, choice.name()) ? hostSides::askForRoot : null;
        WindowViewModel model =
                new WindowViewModel(choice.kind(), opener, asking, nobody, tasks, InstantSource.system());
        made.set(model);
        return model;
    }

    /// Reads rules only while a person can see them.
    private void updateCounters() {
        boolean seen = stage.isShowing() && !stage.isIconified();
        for (HostWindow host : opened.values()) {
            if (seen && host.equals(shown)) {
                host.model().counters().start();
            } else {
                host.model().counters().stop();
            }
        }
    }

    private WindowState currentState(HostWindow host) {
        MainWindow window = host.window();
        String name = opened.entrySet().stream()
                .filter(entry -> entry.getValue().equals(host))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
        return new WindowState(
                window.scene().getWidth(),
                window.scene().getHeight(),
                stage.getX(),
                stage.getY(),
                stage.isMaximized(),
                window.chosenTheme().get(),
                window.drawerPosition(),
                name);
    }

    /// Saves the state of the window to its file.
    void saveState() throws IOException {
        HostWindow now = shown;
        if (now == null) {
            return;
        }
        currentState(now).write(stateFile);
        for (HostWindow host : opened.values()) {
            ArrangementFiles.write(
                    host.arrangementFile(), host.window().canvas().arrangement());
        }
    }

    void close() {
        opened.values().forEach(host -> host.model().close());
    }
}
