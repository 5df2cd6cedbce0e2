package dev.patchbay.app.window;

import static dev.patchbay.app.window.FxConditions.onFxThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A network beside a real engine, made and used in the window.
class ManagedNetworkWindowTest extends WindowOverAnEngine {
    private static final int PROBLEMS = 3;

    @BeforeAll
    static void furnishTheMachine() {
        furnish();
    }

    /// Said in the network dialog, and then the gesture of every network.
    @Test
    void aCardDraggedToANetworkBesideTheEngineIsPluggedIn() throws IOException {
        await().atMost(PATIENCE).until(() -> container("ledger").isPresent());
        Id ledger = container("ledger").orElseThrow().id();
        // A table stays when its last rule has gone.
        onHost("iptables -t raw -A OUTPUT -j ACCEPT; iptables -t raw -D OUTPUT -j ACCEPT");
        String before = rules();
        select(new Selection.OfContainer(ledger));
        push(KeyCode.N);
        interact(() -> {
            lookup("#networkName").queryAs(TextField.class).setText("lane");
            lookup("#networkSubnet").queryAs(TextField.class).setText("10.78.0.0/24");
        });
        ComboBox<Manager> who = lookup("#networkManager").queryComboBox();
        assertThat(who.getItems()).containsExactly(Manager.ENGINE, Manager.PATCHBAY);
        interact(() -> {
            // Where no caret blinks.
            who.requestFocus();
            who.setValue(Manager.PATCHBAY);
        });
        expect("docker-manager");
        applySheet();
        await().atMost(PATIENCE).until(() -> network("lane").isPresent());
        assertThat(engine.docker("network", "ls")).doesNotContain("lane");

        Id lane = network("lane").orElseThrow().id();
        Queue<String> commands = new ConcurrentLinkedQueue<>();
        select(new Selection.OfNetwork(lane));
        interact(() -> model().inspector().createCommand(commands::add));
        await().atMost(PATIENCE).until(() -> !commands.isEmpty());
        assertThat(commands)
                .containsExactly("patchbay network create --managed-by patchbay --subnet 10.78.0.0/24"
                        + " --gateway 10.78.0.1 lane");
        TopologyCanvas canvas = hosts.shown().orElseThrow().window().canvas();
        Mouse mouse = new Mouse(canvas);
        Point2D there = middleOf(canvas, new CanvasElement.Lane(lane));
        Bounds card = Objects.requireNonNull(canvas.boundsOf(new CanvasElement.Card(ledger)));
        mouse.drag(new Point2D(card.getMaxX(), card.getCenterY()), there);
        mouse.drop(there);
        await().atMost(PATIENCE)
                .until(() -> container("ledger").orElseThrow().endpoints().size() == 2);
        untilApplied();
        awaitAnswer("http://10.78.0.2/");
        assertThat(engine.docker("inspect", "ledger")).doesNotContain("10.78.0.2");
        select(new Selection.OfContainer(ledger));
        await().atMost(PATIENCE)
                .until(onFxThread(() ->
                        lookup("by Patchbay, not in docker inspect").tryQuery().isPresent()));
        expect("docker-attached");

        undo();
        await().atMost(PATIENCE)
                .until(() -> container("ledger").orElseThrow().endpoints().size() == 1);
        undo();
        await().atMost(PATIENCE).until(() -> network("lane").isEmpty());
        assertThat(rules()).isEqualTo(before);
    }

    @Test
    void aPortThatDockerTakesLaterIsTakenBackWithOneClick() throws Exception {
        await().atMost(PATIENCE).until(() -> container("blog").isPresent());
        Id blog = container("blog").orElseThrow().id();
        String before = rules();
        Change publish = new Change.Publish("blog", PortArgument.mapping("8091:80"));
        interact(() -> model().host().apply(publish));
        await().atMost(PATIENCE)
                .until(() -> container("blog").orElseThrow().ports().size() == 2);
        interact(() ->
                lookup("#drawer").queryAs(TabPane.class).getSelectionModel().select(PROBLEMS));
        assertThat(model().problems().problems()).isEmpty();

        engine.docker("run", "-d", "--name", "rival", "--network", "frontend", "-p", "8091:80", IMAGE);
        await().atMost(PATIENCE)
                .until(onFxThread(() -> lookup(
                                "Port 8091/tcp that Patchbay publishes for blog leads to rival: an engine publishes"
                                        + " it, too, and its rules come first")
                        .tryQuery()
                        .isPresent()));
        await().atMost(PATIENCE)
                .until(onFxThread(() -> lookup("patchbay unpublish blog 0.0.0.0:8091:")
                        .tryQuery()
                        .isPresent()));
        interact(() -> model().problems().select(model().problems().problems().getFirst()));
        assertThat(model().selected().get()).isEqualTo(new Selection.OfContainer(blog));
        assertThat(rules()).contains("PATCHBAY-FORWARDS");
        interact(() -> lookup("#repair").queryAs(Button.class).fire());
        await().atMost(PATIENCE)
                .until(() -> model().problems().problems().isEmpty()
                        && container("blog").orElseThrow().ports().size() == 1);
        engine.docker("rm", "-f", "rival");
        awaitRules(before);
    }

