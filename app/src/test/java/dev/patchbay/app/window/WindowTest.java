package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.app.FxThread;
import dev.patchbay.app.canvas.Selected;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.viewmodel.BackgroundTasks;
import dev.patchbay.app.viewmodel.FakeHost;
import dev.patchbay.app.viewmodel.HostOpener;
import dev.patchbay.app.viewmodel.PatchbayViewModel;
import dev.patchbay.app.viewmodel.SampleTopology;
import dev.patchbay.app.viewmodel.TourViewModel;
import dev.patchbay.core.Change;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.protocol.Refusal;
import dev.patchbay.engine.spec.PortRange;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

/// The whole window over a host without a kernel: keys, dialogs, tables.
class WindowTest extends ApplicationTest {
    private final FakeHost fake = new FakeHost(SampleTopology.seed());
    private final BackgroundTasks tasks = new BackgroundTasks(new FxThread());
    private final PatchbayViewModel model = new PatchbayViewModel(
            () -> new HostOpener.Answer.There(fake),
            _ -> new TourViewModel.Played(0, ""),
            tasks,
            InstantSource.system());

    @TempDir
    Path directory;

    @Override
    public void start(Stage stage) {
        Fonts.load();
        fake.count(SampleTopology.counters(1_000_000_000L, 128));
        MainWindow window = new MainWindow(
                model,
                new WindowState(980, 700, false, Theme.DARK),
                (name, chosen) -> chosen.accept(directory.resolve(name)),
                chosen -> chosen.accept(directory.resolve("shop.yaml")));
        stage.setScene(window.scene());
        stage.show();
        model.counters().watch();
        model.host().open();
    }

    @BeforeEach
    void waitForThePicture() {
        await().until(() -> model.host().live());
        WaitForAsyncUtils.waitForFxEvents();
    }

    @AfterEach
    void close() {
        interact(model::close);
        tasks.close();
    }

    private void select(Selected selected) {
        interact(() -> model.selected().set(selected));
    }

    private <T extends Node> T find(String query, Class<T> type) {
        WaitForAsyncUtils.waitForFxEvents();
        return lookup(query).queryAs(type);
    }

