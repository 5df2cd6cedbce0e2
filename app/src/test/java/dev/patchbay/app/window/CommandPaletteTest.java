package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Change;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// The command palette by keyboard and by mouse.
class CommandPaletteTest extends WindowOverFakeHost {
    @Test
    void byKeyboardItFindsAnActionByItsLettersAndDoesIt() {
        select(new Selection.OfContainer(SampleTopology.WEB01));
        open();
        write("stp");
        assertThat(words()).first().isEqualTo("Stop");
        push(KeyCode.ENTER);
        await().until(() -> fake.applied.equals(List.of(new Change.StopContainer("web01"))));
        assertThat(shown()).isFalse();
    }

    @Test
    void byMouseItSelectsAnObject() {
        open();
        write("web02");
        ListCell<?> cell = lookup("#paletteEntries .list-cell").queryAllAs(ListCell.class).stream()
                .filter(row -> row.getItem() instanceof PaletteViewModel.Entry entry
                        && entry.words().equals("web02"))
                .findFirst()
                .orElseThrow();
        clickOn(cell);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(model.selected().get()).isEqualTo(new Selection.OfContainer(SampleTopology.WEB02));
        assertThat(shown()).isFalse();
        assertThat(Objects.requireNonNull(window().scene().getFocusOwner()).getId())
                .isEqualTo("canvas");
    }

    @Test
    void anActionOpensItsDialogWithTheFocusInIt() {
        open();
        write("new net");
        push(KeyCode.ENTER);
        write("mynet");
        assertThat(find("#networkName", javafx.scene.control.TextField.class).getText())
                .isEqualTo("mynet");
    }

    @Test
    void whatCannotBeDoneSaysWhyInTheRowAndAsANotification() {
        select(new Selection.OfNetwork(SampleTopology.BRIDGE));
        open();
        write("remove");
        assertThat(words()).first().isEqualTo("Remove");
        String why = "bridge is a predefined network: it always exists.";
        assertThat(Texts.of(this, "#paletteEntries .label")).contains(why);
        push(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(model.host().notification().get())
                .isInstanceOfSatisfying(
                        Notification.class,
                        notice -> assertThat(notice.sentence()).isEqualTo(why));
        assertThat(fake.applied).isEmpty();
    }

    @Test
    void anActionThatCouldMeanSeveralObjectsHasARowForEach() {
        select(new Selection.OfContainer(SampleTopology.WEB01));
        open();
        write("unpublish");
        assertThat(words()).first().isEqualTo("Unpublish 0.0.0.0:8080");
        push(KeyCode.ENTER);
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied.getFirst()).isInstanceOf(Change.Unpublish.class);
    }

    @Test
    void theSameKeyEscapeAndAClickBesideItCloseIt() {
        open();
        push(KeyCode.CONTROL, KeyCode.K);
        assertThat(shown()).isFalse();
        open();
        push(KeyCode.ESCAPE);
        assertThat(shown()).isFalse();
        open();
        clickOn("#inspector");
        assertThat(shown()).isFalse();
    }

    private void open() {
        interact(window().canvas()::requestFocus);
        push(KeyCode.CONTROL, KeyCode.K);
        assertThat(shown()).isTrue();
    }

    private boolean shown() {
        WaitForAsyncUtils.waitForFxEvents();
        return lookup("#palette").query().getParent().isVisible();
    }

    private List<String> words() {
        ListView<?> entries = find("#paletteEntries", ListView.class);
        return entries.getItems().stream()
                .map(entry -> ((PaletteViewModel.Entry) entry).words())
                .toList();
    }
}
