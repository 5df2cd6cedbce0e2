package dev.patchbay.app.window;

import static dev.patchbay.app.window.FxConditions.onFxThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.TestTopologyBuilder;
import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.canvas.drag.DragTooltip;
import dev.patchbay.app.hosts.FakeHost;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.task.BackgroundTasks;
import dev.patchbay.app.task.FxThread;
import dev.patchbay.app.tour.TourViewModel;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// Every gesture in the picture, over a host without a kernel.
class DragTest extends ApplicationTest {
    private final FakeHost fake = new FakeHost(SampleTopologies.target().build());
    private final BackgroundTasks tasks = new BackgroundTasks(new FxThread());
    private final WindowViewModel model = new WindowViewModel(
            () -> new HostOpener.Result.Opened(fake),
            _ -> new TourViewModel.PlayResult(0, ""),
            tasks,
            InstantSource.system());
    private MainWindow window;
    private TopologyCanvas canvas;
    private Mouse mouse;

    @Start
    @Override
    public void start(Stage stage) {
        Fonts.load();
        window = new MainWindow(model, new WindowState(1440, 900, false, Theme.DARK), (_, _) -> {}, _ -> {});
        canvas = window.canvas();
        mouse = new Mouse(canvas);
        stage.setScene(window.scene());
        stage.show();
        fake.listening.add(new Listener(Protocol.TCP, InetAddress.ofLiteral("0.0.0.0"), 22, 812, "sshd"));
        fake.listening.add(new Listener(Protocol.TCP, InetAddress.ofLiteral("::"), 22, 812, "sshd"));
        fake.listening.add(new Listener(Protocol.TCP, InetAddress.ofLiteral("127.0.0.1"), 3000, 4242, "grafana"));
        fake.listening.add(new Listener(Protocol.UDP, InetAddress.ofLiteral("172.18.0.1"), 53, 99, "java"));
        model.host().open();
    }

    @BeforeEach
    void waitForThePicture() {
        await().until(() -> model.host().isLive() && canvas.centreOf(busy(22)) != null);
        WaitForAsyncUtils.waitForFxEvents();
    }

    @AfterEach
    void close() {
        interact(model::close);
        tasks.close();
    }

    @Test
    void aCardDraggedByItsHandleToANetworkIsConnected() {
        Point2D to = at(lane("mydockernet")).add(180, 60);
        mouse.drag(handle("old-web"), to);
        await().untilAsserted(() ->
                assertThat(note().lines()).containsExactly("172.18.0.6 · gateway 172.18.0.1", "default route stays"));
        assertThat(note().title()).isEqualTo("Connect old-web to mydockernet");
        copies("docker network connect mydockernet old-web");
        assertThat(fake.applied).isEmpty();

        mouse.drop(to);
        applied(new Change.Connect("old-web", EndpointRequest.on("mydockernet")));
    }

    @Test
    void whatTheHostWouldRefuseIsSaidAtThePointer() {
        fake.refuse(Change.Connect.class, Refusal.of("full", "no available IPv4 addresses"));
        mouse.drag(handle("old-web"), at(lane("backend")).add(0, 60));
        await().untilAsserted(() -> assertThat(note())
                .isEqualTo(
                        new DragTooltip("Connect old-web to backend", List.of("No available IPv4 addresses"), true)));
        push(KeyCode.ESCAPE);
        assertThat(model.drag().tooltip().get()).isNull();
    }

    @Test
    void escapeCancelsADragAndTheReleaseThenDoesNothing() {
        Point2D to = at(lane("mydockernet")).add(180, 60);
        mouse.drag(handle("old-web"), to);
        push(KeyCode.ESCAPE);
        mouse.drop(to);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(fake.applied).isEmpty();
    }

    @Test
    void theRightButtonCancelsADragAndTheReleaseThenDoesNothing() {
        Point2D to = at(lane("mydockernet")).add(180, 60);
        mouse.drag(handle("old-web"), to);
        mouse.clickRightMeanwhile(to);
        assertThat(model.drag().tooltip().get()).isNull();
        mouse.drop(to);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(fake.applied).isEmpty();
        assertThat(lookup("#menuStop").tryQuery()).isEmpty();
    }

