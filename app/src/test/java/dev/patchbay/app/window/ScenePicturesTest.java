package dev.patchbay.app.window;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.TestTopologyBuilder;
import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Language;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// The scenes that the whole window is judged by.
class ScenePicturesTest extends WindowPictures {
    private static final int FILTER_RULES = 1;
    private static final int PROBLEMS = 3;

    ScenePicturesTest() {
        super(Language.ENGLISH);
    }

    @Test
    void empty() throws IOException {
        open(SampleTopologies.empty().build());
        expectDarkAndLight("empty");
    }

    @Test
    void seedSession() throws IOException {
        open(new TestTopologyBuilder()
                .network("mydockernet", "172.18.0.0/16")
                .container("web01", "httpd:2.4", "mydockernet", "80/tcp")
                .publish("web01", "0.0.0.0", 8080, 80, Protocol.TCP)
                .container("web02", "httpd:2.4", "mydockernet", "80/tcp")
                .publish("web02", "0.0.0.0", 8081, 80, Protocol.TCP)
                .build());
        select(network("mydockernet"));
        expectDarkAndLight("seed");
    }

    @Test
    void aDragUnderWay() throws IOException {
        fake.listening.add(new Listener(Protocol.TCP, InetAddress.ofLiteral("0.0.0.0"), 22, 812, "sshd"));
        fake.listening.add(new Listener(Protocol.TCP, InetAddress.ofLiteral("127.0.0.1"), 3000, 4242, "grafana"));
        open();
        TopologyCanvas canvas = window.canvas();
        Bounds card =
                Objects.requireNonNull(canvas.boundsOf(new CanvasElement.Card(TestTopologyBuilder.id("old-web"))));
        CanvasElement lane = new CanvasElement.Lane(TestTopologyBuilder.id("mydockernet"));
        Point2D to = Objects.requireNonNull(canvas.centreOf(lane)).add(180, 60);
        Mouse mouse = new Mouse(canvas);
        mouse.drag(new Point2D(card.getMaxX(), card.getCenterY()), to);
        expectDarkAndLight("drag");
        mouse.drop(to);
    }

    @Test
    void aRuleHighlighted() throws IOException {
        open();
        interact(() -> {
            TableView<?> rules = find("#natRules", TableView.class);
            rules.requestFocus();
            rules.getSelectionModel().select(4);
        });
        expectDarkAndLight("rule");
        expect("rule", Theme.HIGH_CONTRAST);
    }

    @Test
    void theFilterRules() throws IOException {
        open();
        tab("#drawer", FILTER_RULES);
        expect("filter-rules", Theme.DARK);
    }

    @Test
    void problemsAndALostHelper() throws IOException {
        open();
        String bridge = Ownership.bridgeName(TestTopologyBuilder.id("mydockernet"));
        interact(() -> fake.failWith(List.of(
                new Problem(
                        TestTopologyBuilder.id("mydockernet/web01"),
                        ProblemKind.CABLE_UNPLUGGED,
                        List.of("pbv71b3", "web01", "mydockernet"),
                        List.of(new PlannedStep(
                                "plug pbv71b3 into " + bridge,
                                List.of("ip link set pbv71b3 master " + bridge + " up")))),
                new Problem(
                        TestTopologyBuilder.id("bridge"),
                        ProblemKind.BRIDGE_DOWN,
                        List.of("patchbay0", "bridge"),
                        List.of(new PlannedStep("set bridge patchbay0 up", List.of("ip link set patchbay0 up")))))));
        tab("#drawer", PROBLEMS);
        expectDarkAndLight("problem");
        steady.gone = true;
        interact(fake::loseConnection);
        expectDarkAndLight("lost-helper");
    }

    @Test
    void sharedNetworks() throws IOException {
        open(SampleTopologies.shared().build());
        interact(() -> fake.failWith(List.of(new Problem(
                TestTopologyBuilder.id("torrent"),
                ProblemKind.ENGINE_NETNS_OLD,
                List.of("torrent", "vpn", "`docker restart torrent`", "command", "docker restart torrent"),
                List.of()))));
        select(container("logs"));
        tab("#drawer", PROBLEMS);
        expectDarkAndLight("shared-networks");
    }

    @Test
    void search() throws IOException {
        open();
        interact(() -> find("#search", TextField.class).requestFocus());
        type("#search", "80/tcp");
        push(KeyCode.ENTER);
        expectDarkAndLight("search");
    }

    @Test
    void threeHundredContainers() throws IOException {
        open(SampleTopologies.many(300, 12).build());
        expectDarkAndLight("300-containers");
    }

    @Test
    void keys() throws IOException {
        open();
        push(KeyCode.F1);
        expectDarkAndLight("keys");
    }
}