    private void enabled(String query) {
        await().until(() ->
                lookup(query).tryQuery().map(node -> !node.isDisabled()).orElse(false));
    }

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
        select(new Selected.NetworkSelected(SampleTopology.MYDOCKERNET));
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
        select(new Selected.ContainerSelected(SampleTopology.WEB01));
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
        select(new Selected.ContainerSelected(SampleTopology.WEB01));
        push(KeyCode.D);
        assertThat(lookup(".consequence").queryAllAs(Labeled.class).stream().map(Labeled::getText))
                .anyMatch(text -> text.contains("0.0.0.0:8080"))
                .anyMatch(text -> text.contains("only network"));
        enabled("#apply");
        push(KeyCode.ENTER);
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied).containsExactly(new Change.Disconnect("mydockernet", "web01"));
    }

    @Test
    void cConnectsAContainerToTheSelectedNetwork() {
        select(new Selected.NetworkSelected(SampleTopology.BRIDGE));
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
        select(new Selected.ContainerSelected(SampleTopology.WEB02));
        push(KeyCode.DELETE);
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied).containsExactly(new Change.RemoveContainer("web02", false));
        await().until(() ->
                lookup("#noticeUndo").tryQuery().map(Node::isVisible).orElse(false));
        clickOn("#noticeUndo");
        await().until(() -> fake.history.contains("undo"));
    }

    @Test
    void uTakesTheSelectedPortBack() {
        select(new Selected.PortSelected(SampleTopology.PORT_8080));
        push(KeyCode.U);
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied.getFirst()).isInstanceOfSatisfying(Change.Unpublish.class, unpublish -> {
            assertThat(unpublish.container()).isEqualTo("web01");
            assertThat(unpublish.hostPorts()).isEqualTo(PortRange.single(8080));
        });
    }

    @Test
    void undoAndRedoHaveTheirKeys() {
        push(KeyCode.CONTROL, KeyCode.Z);
        push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        await().until(() -> fake.history.size() == 2);
        assertThat(fake.history).containsExactly("undo", "redo");
    }

    @Test
    void searchSelectsItsHitsInTurn() {
        push(KeyCode.CONTROL, KeyCode.F);
        write("web");
        push(KeyCode.ENTER);
        assertThat(model.selected().get()).isEqualTo(new Selected.ContainerSelected(SampleTopology.WEB01));
        push(KeyCode.ENTER);
        assertThat(model.selected().get()).isEqualTo(new Selected.ContainerSelected(SampleTopology.WEB02));
        push(KeyCode.ESCAPE);
        assertThat(model.search().query().get()).isEmpty();
    }

    @Test
    void aLetterTypedIntoTheSearchIsNoCommand() {
        push(KeyCode.SLASH);
        write("n");
        assertThat(lookup("#sheet").tryQuery()).isEmpty();
    }

    @Test
    void exportWritesTheInspectDocument() throws Exception {
        select(new Selected.NetworkSelected(SampleTopology.MYDOCKERNET));
        push(KeyCode.CONTROL, KeyCode.E);
        clickOn("#exportJson");
        Path file = directory.resolve("mydockernet.json");
        await().until(() -> Files.exists(file) && Files.size(file) > 0);
        assertThat(Files.readString(file))
                .isEqualTo(
                        "[\n    {\n        \"Kind\": \"network\",\n        \"Id\": \"%s\",\n        \"Labels\": {}\n    }\n]\n"
                                .formatted(SampleTopology.MYDOCKERNET));
    }

    @Test
    void theWholePictureAndTheRulesAreExportedFromTheSameMenu() throws Exception {
        for (String item : List.of("exportPng2", "exportSvg", "exportMermaid", "exportRules")) {
            push(KeyCode.CONTROL, KeyCode.E);
            clickOn("#" + item);
        }
        for (String ending : List.of("png", "svg", "mmd", "rules")) {
            Path file = directory.resolve("lab." + ending);
            await().until(() -> Files.exists(file) && Files.size(file) > 0);
        }
        assertThat(Files.readString(directory.resolve("lab.rules"))).contains("*nat", "--dport 8080", "COMMIT");
    }

    @Test
    void f6WalksThroughThePartsOfTheWindowAndF1TellsTheKeys() {
        assertThat(focused().getId()).isEqualTo("canvas");
        push(KeyCode.F6);
        assertThat(focused().getId()).isEqualTo("inspectorTabs");
        push(KeyCode.F6);
        assertThat(focused().getId()).isEqualTo("drawer");
        push(KeyCode.F6);
        assertThat(focused().getId()).isEqualTo("search");
        push(KeyCode.F6);
        assertThat(focused().getId()).isEqualTo("canvas");
        push(KeyCode.SHIFT, KeyCode.F6);
        assertThat(focused().getId()).isEqualTo("search");
        push(KeyCode.F1);
        assertThat(lookup("#shortcuts").query().getParent().isVisible()).isTrue();
        push(KeyCode.F6);
        push(KeyCode.ESCAPE);
        assertThat(lookup("#shortcuts").query().getParent().isVisible()).isFalse();
    }

    @Test
    void everyPartOfTheWindowIsReachedByTab() {
        Set<String> reached = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            push(KeyCode.TAB);
            String id = focused().getId();
            if (id != null) {
                reached.add(id);
            }
        }
        assertThat(reached)
                .contains("newNetwork", "runContainer", "search", "theme", "more", "inspectorActions", "drawer");
    }

    private Node focused() {
        WaitForAsyncUtils.waitForFxEvents();
        return Objects.requireNonNull(lookup("#drawer").query().getScene().getFocusOwner());
    }

    @Test
    void aLargeDocumentIsUnfoldedSearchedAndWalked() {
        ObjectNode many = JsonNodeFactory.instance.objectNode();
        ObjectNode options = many.putObject("Options");
        for (int i = 0; i < 100_000; i++) {
            options.put("option-" + i, "x".repeat(80) + (i % 50_000 == 7 ? "needle" : ""));
        }
        fake.more = many;
        select(new Selected.NetworkSelected(SampleTopology.MYDOCKERNET));
        interact(() -> find("#inspectorTabs", TabPane.class).getSelectionModel().select(1));
        await().until(() -> model.inspector().document().get() != null);
        clickOn("#inspectFind").write("needle");
        assertThat(find("#inspectHits", Labeled.class).getText()).isEqualTo("1 of 2");
        push(KeyCode.ENTER);
        assertThat(find("#inspectHits", Labeled.class).getText()).isEqualTo("2 of 2");
        assertThat(find("#inspectTree", TreeView.class).getSelectionModel().getSelectedItem())
                .asString()
                .contains("option-50007");
        clickOn("#inspectAsText");
        assertThat(find("#inspectText", ListView.class).getSelectionModel().getSelectedItem())
                .asString()
                .contains("option-7\"");
        push(KeyCode.SHIFT, KeyCode.ENTER);
    }

    @Test
    void aComposeFileIsAppliedFromADialogThatShowsTheDifference() throws Exception {
        Files.writeString(directory.resolve("shop.yaml"), "name: shop\nservices: {web: {image: 'httpd:2.4'}}");
        push(KeyCode.CONTROL, KeyCode.O);
        await().until(() -> !lookup(".consequence").queryAll().isEmpty());
        assertThat(lookup(".consequence").queryAllAs(Labeled.class))
                .extracting(Labeled::getText)
                .containsExactly("•  + network shop_default", "•  + container shop-web-1: httpd:2.4, on shop_default");
        await().until(() -> !fake.previewed.isEmpty());
        clickOn("#apply");
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied)
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.Together.class,
                        all -> assertThat(all.command()).containsExactly("patchbay", "apply", "shop.yaml"));
    }

    @Test
    void aRulePickedInTheTableLightsItsPort() {
        await().until(() -> model.nat().rows().size() == 4);
        clickOn("#natRules");
        TableView<?> table = find("#natRules", TableView.class);
        interact(() -> {
            table.requestFocus();
            table.getSelectionModel().select(1);
        });
        assertThat(model.nat().rows().stream().map(row -> row.rule().chain()))
                .containsExactly("PREROUTING", "POSTROUTING", "PATCHBAY", "PATCHBAY");
        interact(() -> table.getSelectionModel().select(2));
        assertThat(model.selected().get()).isEqualTo(new Selected.PortSelected(SampleTopology.PORT_8080));
        assertThat(find("#natRulesSentence", Labeled.class).getText()).contains("Rule 1 of PATCHBAY", "web01");
    }

    @Test
    void aLostHelperIsSaidAndThePictureStays() {
        fake.die();
        await().until(() -> lookup("#banner").tryQuery().map(Node::isVisible).orElse(false));
        assertThat(lookup("#canvas").query().getOpacity()).isLessThan(1);
        clickOn("#reconnect");
        await().until(() -> model.host().live());
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lookup("#canvas").query().getOpacity()).isEqualTo(1);
    }

    @Test
    void anEmptyLabOffersWhatToDo() {
        Topology empty = SampleTopology.empty();
        fake.show(empty);
        await().until(() -> lookup("#offerNetwork").tryQuery().isPresent());
        clickOn("#offerNetwork");
        assertThat(lookup("#networkName").tryQuery()).isPresent();
    }
}