    @Test
    void whatWasMovedInThePictureIsUndoneInItsTurn() {
        interact(() -> model.host().apply(new Change.StopContainer("web01")));
        await().until(() -> fake.applied.size() == 1 && model.undo().undoable().get() != null);
        Point2D title = at(lane("bridge"));
        mouse.drag(title, title.add(0, 80));
        mouse.drop(title.add(0, 80));
        Point2D moved = ratio();
        interact(canvas::tidy);
        Point2D tidied = ratio();
        assertThat(tidied).isNotEqualTo(moved);
        push(KeyCode.CONTROL, KeyCode.Z);
        assertThat(ratio()).isEqualTo(moved);
        push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        assertThat(ratio()).isEqualTo(tidied);
        push(KeyCode.CONTROL, KeyCode.Z);
        push(KeyCode.CONTROL, KeyCode.Z);
        assertThat(ratio()).isNotEqualTo(moved);
        assertThat(fake.history).isEmpty();
        push(KeyCode.CONTROL, KeyCode.Z);
        await().until(() -> fake.history.equals(List.of("undo")));
        push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        await().until(() -> fake.history.equals(List.of("undo", "redo")));
    }

    @Test
    void aPlugPulledOffItsRailIsDisconnectedAtOnceWhenNothingStops() {
        Point2D plug = at(new CanvasElement.Plug(id("api"), id("backend")));
        mouse.drag(plug, plug.add(30, 120));
        await().untilAsserted(() -> assertThat(note().lines()).containsExactly("nothing else stops"));
        copies("docker network disconnect backend api");
        mouse.drop(plug.add(30, 120));
        applied(new Change.Disconnect("backend", "api"));
    }

    @Test
    void aPlugWhosePortsWouldStopAsksFirst() {
        Point2D plug = at(new CanvasElement.Plug(id("web01"), id("mydockernet")));
        mouse.drag(plug, plug.add(0, 150));
        await().untilAsserted(() -> assertThat(note().lines()).anyMatch(line -> line.contains("0.0.0.0:8080")));
        mouse.drop(plug.add(0, 150));
        await().until(() -> !Texts.of(this, ".consequence").isEmpty());
        assertThat(fake.applied).isEmpty();
        await().until(onFxThread(() -> !lookup("#apply").query().isDisabled()));
        push(KeyCode.ENTER);
        applied(new Change.Disconnect("mydockernet", "web01"));
    }

