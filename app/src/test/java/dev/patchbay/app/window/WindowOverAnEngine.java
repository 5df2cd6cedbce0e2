package dev.patchbay.app.window;

import static dev.patchbay.app.window.FxConditions.onFxThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.differential.EngineRunner;
import dev.patchbay.app.differential.EngineVersion;
import dev.patchbay.app.hosts.HostChoice;
import dev.patchbay.app.hosts.LabConnector;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.screenshot.Screenshots;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.task.BackgroundTasks;
import dev.patchbay.app.task.FxThread;
import dev.patchbay.core.docker.LocalMachineAccess;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.client.StateDirectory;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import javafx.util.Subscription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// The window over a real engine and a real Lab at once: Docker 20.10, unless a class says another with [OnEngine].
abstract class WindowOverAnEngine extends ApplicationTest {
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /// Two JVMs start.
    static final Duration OPENING = Duration.ofMinutes(2);

    static final String IMAGE = "httpd:2.4";
    static final String WORKS = "It works!";

    private static final Pattern DIFFERENT =
            Pattern.compile("[0-9a-f]{12}|^br-|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}");

    private static final Pattern PID = Pattern.compile("pid [0-9]+(, sees client .*)?");
    private static final int DIGIT = 12;

    /// Where a network's title says the name of its bridge, in pixels.
    private static final int BRIDGE = 145;

    private static final int TITLE = 24;

    @TempDir
    static Path directory;

    static EngineRunner engine;

    private final WindowState size;
    private final BackgroundTasks tasks = new BackgroundTasks(new FxThread());
    private Map<String, String> environment;
    HostWindows hosts;
    private Machine machine;

    WindowOverAnEngine() {
        this(1440, 900);
    }

    /// With a window of this size.
    WindowOverAnEngine(int width, int height) {
        this.size = new WindowState(width, height, false, Theme.DARK);
    }

    @BeforeAll
    static void startTheEngine(TestInfo test) throws IOException {
        engine = EngineVersion.of(test).start(directory);
    }

    /// Networks and containers as a machine has them that Patchbay comes to later.
    static void furnish() {
        for (String network : new String[] {"frontend", "backend"}) {
            engine.docker("network", "create", network);
        }
        engine.docker("network", "create", "--internal", "--subnet", "10.40.0.0/24", "vault");
        engine.docker("run", "-d", "--name", "shop", "--network", "frontend", "-p", "8080:80", "-p", "8443:443", IMAGE);
        engine.docker("network", "connect", "backend", "shop");
        engine.docker("run", "-d", "--name", "blog", "--network", "frontend", "-p", "127.0.0.1:8081:80", IMAGE);
        engine.docker("run", "-d", "--name", "orders", "--network", "backend", "--restart", "always", IMAGE);
        engine.docker("network", "connect", "--ip", "10.40.0.20", "vault", "orders");
        engine.docker("run", "-d", "--name", "ledger", "--network", "vault", "--ip", "10.40.0.10", IMAGE);
        engine.docker("create", "--name", "nightly", "--network", "backend", IMAGE);
        engine.docker("run", "-d", "--name", "probe", IMAGE);
        engine.docker("pause", "probe");
    }

    @AfterAll
    static void endTheEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    @Start
    @Override
    public void start(Stage stage) throws IOException {
        Fonts.load();
        machine = new Machine(StateDirectory.ofMachine(directory.resolve("root")), standardHelper(), engine.joining());
        environment = Map.of(
                "PATCHBAY_HOME",
                Files.createTempDirectory(directory, "home").toString(),
                "HOME",
                directory.toString(),
                "DOCKER_HOST",
                engine.address());
        hosts = new HostWindows(
                stage,
                environment,
                (_, silence) -> new LocalMachineAccess(machine, silence),
                tasks,
                directory.resolve("window.json"),
                size);
        hosts.choose(local());
        stage.show();
    }

    @AfterEach
    void close() throws Exception {
        interact(hosts::close);
        tasks.close();
        LabConnector.down(environment);
        machine.down();
    }

