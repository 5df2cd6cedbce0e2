package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.model.Selection;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.util.List;
import java.util.Objects;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// What the tables and lists at the bottom say and do.
class DrawerTest extends WindowOverFakeHost {
    private static final int PROBLEMS = 3;

    @Test
    void hiddenRulesAreCountedAndAClickAway() {
        rulesAreThere();
        assertThat(isShown("#natRulesShowAll")).isFalse();
        select(new Selection.OfContainer(SampleTopology.WEB01));
        await().until(() -> model.nat().rows().size() == 1);
        assertThat(find("#natRulesHidden", Labeled.class).getText())
                .isEqualTo("3 rules of this table are not about the selection.");
        clickOn("#natRulesShowAll");
        assertThat(model.nat().rows()).hasSize(4);
        assertThat(isShown("#natRulesShowAll")).isFalse();
        assertThat(model.selected().get()).isEqualTo(new Selection.OfContainer(SampleTopology.WEB01));
    }

    @Test
    void anEmptyTableSaysWhyAndOffersAllRules() {
        rulesAreThere();
        interact(() -> model.nat().query().set("nonsense"));
        assertThat(find("#natRulesNothing", Labeled.class).getText())
                .isEqualTo("4 rules of this table do not contain what is typed.");
        assertThat(isShown("#natRulesShowAll")).isFalse();
        clickOn("#natRulesShowAllInstead");
        assertThat(model.nat().rows()).hasSize(4);
        assertThat(model.nat().query().get()).isEmpty();
    }

    @Test
    void columnsStayWhereTheyAreWhenRulesAreHidden() {
        rulesAreThere();
        List<Double> before = widths();
        select(new Selection.OfContainer(SampleTopology.WEB01));
        await().until(() -> model.nat().rows().size() == 1);
        assertThat(widths()).isEqualTo(before);
        interact(() -> model.nat().query().set("nonsense"));
        assertThat(widths()).isEqualTo(before);
    }

    @Test
    void repairIsOfferedOnlyWhereAStepOfOursHelps() {
        interact(() -> find("#drawer", TabPane.class).getSelectionModel().select(PROBLEMS));
        fake.failWith(List.of(new Problem(
                SampleTopology.MYDOCKERNET, ProblemKind.BRIDGE_DOWN, List.of("pb-1", "mydockernet"), List.of())));
        await().until(() -> !model.problems().problems().isEmpty());
        Button repair = find("#repair", Button.class);
        assertThat(repair.isDisabled()).isTrue();
        assertThat(spokenHelp(repair)).isEqualTo("None of these has a step that Patchbay could take.");
        fake.failWith(SampleTopology.problems());
        enabled("#repair");
        assertThat(spokenHelp(repair)).isEmpty();
        fake.loseConnection();
        await().until(repair::isDisabled);
        assertThat(spokenHelp(repair)).isEqualTo("The host has to answer first.");
        assertThat(fake.history).doesNotContain("repair");
    }

    @Test
    void theMenuKeyOfATableCopiesItsLine() {
        rulesAreThere();
        interact(() -> find("#natRules", TableView.class).requestFocus());
        push(KeyCode.CONTEXT_MENU);
        push(KeyCode.ESCAPE);
        interact(() -> find("#natRules", TableView.class).getSelectionModel().select(1));
        push(KeyCode.CONTEXT_MENU);
        push(KeyCode.DOWN);
        push(KeyCode.ENTER);
        assertThat(copied()).contains("-A POSTROUTING", "MASQUERADE");
    }

    @Test
    void aProblemIsCopiedWithItsSteps() {
        interact(() -> find("#drawer", TabPane.class).getSelectionModel().select(PROBLEMS));
        fake.failWith(SampleTopology.problems());
        await().until(() -> model.problems().problems().size() == 2);
        interact(() -> {
            find("#problems", ListView.class).requestFocus();
            find("#problems", ListView.class).getSelectionModel().select(1);
        });
        push(KeyCode.CONTROL, KeyCode.C);
        assertThat(copied()).isEqualTo("The bridge patchbay0 of network bridge is down\nip link set patchbay0 up");
    }

    @Test
    void escInATableLetsGoOfWhatIsSelected() {
        rulesAreThere();
        interact(() -> {
            find("#natRules", TableView.class).requestFocus();
            find("#natRules", TableView.class).getSelectionModel().select(2);
        });
        assertThat(model.selected().get()).isEqualTo(new Selection.OfPort(SampleTopology.PORT_8080));
        push(KeyCode.ESCAPE);
        assertThat(model.selected().get()).isEqualTo(new Selection.None());
        assertThat(find("#natRules", TableView.class).getSelectionModel().isEmpty())
                .isTrue();
    }

    @Test
    void aThingJoinedToTheSelectionIsReachedAndOpenedByKeys() {
        select(new Selection.OfContainer(SampleTopology.WEB01));
        interact(() -> find("#inspectorTabs", TabPane.class).requestFocus());
        push(KeyCode.TAB);
        assertThat(((Labeled) Objects.requireNonNull(window().scene().getFocusOwner())).getText())
                .isEqualTo("mydockernet");
        push(KeyCode.ENTER);
        assertThat(model.selected().get()).isEqualTo(new Selection.OfNetwork(SampleTopology.MYDOCKERNET));
    }

    @Test
    void theSearchTellsWhichHitOfHowManyIsSelected() {
        push(KeyCode.CONTROL, KeyCode.F);
        write("web");
        assertThat(hits()).isEqualTo("%d hits".formatted(model.search().hits().size()));
        push(KeyCode.ENTER);
        assertThat(hits()).startsWith("1 of ");
        push(KeyCode.ENTER);
        assertThat(hits()).startsWith("2 of ");
        write("nothing is called this");
        assertThat(hits()).isEqualTo("no hit");
        push(KeyCode.ESCAPE);
        assertThat(hits()).isEmpty();
    }

    private String hits() {
        return find("#searchHits", Labeled.class).getText();
    }

    private void rulesAreThere() {
        await().until(() -> model.nat().rows().size() == 4);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private boolean isShown(String query) {
        WaitForAsyncUtils.waitForFxEvents();
        Node node = lookup(query).query();
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private List<Double> widths() {
        WaitForAsyncUtils.waitForFxEvents();
        TableView<?> rules = find("#natRules", TableView.class);
        return rules.getColumns().stream().map(TableColumn::getWidth).toList();
    }

    private String spokenHelp(Node node) {
        String[] help = new String[1];
        interact(() -> help[0] = (String) node.queryAccessibleAttribute(AccessibleAttribute.HELP));
        return Objects.requireNonNullElse(help[0], "");
    }

    private String copied() {
        String[] copied = new String[1];
        interact(() -> copied[0] = Clipboard.getSystemClipboard().getString());
        return Objects.requireNonNullElse(copied[0], "");
    }
}