    /// The problem shows each line that the button runs.
    @Test
    void rulesOfDockerThatAreGoneAreBackWithOneClick() throws IOException {
        await().atMost(PATIENCE)
                .until(() -> container("blog").isPresent()
                        && Objects.requireNonNull(model().host().topology().get())
                                        .driftCoverage()
                                == Topology.DriftCoverage.ENGINE_RULES);
        String before = rules();
        interact(() ->
                lookup("#drawer").queryAs(TabPane.class).getSelectionModel().select(PROBLEMS));
        assertThat(model().problems().problems()).isEmpty();

        onHost("iptables -t nat -F DOCKER");
        await().atMost(PATIENCE)
                .until(onFxThread(() -> model().problems().problems().stream()
                        .anyMatch(problem -> problem.kind() == ProblemKind.ENGINE_RULES_GONE)));
        await().atMost(PATIENCE)
                .until(onFxThread(() ->
                        lookup(Messages.of("problems.engineRules")).tryQuery().isPresent()
                                && !lookup("#repair").queryAs(Button.class).isDisabled()));
        Problem gone = model().problems().problems().stream()
                .filter(problem -> problem.kind() == ProblemKind.ENGINE_RULES_GONE)
                .findFirst()
                .orElseThrow();
        assertThat(gone.words()).containsExactly("3");
        assertThat(gone.steps().getFirst().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("iptables -t nat -I DOCKER "));
        interact(() -> lookup("#repair").queryAs(Button.class).fire());
        await().atMost(PATIENCE).until(() -> model().problems().problems().isEmpty());
        assertThat(rules()).isEqualTo(before);
    }

    @Test
    void anEngineIsAskedForAnyDriverAndOption() {
        await().atMost(PATIENCE).until(() -> container("ledger").isPresent());
        push(KeyCode.N);
        ComboBox<String> driver = lookup("#networkDriver").queryComboBox();
        await().atMost(PATIENCE).until(() -> driver.getItems().contains("overlay"));
        interact(() -> {
            lookup("#networkName").queryAs(TextField.class).setText("far");
            lookup("#networkSubnet").queryAs(TextField.class).setText("10.79.0.0/24");
            lookup("#networkMore").queryAs(TitledPane.class).setExpanded(true);
        });
        assertThat(driver.isEditable()).isTrue();
        interact(() -> driver.getEditor().setText("ipvlan"));
        interact(() -> {
            assertThat(lookup("#networkBridge").query().getParent().isVisible()).isFalse();
            assertThat(lookup("#networkParent").query().getParent().isVisible()).isTrue();
            lookup("#networkParent").queryAs(TextField.class).setText("eth0");
            lookup("#networkOptions").queryAs(TextField.class).setText("ipvlan_mode=l3");
        });
        applySheet();
        await().atMost(PATIENCE).until(() -> network("far").isPresent());
        assertThat(engine.docker("network", "inspect", "-f", "{{.Driver}} {{json .Options}}", "far"))
                .isEqualTo("ipvlan {\"ipvlan_mode\":\"l3\",\"parent\":\"eth0\"}");
        assertThat(network("far").orElseThrow().gateway()).isNull();
        engine.docker("network", "rm", "far");
        await().atMost(PATIENCE).until(() -> network("far").isEmpty());
    }

    private Optional<Network> network(String name) {
        Topology topology = model().host().topology().get();
        return topology == null
                ? Optional.empty()
                : topology.networks().stream()
                        .filter(network -> network.name().equals(name))
                        .findFirst();
    }
}