    @Test
    void aPinDraggedToTheRailOpensTheEditorBesideIt() {
        Point2D pin = at(new CanvasElement.Pin(id("api"), new ExposedPort(3000, Protocol.TCP)));
        Point2D slot = at(new CanvasElement.DropSlot());
        mouse.drag(pin, slot);
        await().untilAsserted(() -> assertThat(note().title()).isEqualTo("Publish 3000/tcp of api"));
        copies("patchbay publish api 127.0.0.1:3001:3000");
        mouse.drop(slot);
        await().until(onFxThread(() -> lookup("#publishHostPort").tryQuery().isPresent()));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lookup("#publishHostPort").queryAs(TextField.class).getText())
                .isEqualTo("3001");
        Bounds sheet = canvas.sceneToLocal(
                lookup("#sheet").query().localToScene(lookup("#sheet").query().getLayoutBounds()));
        assertThat(sheet.getMinX()).isBetween(slot.getX(), slot.getX() + 160);
        assertThat(lookup("#publishReach").queryAs(Labeled.class).getText()).contains("Only programs on this host");
        await().until(onFxThread(() -> !lookup("#apply").query().isDisabled()));
        push(KeyCode.ENTER);
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied.getFirst()).isInstanceOfSatisfying(Change.Publish.class, publish -> {
            assertThat(publish.container()).isEqualTo("api");
            assertThat(publish.mapping().hostAddress()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
            assertThat(publish.mapping().hostPorts()).isEqualTo(PortRange.single(3001));
        });
    }

    @Test
    void portsOfOtherProcessesStandOnTheRailAndAreNamedInTheEditor() {
        assertThat(canvas.centreOf(busy(3000))).isNotNull();
        assertThat(canvas.centreOf(new CanvasElement.BusyPort(53, Protocol.UDP)))
                .isNull();
        interact(() -> model.selected().set(new Selection.OfContainer(id("api"))));
        push(KeyCode.P);
        await().until(onFxThread(() -> lookup("#publishHostPort").tryQuery().isPresent()));
        interact(() -> lookup("#publishHostPort").queryAs(TextField.class).setText("3000"));
        assertThat(lookup("#publishOwner").queryAs(Labeled.class).getText())
                .isEqualTo("Port 3000 is held by grafana (pid 4242).");
        interact(() -> lookup("#publishHostPort").queryAs(TextField.class).setText("8080"));
        assertThat(lookup("#publishOwner").queryAs(Labeled.class).getText()).isEqualTo("Port 8080 is held by web01.");
    }

    @Test
    void aJackDraggedOffTheHostIsTakenBack() {
        CanvasElement jack = new CanvasElement.HostPort(TestTopologyBuilder.id("0.0.0.0:8081/tcp"));
        mouse.drag(at(jack), at(jack).add(240, 300));
        await().untilAsserted(() -> assertThat(note().title()).isEqualTo("Take back 0.0.0.0:8081"));
        copies("patchbay unpublish web02 0.0.0.0:8081:80");
        mouse.drop(at(jack).add(240, 300));
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied.getFirst())
                .isInstanceOfSatisfying(
                        Change.Unpublish.class,
                        unpublish -> assertThat(unpublish.hostPorts()).isEqualTo(PortRange.single(8081)));
    }

    @Test
    void aCardMovesInItsLaneAndALaneByItsTitleAndTheHostKnowsNothingOfIt() {
        Point2D card = at(card("old-web"));
        mouse.drag(card.add(20, -30), card.add(220, -30));
        mouse.drop(card.add(220, -30));
        assertThat(at(card("old-web")).getX() - card.getX()).isGreaterThan(100);

        Point2D title = at(lane("bridge"));
        Point2D other = at(card("web01"));
        mouse.drag(title, title.add(0, 80));
        mouse.drop(title.add(0, 80));
        assertThat(at(lane("bridge")).subtract(at(card("web01"))).getY())
                .isGreaterThan(title.subtract(other).getY() + 30);
        assertThat(fake.applied).isEmpty();
        assertThat(fake.previewed).isEmpty();
    }

    @Test
    void tidyPacksAnewAndPutsBack() {
        Point2D title = at(lane("bridge"));
        mouse.drag(title, title.add(0, 80));
        mouse.drop(title.add(0, 80));
        Point2D moved = ratio();
        interact(canvas::tidy);
        assertThat(ratio()).isNotEqualTo(moved);
        assertThat(canvas.isTidy()).isTrue();
        interact(canvas::tidy);
        assertThat(ratio()).isEqualTo(moved);
    }

    /// Where the last lane is as seen from a card of the first; the same at every zoom.
    private Point2D ratio() {
        Bounds card = Objects.requireNonNull(canvas.boundsOf(card("web01")));
        Point2D way = at(lane("bridge")).subtract(card.getCenterX(), card.getCenterY());
        return new Point2D(Math.rint(way.getX() / card.getWidth() * 50), Math.rint(way.getY() / card.getWidth() * 50));
    }

    /// The drag goes on, and nothing is done.
    private void copies(String command) {
        push(KeyCode.CONTROL, KeyCode.C);
        WaitForAsyncUtils.waitForFxEvents();
        String[] copied = new String[1];
        interact(() -> copied[0] = Clipboard.getSystemClipboard().getString());
        assertThat(copied[0]).isEqualTo(command);
        assertThat(fake.applied).isEmpty();
        assertThat(model.drag().tooltip().get()).isNotNull();
    }

    private void applied(Change change) {
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied).containsExactly(change);
    }

    private DragTooltip note() {
        WaitForAsyncUtils.waitForFxEvents();
        return Objects.requireNonNull(model.drag().tooltip().get());
    }

    private Point2D at(CanvasElement element) {
        return Objects.requireNonNull(canvas.centreOf(element));
    }

    private Point2D handle(String name) {
        Bounds card = Objects.requireNonNull(canvas.boundsOf(card(name)));
        return new Point2D(card.getMaxX(), card.getCenterY());
    }

    private static CanvasElement busy(int port) {
        return new CanvasElement.BusyPort(port, Protocol.TCP);
    }

    private static CanvasElement card(String name) {
        return new CanvasElement.Card(id(name));
    }

    private static CanvasElement lane(String name) {
        return new CanvasElement.Lane(id(name));
    }

    private static Id id(String name) {
        return TestTopologyBuilder.id(name);
    }
}