    private static HelperCommand standardHelper() {
        try {
            return HelperCommand.ofThisProgram();
        } catch (EngineException e) {
            throw new IllegalStateException(e);
        }
    }

    private HostChoice local() {
        return hosts.choices().stream()
                .filter(choice -> choice.name().equals("local"))
                .findFirst()
                .orElseThrow();
    }

    WindowViewModel model() {
        return hosts.shown().orElseThrow().model();
    }

    Optional<Container> container(String name) {
        Topology topology = model().host().topology().get();
        return topology == null
                ? Optional.empty()
                : topology.containers().stream()
                        .filter(container -> container.name().equals(name))
                        .findFirst();
    }

    void select(Selection what) {
        interact(() -> {
            model().selected().set(what);
            hosts.shown().orElseThrow().window().canvas().requestFocus();
        });
    }

    /// Compares the window with a stored picture once nothing in it moves any more, but for what differs in each run.
    ///
    /// @param name of the picture
    void expect(String name) throws IOException {
        interact(() -> model().host().dismissNotification());
        await().atMost(PATIENCE)
                .until(onFxThread(() -> lookup("#overviewTraffic")
                                .tryQuery()
                                .filter(WindowOverAnEngine::isSeen)
                                .isPresent()
                        && isPathShown()
                        && isPreviewShown()
                        // A cable with traffic is drawn wider.
                        && model().trafficLevels().levels().get().isEmpty()
                        && model().nat().rows().stream()
                                .allMatch(row -> row.rate().get() == 0)));
        WaitForAsyncUtils.waitForFxEvents();
        Scene scene = hosts.shown().orElseThrow().window().scene();
        Screenshots.expect(scene, name, WaitForAsyncUtils.waitForAsyncFx(60_000, () -> different(scene)));
    }

    private boolean isPathShown() {
        boolean published = switch (model().selected().get()) {
            case Selection.OfPort _ -> true;
            case Selection.OfContainer(Id id) ->
                !Objects.requireNonNull(
                                Objects.requireNonNull(model().host().topology().get())
                                        .container(id))
                        .ports()
                        .isEmpty();
            default -> false;
        };
        return !published || !model().publishedPath().hops().get().isEmpty();
    }

    /// A dialog asks the host after a pause in typing, and shows the steps of the previous values until it answers.
    private boolean isPreviewShown() {
        boolean asked = lookup("#steps").tryQuery().isPresent();
        return !asked
                || !lookup("#copyCommand").query().isDisabled()
                || isSeen(lookup("#refusal").query());
    }

    private static boolean isSeen(Node node) {
        return node.getParent() == null || (node.isVisible() && isSeen(node.getParent()));
    }

    /// Where ids, times and the names that are made of ids stand.
    private List<Rectangle2D> different(Scene scene) {
        List<Rectangle2D> places = new ArrayList<>();
        scene.getRoot().lookupAll("*").stream()
                .filter(WindowOverAnEngine::isSeen)
                .forEach(node -> {
                    if (!(node instanceof Labeled labeled) || labeled.getText() == null) {
                        return;
                    }
                    Rectangle2D place = seen(labeled);
                    if (DIFFERENT.matcher(labeled.getText()).find()) {
                        places.add(place);
                    } else if (PID.matcher(labeled.getText()).matches()) {
                        // At the right or the left edge, with three digits or four.
                        places.add(new Rectangle2D.Double(
                                place.getX() - DIGIT, place.getY(), place.getWidth() + 2 * DIGIT, place.getHeight()));
                    } else if (labeled.getText().equals("Pid")) {
                        // What stands beside it has three digits or four.
                        places.add(new Rectangle2D.Double(
                                place.getMaxX(), place.getY(), scene.getWidth() - place.getMaxX(), place.getHeight()));
                    }
                });
        // The rates and the chart below them: packets pass at another moment each time.
        lookup("#overviewTraffic")
                .tryQuery()
                .map(rates -> seen(rates.getParent().getParent()))
                .ifPresent(places::add);
        Optional<Rectangle2D> sheet = lookup("#sheet").tryQuery().map(WindowOverAnEngine::seen);
        TopologyCanvas canvas = hosts.shown().orElseThrow().window().canvas();
        for (Network network :
                Objects.requireNonNull(model().host().topology().get()).networks()) {
            Bounds lane = canvas.boundsOf(new CanvasElement.Lane(network.id()));
            if (lane != null) {
                Bounds bounds = canvas.localToScene(lane);
                Rectangle2D title = new Rectangle2D.Double(bounds.getMaxX() - BRIDGE, bounds.getMinY(), BRIDGE, TITLE);
                if (sheet.filter(title::intersects).isEmpty()) {
                    places.add(title);
                }
            }
        }
        return places;
    }

