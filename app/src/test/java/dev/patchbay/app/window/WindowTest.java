package dev.patchbay.app.window;

import static dev.patchbay.app.window.FxConditions.onFxThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// Search, exports, tables, ways by the keyboard and states of the window.
class WindowTest extends WindowOverFakeHost {
    @Test
    void searchSelectsItsHitsInTurn() {
        push(KeyCode.CONTROL, KeyCode.F);
        write("web");
        push(KeyCode.ENTER);
        assertThat(model.selected().get()).isEqualTo(new Selection.OfContainer(SampleTopology.WEB01));
        push(KeyCode.ENTER);
        assertThat(model.selected().get()).isEqualTo(new Selection.OfContainer(SampleTopology.WEB02));
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
        select(new Selection.OfNetwork(SampleTopology.MYDOCKERNET));
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
        select(new Selection.OfNetwork(SampleTopology.MYDOCKERNET));
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
        await().until(() -> !Texts.of(this, ".consequence").isEmpty());
        assertThat(Texts.of(this, ".consequence"))
                .containsExactly("+ network shop_default", "+ container shop-web-1: httpd:2.4, on shop_default");
        await().until(() -> !fake.previewed.isEmpty());
        clickOn("#apply");
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied)
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.Batch.class,
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
        assertThat(model.selected().get()).isEqualTo(new Selection.OfPort(SampleTopology.PORT_8080));
        assertThat(find("#natRulesSentence", Labeled.class).getText()).contains("Rule 1 of PATCHBAY", "web01");
    }

    @Test
    void aLostHelperIsSaidAndThePictureStays() {
        fake.loseConnection();
        await().until(onFxThread(
                () -> lookup("#banner").tryQuery().map(Node::isVisible).orElse(false)));
        assertThat(lookup("#canvas").query().getOpacity()).isLessThan(1);
        clickOn("#reconnect");
        await().until(() -> model.host().isLive());
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lookup("#canvas").query().getOpacity()).isEqualTo(1);
    }

    @Test
    void inANarrowWindowTheToolsOfTheDrawerStandBesideItsTabs() {
        TabPane drawer = find("#drawer", TabPane.class);
        assertThat(drawer.getWidth()).isLessThan(700);
        for (String tools : List.of("#natRulesFilter", "#filterRulesFilter", "#eventsFilter")) {
            Node field = find(tools, Node.class);
            Bounds headings = inScene(drawer.lookup(".headers-region"));
            assertThat(inScene(field.getParent()).getMinX()).isGreaterThan(headings.getMaxX());
            assertThat(inScene(field).getWidth()).isGreaterThan(40);
            interact(() -> drawer.getSelectionModel().select(tools.equals("#natRulesFilter") ? 1 : 4));
        }
    }

    private static Bounds inScene(Node node) {
        return node.localToScene(node.getLayoutBounds());
    }

    @Test
    void anEmptyLabOffersWhatToDo() {
        Topology empty = SampleTopology.empty();
        fake.show(empty);
        await().until(onFxThread(() -> lookup("#offerNetwork").tryQuery().isPresent()));
        clickOn("#offerNetwork");
        assertThat(lookup("#networkName").tryQuery()).isPresent();
    }
}
