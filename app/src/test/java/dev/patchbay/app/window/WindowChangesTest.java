package dev.patchbay.app.window;

import static dev.patchbay.app.window.FxConditions.onFxThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// What keys and dialogs ask of a host.
class WindowChangesTest extends WindowOverFakeHost {
    @Test
    void nMakesANetworkWithoutTheMouse() {
        push(KeyCode.N);
        write("mynet");
        enabled("#apply");
        await().untilAsserted(
                        () -> assertThat(find("#networkSubnet", TextField.class).getPromptText())
                                .isEqualTo("172.18.0.0/16"));
        push(KeyCode.ENTER);
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied).containsExactly(Change.CreateNetwork.named("mynet"));
        await().untilAsserted(() ->
                assertThat(find("#notice", Labeled.class).getText()).contains("mynet"));
        assertThat(lookup("#sheet").tryQuery()).isEmpty();
    }

    @Test
    void aWrongNameIsDecoratedWhileTyping() {
        clickOn("#newNetwork");
        clickOn("#networkName").write("-bad-");
        assertThat(find("#networkName", TextField.class).getStyleClass()).contains("field-wrong");
        assertThat(find("#apply", Button.class).isDisabled()).isTrue();
        eraseText(5);
        write("good");
        assertThat(find("#networkName", TextField.class).getStyleClass()).doesNotContain("field-wrong");
        enabled("#apply");
    }

    @Test
    void aRefusalStandsInTheDialogAndIsKeptInActivity() {
        clickOn("#newNetwork");
        clickOn("#networkName").write("taken");
        enabled("#apply");
        WaitForAsyncUtils.waitForFxEvents();
        fake.refuse(
                Change.CreateNetwork.class,
                new Refusal("name-taken", "network with name taken already exists", "Pick another."));
        clickOn("#apply");
        await().untilAsserted(() ->
                assertThat(find("#refusal", Labeled.class).getText()).contains("already exists", "Pick another."));
        assertThat(lookup("#sheet").tryQuery()).isPresent();
        assertThat(model.activity().rows().getFirst().detail()).contains("already exists");
        push(KeyCode.ESCAPE);
        assertThat(lookup("#sheet").tryQuery()).isEmpty();
    }

    @Test
    void theStepsUnfold() {
        push(KeyCode.N);
        write("mynet");
        enabled("#steps");
        TitledPane steps = find("#steps", TitledPane.class);
        interact(() -> steps.setExpanded(true));
        assertThat(((TextArea) steps.getContent()).getText())
                .contains("# create bridge pb-0123456789ab", "ip link add pb-0123456789ab type bridge");
    }

    @Test
    void rRunsAContainerOnTheSelectedNetwork() {
        select(new Selection.OfNetwork(SampleTopology.MYDOCKERNET));
        push(KeyCode.R);
        clickOn("#containerName").write("web03");
        // Where the window is low, it scrolls into sight with the focus.
        interact(() -> find("#containerPorts", TextField.class).requestFocus());
        write("8082:80");
        enabled("#apply");
        push(KeyCode.ENTER);
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied.getFirst()).isInstanceOfSatisfying(Change.RunContainer.class, run -> {
            assertThat(run.name()).isEqualTo("web03");
            assertThat(run.image()).isEqualTo("httpd:2.4");
            assertThat(run.networks().getFirst().network()).isEqualTo("mydockernet");
            assertThat(run.ports()).hasSize(1);
        });
    }

    @Test
    void pPublishesOnThisMachineOnlyUnlessTold() {
        select(new Selection.OfContainer(SampleTopology.WEB01));
        push(KeyCode.P);
        assertThat(find("#publishReach", Labeled.class).getText()).contains("Only programs on this host");
        clickOn("#publishEverywhere");
        assertThat(find("#publishReach", Labeled.class).getText()).contains("Everybody");
        clickOn("#publishHere");
        enabled("#apply");
        clickOn("#apply");
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied.getFirst()).isInstanceOfSatisfying(Change.Publish.class, publish -> {
            assertThat(publish.container()).isEqualTo("web01");
            assertThat(publish.mapping().hostAddress()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
            assertThat(publish.mapping().hostPorts()).isEqualTo(PortRange.single(8082));
        });
    }

    @Test
    void dSaysWhatStopsBeforeItDisconnects() {
        select(new Selection.OfContainer(SampleTopology.WEB01));
        push(KeyCode.D);
        assertThat(Texts.of(this, ".consequence"))
                .anyMatch(text -> text.contains("0.0.0.0:8080"))
                .anyMatch(text -> text.contains("only network"));
        enabled("#apply");
        push(KeyCode.ENTER);
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied).containsExactly(new Change.Disconnect("mydockernet", "web01"));
    }

    @Test
    void cConnectsAContainerToTheSelectedNetwork() {
        select(new Selection.OfNetwork(SampleTopology.BRIDGE));
        push(KeyCode.C);
        enabled("#apply");
        clickOn("#apply");
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied.getFirst()).isInstanceOfSatisfying(Change.Connect.class, connect -> {
            assertThat(connect.endpoint().network()).isEqualTo("bridge");
            assertThat(connect.container()).isEqualTo("web01");
        });
    }

    @Test
    void deleteRemovesAStoppedContainerAtOnceAndOffersUndo() {
        select(new Selection.OfContainer(SampleTopology.WEB02));
        push(KeyCode.DELETE);
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied).containsExactly(new Change.RemoveContainer("web02", false));
        await().until(onFxThread(
                () -> lookup("#noticeUndo").tryQuery().map(Node::isVisible).orElse(false)));
        clickOn("#noticeUndo");
        await().until(() -> fake.history.contains("undo"));
    }

    @Test
    void uTakesTheSelectedPortBack() {
        select(new Selection.OfPort(SampleTopology.PORT_8080));
        push(KeyCode.U);
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied.getFirst()).isInstanceOfSatisfying(Change.Unpublish.class, unpublish -> {
            assertThat(unpublish.container()).isEqualTo("web01");
            assertThat(unpublish.hostPorts()).isEqualTo(PortRange.single(8080));
        });
    }

    @Test
    void aPortIsPublishedElsewhere() {
        select(new Selection.OfPort(SampleTopology.PORT_8080));
        choose("change host port");
        interact(() -> find("#republishAddress", TextField.class).setText("127.0.0.1"));
        interact(() -> find("#republishHostPort", TextField.class).setText("9090"));
        enabled("#apply");
        clickOn("#apply");
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied.getFirst()).isInstanceOfSatisfying(Change.Republish.class, republish -> {
            assertThat(republish.old().hostPorts()).isEqualTo(PortRange.single(8080));
            assertThat(republish.mapping()).hasToString("127.0.0.1:9090:80");
        });
    }

    @Test
    void aContainerMovesToAnotherNetwork() {
        select(new Selection.OfContainer(SampleTopology.WEB01));
        choose("move from");
        enabled("#apply");
        clickOn("#apply");
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied.getFirst())
                .isInstanceOfSatisfying(
                        Change.Batch.class,
                        move -> assertThat(move.changes())
                                .containsExactly(
                                        new Change.Disconnect("mydockernet", "web01"),
                                        new Change.Connect("web01", EndpointRequest.on("bridge"))));
    }

    private void choose(String action) {
        push(KeyCode.CONTROL, KeyCode.K);
        interact(() -> find("#paletteQuery", TextField.class).setText(action));
        push(KeyCode.ENTER);
    }

    @Test
    void undoAndRedoHaveTheirKeys() {
        push(KeyCode.CONTROL, KeyCode.Z);
        push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        await().until(() -> fake.history.size() == 2);
        assertThat(fake.history).containsExactly("undo", "redo");
    }
}