    /// What no pane around it cuts off.
    private static Rectangle2D seen(Node node) {
        Rectangle2D seen = rectangle(node);
        for (Parent around = node.getParent(); around != null; around = around.getParent()) {
            if (around.getClip() != null) {
                seen = seen.createIntersection(rectangle(around));
            }
        }
        return seen;
    }

    private static Rectangle2D rectangle(Node node) {
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        return new Rectangle2D.Double(bounds.getMinX(), bounds.getMinY(), bounds.getWidth(), bounds.getHeight());
    }

    static Point2D middleOf(TopologyCanvas canvas, CanvasElement element) {
        await().atMost(PATIENCE).until(() -> canvas.centreOf(element) != null);
        return Objects.requireNonNull(canvas.centreOf(element));
    }

    void applySheet() {
        await().atMost(PATIENCE)
                .until(onFxThread(() -> lookup("#apply")
                        .tryQueryAs(Button.class)
                        .map(button -> !button.isDisabled())
                        .orElse(false)));
        interact(() -> lookup("#apply").queryAs(Button.class).fire());
        await().atMost(PATIENCE)
                .until(onFxThread(() -> lookup("#sheet").tryQuery().isEmpty()));
    }

    /// Waits until no change is being applied, because undo is refused before. A topology may show a change earlier.
    void untilApplied() {
        await().atMost(PATIENCE).until(onFxThread(() -> model().host().pending().isEmpty()));
    }

    /// Takes the last action back, and waits for the outcome. A topology may show the effect earlier.
    void undo() {
        undoBy(() -> interact(() -> model().host().undo()));
    }

    /// @param gesture that asks for the undo
    /// @return the sentence about it, which the window shows for a few seconds
    String undoBy(Runnable gesture) {
        untilApplied();
        CompletableFuture<Notification> outcome = new CompletableFuture<>();
        Subscription[] notices = new Subscription[1];
        interact(() -> {
            model().host().dismissNotification();
            notices[0] = model().host().notification().subscribe(notice -> {
                if (notice != null && isOfUndo(notice)) {
                    outcome.complete(notice);
                }
            });
        });
        try {
            gesture.run();
            assertThat(outcome)
                    .succeedsWithin(PATIENCE)
                    .satisfies(notice -> assertThat(notice.sentence()).startsWith("Undone: "));
            return outcome.join().sentence();
        } finally {
            interact(notices[0]::unsubscribe);
        }
    }

    private static boolean isOfUndo(Notification notice) {
        return notice.kind() == Notification.Kind.ERROR || notice.sentence().startsWith("Undone: ");
    }

    static String rules() throws IOException {
        return onHost("(iptables-save; ip6tables-save) | grep -v '^#' | sed 's/\\[[0-9:]*\\]//'");
    }

    /// After another program than Patchbay has changed them last.
    static void awaitRules(String expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rules()).isEqualTo(expected));
    }

    /// A server that has just started or got an address answers a moment later.
    static void awaitAnswer(String url) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(onHost("curl -s --max-time 20 " + url)).contains(WORKS));
    }

    static String onHost(String script) throws IOException {
        List<String> line = new ArrayList<>(engine.joining());
        line.addAll(List.of("sh", "-c", script));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
