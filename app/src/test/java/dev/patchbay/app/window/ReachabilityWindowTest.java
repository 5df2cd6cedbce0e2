package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.hosts.LabConnector;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.reachability.PeerChoice;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.engine.net.Protocol;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// The tab Reachability on a real Lab.
class ReachabilityWindowTest extends WindowOverALab {
    private static final int TAB = 3;

    ReachabilityWindowTest() {
        super(1440, 900);
    }

    @BeforeEach
    void runFourContainers() throws Exception {
        try (ConnectedHost controller = LabConnector.open(environment)) {
            for (String network : List.of("shop", "mail")) {
                done(controller.apply(Change.CreateNetwork.named(network)));
            }
            run(controller, "web01", "shop", 8080);
            run(controller, "web02", "shop", 8081);
            run(controller, "api", "shop", 0);
            run(controller, "post", "mail", 8025);
        }
        until(() -> topology().containers().size() == 4);
    }

    private static void run(ConnectedHost controller, String name, String network, int port) throws Exception {
        done(controller.apply(Change.RunContainer.of(name, "httpd:2.4", List.of(), List.of(EndpointRequest.on(network)))
                .withPorts(port == 0 ? List.of() : List.of(PortMapping.of(null, port, 80, Protocol.TCP)))));
    }

    private static void done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void theWayIsShownHelpedAndTakenBack() throws Exception {
        interact(() -> choose("web01"));
        until(() -> !model.publishedPath().hops().get().isEmpty()
                && glance().stream().anyMatch(text -> text.startsWith("web01 listens")));
        assertThat(glance()).contains("host:8080", "nat PREROUTING → PATCHBAY", "DNAT to 172.18.0.2:80");

        interact(() -> lookup("#inspectorTabs")
                .queryAs(TabPane.class)
                .getSelectionModel()
                .select(TAB));
        assertThat(end("#reachabilityTo").getValue().name()).isEqualTo("web01");
        assertThat(lookup("#reachabilityPort").queryAs(TextField.class).getText())
                .isEqualTo("80/tcp");
        check(Verdict.REACHABLE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lookup("#verdict").queryAs(Label.class).getText()).isEqualTo("outside → web01:80/tcp is reached");
        anAddressIsTypedWhereAContainerIsChosen();

        choose("#reachabilityFrom", "api");
        check(Verdict.REACHABLE);

        choose("#reachabilityTo", "post");
        check(Verdict.BLOCKED);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lookup("#remedy").queryAs(Button.class).getText()).isEqualTo("Connect api to mail");

        interact(() -> lookup("#remedy").queryAs(Button.class).fire());
        until(() -> verdict() == Verdict.REACHABLE);
        until(() -> topology().containers().stream()
                .anyMatch(container ->
                        container.name().equals("api") && container.endpoints().size() == 2));

        interact(() -> window().scene().getRoot().requestFocus());
        until(() -> model.host().pending().isEmpty());
        interact(() -> model.host().undo());
        until(() -> verdict() == Verdict.BLOCKED);
        theKeyboardLeadsThroughIt();
        aPortWithoutAListenerIsSaid();
    }

    /// After the change, and in the inspector of the port.
    private void aPortWithoutAListenerIsSaid() {
        interact(() -> model.host().apply(new Change.Publish("api", PortMapping.of(null, 8083, 81, Protocol.TCP))));
        until(() -> model.host().notification().get() instanceof Notification said
                && said.sentence().contains("nobody answers there: api does not listen on 81/tcp"));
        until(() -> topology().containers().stream()
                .filter(container -> container.name().equals("api"))
                .flatMap(container -> container.ports().stream())
                .findFirst()
                .isPresent());
        interact(() -> topology().containers().stream()
                .filter(container -> container.name().equals("api"))
                .flatMap(container -> container.ports().stream())
                .forEach(port -> model.selected().set(new Selection.OfPort(port.id()))));
        interact(() -> lookup("#inspectorTabs")
                .queryAs(TabPane.class)
                .getSelectionModel()
                .select(0));
        until(() -> glance().contains("api does not listen on 81/tcp"));
    }

    private void theKeyboardLeadsThroughIt() {
        choose("#reachabilityFrom", "outside");
        choose("#reachabilityTo", "host");
        interact(() -> {
            lookup("#reachabilityPort").queryAs(TextField.class).clear();
            lookup("#reachabilityFrom").query().requestFocus();
        });
        push(KeyCode.TAB);
        assertThat(focused()).isEqualTo("reachabilityTo");
        push(KeyCode.TAB);
        assertThat(focused()).isEqualTo("reachabilityPort");
        write("8080");
        push(KeyCode.ENTER);
        until(() -> verdict() != null);
        push(KeyCode.TAB);
        push(KeyCode.TAB);
        assertThat(focused()).isEqualTo("check");
        push(KeyCode.TAB);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(window().scene().getFocusOwner().getStyleClass()).contains("hop");
        assertThat(window().scene().getFocusOwner().getAccessibleText()).startsWith("well, derived, ");
    }

    private String focused() {
        WaitForAsyncUtils.waitForFxEvents();
        return String.valueOf(window().scene().getFocusOwner().getId());
    }

    private List<String> glance() {
        return Texts.of(this, "#glance .hop-title");
    }

    private void anAddressIsTypedWhereAContainerIsChosen() {
        type("#reachabilityFrom", "198.51.100.1");
        check(Verdict.REACHABLE);
        assertThat(lookup("#verdict").queryAs(Label.class).getText())
                .isEqualTo("198.51.100.1 → web01:80/tcp is reached");
        type("#reachabilityFrom", "api");
        assertThat(end("#reachabilityFrom").getValue().isTyped()).isFalse();
        type("#reachabilityFrom", "nobody");
        interact(() -> lookup("#check").queryAs(Button.class).fire());
        until(() ->
                lookup("#reachabilityRefusal").queryAs(Label.class).getText().startsWith("No such container"));
    }

    /// With the key that leaves the field.
    private void type(String id, String text) {
        interact(() -> {
            end(id).getEditor().requestFocus();
            end(id).getEditor().setText(text);
        });
        push(KeyCode.TAB);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void choose(String name) {
        topology().containers().stream()
                .filter(container -> container.name().equals(name))
                .forEach(container -> model.selected().set(new Selection.OfContainer(container.id())));
    }

    @SuppressWarnings("unchecked")
    private ComboBox<PeerChoice> end(String id) {
        return lookup(id).queryAs(ComboBox.class);
    }

    private void choose(String id, String name) {
        interact(() -> end(id).getItems().stream()
                .filter(choice -> choice.name().equals(name))
                .forEach(end(id)::setValue));
    }

    private @Nullable Verdict verdict() {
        var path = model.reachability().path().get();
        return path == null ? null : path.verdict();
    }

    private void check(Verdict expected) {
        interact(() -> lookup("#check").queryAs(Button.class).fire());
        until(() -> !model.reachability().checking().get() && verdict() == expected);
    }
}
