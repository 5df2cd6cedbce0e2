package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.TestTopologyBuilder;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.reachability.PeerChoice;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Language;
import dev.patchbay.core.model.HistoryEntry;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TitledPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;

/// The window in German, whose words are longer: nothing that is pressed or that names something is cut.
class GermanPicturesTest extends WindowPictures {
    private static final int FILTER_RULES = 1;
    private static final int ACTIVITY = 2;
    private static final int PROBLEMS = 3;
    private static final int EVENTS = 4;
    private static final int TRAFFIC = 2;
    private static final int REACHABILITY = 3;
    private static final Instant THEN = Instant.parse("2026-03-02T12:03:00Z");

    GermanPicturesTest() {
        super(Language.GERMAN);
    }

    @Test
    void inspectorAndRules() throws IOException {
        open();
        select(container("web01"));
        picture("german");
        select(new Selection.OfPort(TestTopologyBuilder.id("0.0.0.0:8080/tcp")));
        tab("#drawer", FILTER_RULES);
        tab("#inspectorTabs", TRAFFIC);
        picture("german-rules");
    }

    @Test
    void problems() throws IOException {
        open();
        interact(() -> fake.failWith(List.of(
                new Problem(
                        TestTopologyBuilder.id("bridge"),
                        ProblemKind.BRIDGE_DOWN,
                        List.of("patchbay0", "bridge"),
                        List.of(new PlannedStep("set bridge patchbay0 up", List.of("ip link set patchbay0 up")))),
                new Problem(
                        null,
                        ProblemKind.RULES_CHANGED,
                        List.of("iptables", "1 rule is missing", "0", "1", "0"),
                        List.of(new PlannedStep(
                                "repair the rules", List.of("iptables -I FORWARD -j PATCHBAY-USER")))))));
        tab("#drawer", PROBLEMS);
        picture("german-problem");
    }

    @Test
    void whatWasDoneAndWhatHappened() throws IOException {
        Topology shown = SampleTopologies.target().build();
        for (String action : List.of("create", "start", "die")) {
            fake.tell(new HostEvent(
                    THEN,
                    HostEvent.Kind.CONTAINER,
                    action,
                    TestTopologyBuilder.id("web01"),
                    new TreeMap<>(Map.of("name", "web01", "image", "httpd:2.4"))));
        }
        open(new Topology(
                shown.revision(),
                shown.host(),
                shown.networks(),
                shown.containers(),
                List.of(
                        done(1, ActivityKind.ACTION, 0, "docker network create mydockernet"),
                        done(2, ActivityKind.ACTION, 0, "docker run -d --name web01 -p 8080:80 httpd:2.4"),
                        done(3, ActivityKind.UNDO, 2, "docker rm -f web01"))));
        tab("#drawer", ACTIVITY);
        tab("#inspectorTabs", REACHABILITY);
        picture("german-activity");
        tab("#drawer", EVENTS);
        picture("german-events");
        push(KeyCode.F1);
        picture("german-keys");
    }

    @Test
    void whoReachesWhom() throws IOException {
        fake.explanation = SamplePaths.published();
        open();
        select(container("web01"));
        tab("#inspectorTabs", REACHABILITY);
        fire("#check");
        TableView<?> rules = find("#natRules", TableView.class);
        interact(() -> rules.getSelectionModel().selectFirst());
        picture("german-reachability-published");
        assertThat(find("#verdict", Labeled.class).getText()).isEqualTo("außen → web01:80/tcp wird erreicht");
        assertThat(hops("hop-title"))
                .containsExactly(
                        "außen wird als 192.0.2.1 gesendet",
                        "Host:8080",
                        "nat PREROUTING → PATCHBAY",
                        "DNAT auf 172.18.0.2:80",
                        "FORWARD → pb-051228277547",
                        "mydockernet → web01",
                        "web01 lauscht auf 80/tcp",
                        "Antworten kommen zurück",
                        "verbunden");
        assertThat(find("#natRulesSentence", Labeled.class).getText())
                .isEqualTo("Regel 1 von PATCHBAY: Ein TCP-Paket, das diesen Rechner auf Port 8080 von überall außer"
                        + " mydockernet selbst erreicht, wird auf web01 (172.18.0.2:80) umgeschrieben.");
    }

    @Test
    void whyNot() throws IOException {
        fake.explanation = SamplePaths.blocked();
        open();
        select(container("resolver"));
        tab("#inspectorTabs", REACHABILITY);
        end("api", model.reachability().from());
        fire("#check");
        picture("german-reachability-blocked");
        assertThat(hops("hop-sentence"))
                .containsExactly("Ein Paket, das aus einem anderen Netzwerk kommt und in dns-lab gehen würde, wird"
                        + " verworfen: Netzwerke bleiben getrennt.");
        assertThat(find("#remedy", Labeled.class).getText()).isEqualTo("api mit dns-lab verbinden");
    }

    @Test
    void whyNobodyAnswers() throws IOException {
        fake.explanation = SamplePaths.unanswered();
        open();
        select(container("api"));
        tab("#inspectorTabs", REACHABILITY);
        end("api", model.reachability().from());
        end("außen", model.reachability().to());
        type("#reachabilityPort", "443/tcp");
        fire("#check");
        picture("german-reachability-unanswered");
        assertThat(find("#advice", Labeled.class).getText())
                .isEqualTo("Nur ein Netzwerk, das maskiert, bekommt Antworten von außen.");
    }

    private void end(String name, ObjectProperty<PeerChoice> chosen) {
        interact(() -> model.reachability().peers().stream()
                .filter(end -> end.name().equals(name))
                .forEach(chosen::set));
    }

    private List<String> hops(String styleClass) {
        return find("#hops", VBox.class).lookupAll("." + styleClass).stream()
                .map(node -> ((Labeled) node).getText())
                .toList();
    }

    private static HistoryEntry done(int number, ActivityKind kind, int refersTo, String title) {
        return new HistoryEntry(
                number,
                THEN.plusSeconds(number),
                kind,
                refersTo,
                title,
                List.of(new PlannedStep(
                        "create bridge pb-051228277547", List.of("ip link add pb-051228277547 type bridge"))),
                1200);
    }

    @Test
    void dialogs() throws IOException {
        open();
        fire("#newNetwork");
        type("#networkName", "frontend");
        interact(() -> find("#networkMore", TitledPane.class).setExpanded(true));
        pass(1);
        picture("german-network");
        fire("#cancel");
        fire("#runContainer");
        pass(1);
        picture("german-container");
        fire("#cancel");
        select(container("web01"));
        push(KeyCode.P);
        pass(1);
        interact(() -> find("#publishEverywhere", ToggleButton.class).setSelected(true));
        interact(() -> find("#publishSourcesFold", TitledPane.class).setExpanded(true));
        pass(1);
        picture("german-publish");
    }

    private void picture(String name) throws IOException {
        expect(name, Theme.DARK);
        for (String named : List.of(
                ".button",
                ".toggle-button",
                ".check-box",
                ".tab-label",
                ".section",
                ".field-label",
                ".hop-title",
                ".rule-sentence")) {
            assertThat(lookup(named).queryAllAs(Labeled.class))
                    .filteredOn(label -> isShown(label)
                            && label.getText() != null
                            && !label.getText().isEmpty()
                            && label.lookup(".text") != null)
                    .allSatisfy(label -> assertThat(shown(label)).isEqualTo(label.getText()));
        }
    }

    private static boolean isShown(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /// Of the label itself: a tab bears a badge with a text of its own.
    private static String shown(Labeled labeled) {
        return labeled.getChildrenUnmodifiable().stream()
                .filter(child -> child instanceof Text && child.getStyleClass().contains("text"))
                .map(text -> ((Text) text).getText())
                .collect(Collectors.joining());
    }
}
