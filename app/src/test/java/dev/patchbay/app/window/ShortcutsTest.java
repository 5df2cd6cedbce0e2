package dev.patchbay.app.window;

import static dev.patchbay.app.window.FxConditions.onFxThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Change;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.util.WaitForAsyncUtils;

/// Keys act where the focus is, and nowhere else.
class ShortcutsTest extends WindowOverFakeHost {
    @ParameterizedTest
    @ValueSource(strings = {"#canvas", "#search", "#theme", "#drawer", "#inspectorTabs", "#newNetwork"})
    void f1TellsTheKeysWhereverTheFocusIs(String focused) {
        interact(() -> lookup(focused).query().requestFocus());
        push(KeyCode.F1);
        assertThat(helpIsShown()).isTrue();
        push(KeyCode.ESCAPE);
        assertThat(helpIsShown()).isFalse();
        interact(() -> lookup(focused).query().requestFocus());
        push(KeyCode.F1);
        push(KeyCode.F1);
        assertThat(helpIsShown()).isFalse();
    }

    @Test
    void f1TellsTheKeysOverAForm() {
        open("n");
        push(KeyCode.F1);
        assertThat(helpIsShown()).isTrue();
        push(KeyCode.ESCAPE);
        assertThat(helpIsShown()).isFalse();
        assertThat(lookup("#sheet").tryQuery()).as("the help lay over it").isPresent();
    }

    /// On a German keyboard `/` is Shift and 7, and `?` Shift and a key without a code of its own.
    @Test
    void charactersCountWhereverTheKeyboardHasThem() {
        focusPicture();
        key(KeyEvent.KEY_PRESSED, KeyCode.DIGIT7, "", true, false);
        key(KeyEvent.KEY_TYPED, KeyCode.UNDEFINED, "/", true, false);
        assertThat(focused().getId()).isEqualTo("search");
        focusPicture();
        key(KeyEvent.KEY_PRESSED, KeyCode.UNDEFINED, "", true, false);
        key(KeyEvent.KEY_TYPED, KeyCode.UNDEFINED, "?", true, false);
        assertThat(helpIsShown()).isTrue();
        push(KeyCode.ESCAPE);
        // The key where others have the slash.
        focusPicture();
        key(KeyEvent.KEY_PRESSED, KeyCode.SLASH, "", false, false);
        key(KeyEvent.KEY_TYPED, KeyCode.UNDEFINED, "-", false, false);
        assertThat(focused().getId()).isEqualTo("canvas");
        key(KeyEvent.KEY_PRESSED, KeyCode.SLASH, "", true, false);
        key(KeyEvent.KEY_TYPED, KeyCode.UNDEFINED, "_", true, false);
        assertThat(helpIsShown()).isFalse();
    }

    /// The release of the key goes to the window that chooses a file.
    @Test
    void theLetterAfterControlAndOIsTyped() {
        key(KeyEvent.KEY_PRESSED, KeyCode.O, "", false, true);
        interact(() -> lookup("#search").query().requestFocus());
        key(KeyEvent.KEY_TYPED, KeyCode.UNDEFINED, "w", false, false);
        key(KeyEvent.KEY_TYPED, KeyCode.UNDEFINED, "e", false, false);
        assertThat(find("#search", TextField.class).getText()).isEqualTo("we");
    }

    @Test
    void noKeyActsBehindAForm() {
        select(new Selection.OfContainer(SampleTopology.WEB02));
        open("n");
        write("mynet");
        for (Runnable focus : List.<Runnable>of(
                () -> find("#networkInternal", CheckBox.class).requestFocus(), window().canvas()::requestFocus)) {
            interact(focus);
            push(KeyCode.DELETE);
            push(KeyCode.CONTROL, KeyCode.Z);
            push(KeyCode.CONTROL, KeyCode.O);
            for (String letter : List.of("r", "n", "p", "u", "d", "c", "f", "/", "?")) {
                type(letter);
            }
        }
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(fake.applied).isEmpty();
        assertThat(fake.history).isEmpty();
        assertThat(Texts.of(this, ".sheet-title")).contains("New network");
        assertThat(find("#networkName", TextField.class).getText()).isEqualTo("mynet");
        assertThat(find("#search", TextField.class).getText()).isEmpty();
        assertThat(focused().getId()).isEqualTo("canvas");
        assertThat(helpIsShown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#theme", "#drawer", "#inspectorTabs", "#inspectorActions"})
    void lettersActInThePictureAlone(String elsewhere) {
        select(new Selection.OfContainer(SampleTopology.WEB02));
        interact(() -> lookup(elsewhere).query().requestFocus());
        for (String letter : List.of("n", "r", "p", "c", "d", "/", "?")) {
            type(letter);
        }
        push(KeyCode.DELETE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lookup("#sheet").tryQuery()).isEmpty();
        assertThat(fake.applied).isEmpty();
        assertThat(helpIsShown()).isFalse();
    }

    @Test
    void escapeClosesTheInnermostThingFirst() {
        select(new Selection.OfContainer(SampleTopology.WEB02));
        open("r");
        ComboBox<?> network = find("#containerNetwork", ComboBox.class);
        interact(network::requestFocus);
        interact(network::show);
        push(KeyCode.ESCAPE);
        assertThat(network.isShowing()).isFalse();
        assertThat(lookup("#sheet").tryQuery()).as("only the list was closed").isPresent();
        interact(window().canvas()::requestFocus);
        push(KeyCode.ESCAPE);
        assertThat(lookup("#sheet").tryQuery()).isEmpty();
        assertThat(model.selected().get()).isEqualTo(new Selection.OfContainer(SampleTopology.WEB02));
        push(KeyCode.ESCAPE);
        assertThat(model.selected().get()).isEqualTo(new Selection.None());
    }

    @Test
    void enterInAnOpenListChoosesAndDoesNotApply() {
        open("r");
        ComboBox<?> network = find("#containerNetwork", ComboBox.class);
        Object before = network.getValue();
        interact(network::requestFocus);
        interact(network::show);
        enabled("#apply");
        push(KeyCode.DOWN);
        push(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(network.isShowing()).isFalse();
        assertThat(network.getValue()).isNotNull().isNotEqualTo(before);
        assertThat(fake.applied).isEmpty();
        assertThat(lookup("#sheet").tryQuery()).isPresent();
    }

    @Test
    void escapeInAnOpenListOfTheInspectorDeselectsNothing() {
        select(new Selection.OfContainer(SampleTopology.WEB02));
        interact(() -> find("#inspectorTabs", javafx.scene.control.TabPane.class)
                .getSelectionModel()
                .selectLast());
        ComboBox<?> from = find("#reachabilityFrom", ComboBox.class);
        interact(from::requestFocus);
        interact(from::show);
        push(KeyCode.ESCAPE);
        assertThat(from.isShowing()).isFalse();
        assertThat(model.selected().get()).isEqualTo(new Selection.OfContainer(SampleTopology.WEB02));
    }

    @Test
    void aFormKeepsItsDraftUntilItIsAppliedOrCancelled() {
        open("n");
        write("mynet");
        interact(() -> find("#networkInternal", CheckBox.class).setSelected(true));
        push(KeyCode.ESCAPE);
        open("r");
        clickOn("#containerName").write("web09");
        clickOn("#newNetwork");
        assertThat(find("#networkName", TextField.class).getText()).isEqualTo("mynet");
        assertThat(find("#networkInternal", CheckBox.class).isSelected()).isTrue();
        enabled("#apply");
        clickOn("#apply");
        await().until(onFxThread(
                () -> fake.applied.size() == 1 && lookup("#sheet").tryQuery().isEmpty()));
        assertThat(fake.applied.getFirst())
                .isInstanceOfSatisfying(
                        Change.CreateNetwork.class,
                        made -> assertThat(made.internal()).isTrue());
        open("n");
        assertThat(find("#networkName", TextField.class).getText()).isEmpty();
        push(KeyCode.ESCAPE);
        open("r");
        assertThat(find("#containerName", TextField.class).getText()).isEqualTo("web09");
        clickOn("#cancel");
        open("r");
        assertThat(find("#containerName", TextField.class).getText()).isEmpty();
    }

    @Test
    void aDraftBelongsToWhatItIsFor() {
        select(new Selection.OfContainer(SampleTopology.WEB01));
        open("p");
        TextField port = find("#publishHostPort", TextField.class);
        interact(() -> port.setText("9999"));
        push(KeyCode.ESCAPE);
        select(new Selection.OfContainer(SampleTopology.WEB02));
        open("p");
        assertThat(find("#publishHostPort", TextField.class).getText()).isNotEqualTo("9999");
        push(KeyCode.ESCAPE);
        select(new Selection.OfContainer(SampleTopology.WEB01));
        open("p");
        assertThat(find("#publishHostPort", TextField.class).getText()).isEqualTo("9999");
    }

    @Test
    void undoWhileAChangeIsUnderWayIsRefusedAndSaysSo() {
        fake.gate = new CountDownLatch(1);
        focusPicture();
        interact(() -> {
            model.host().apply(new Change.StopContainer("web01"));
            model.host().apply(new Change.StartContainer("web02"));
        });
        for (int i = 0; i < 3; i++) {
            push(KeyCode.CONTROL, KeyCode.Z);
        }
        push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        Notification notice = model.host().notification().get();
        assertThat(notice).isNotNull();
        assertThat(notice.sentence()).isEqualTo("Stop web01 is still under way.");
        assertThat(fake.history).isEmpty();
        assertThat(fake.applied).isEmpty();
        fake.gate.countDown();
        await().until(() -> model.host().pending().isEmpty());
        assertThat(fake.applied)
                .as("one after the other")
                .containsExactly(new Change.StopContainer("web01"), new Change.StartContainer("web02"));
        assertThat(fake.history).isEmpty();
        WaitForAsyncUtils.waitForFxEvents();
        push(KeyCode.CONTROL, KeyCode.Z);
        await().until(() -> fake.history.equals(List.of("undo")));
    }

    /// A repair may be an action that undo takes back.
    @Test
    void aRepairTakesItsTurn() {
        fake.gate = new CountDownLatch(1);
        focusPicture();
        interact(() -> {
            model.host().apply(new Change.StopContainer("web01"));
            model.problems().repair();
        });
        push(KeyCode.CONTROL, KeyCode.Z);
        assertThat(fake.history).isEmpty();
        fake.gate.countDown();
        await().until(() -> fake.history.equals(List.of("repair")));
        assertThat(fake.applied).containsExactly(new Change.StopContainer("web01"));
        await().until(() -> model.host().notification().get() instanceof Notification notice
                && notice.kind() == Notification.Kind.DONE
                && notice.sentence().startsWith("Repaired"));
        WaitForAsyncUtils.waitForFxEvents();
        push(KeyCode.CONTROL, KeyCode.Z);
        await().until(() -> fake.history.equals(List.of("repair", "undo")));
    }

    @Test
    void undoIsOfferedBesideASentenceForAsLongAsItTakesBackThatAction() {
        interact(() -> model.host().apply(new Change.StopContainer("web01")));
        await().until(onFxThread(() -> lookup("#noticeUndo").query().isVisible()));
        // Somebody else does something.
        fake.apply(new Change.StopContainer("web02"));
        await().until(onFxThread(() -> !lookup("#noticeUndo").query().isVisible()));
    }

    @Test
    void aFormStaysInAWindowOfAnySize() {
        SplitPane whole = (SplitPane) window().scene().getRoot().lookup(".split-pane");
        interact(() -> whole.setDividerPositions(0));
        open("n");
        interact(() -> window().scene().getRoot().layout());
        Bounds sheet = find("#sheet", Node.class)
                .localToScene(find("#sheet", Node.class).getLayoutBounds());
        assertThat(sheet.getMinX()).isNotNegative();
        Bounds picture = find("#canvas", Node.class)
                .localToScene(find("#canvas", Node.class).getLayoutBounds());
        assertThat(sheet.getMaxX()).isLessThanOrEqualTo(picture.getMaxX());
    }

    private void open(String letter) {
        focusPicture();
        type(letter);
        assertThat(lookup("#sheet").tryQuery()).isPresent();
    }

    private void focusPicture() {
        interact(window().canvas()::requestFocus);
    }

    private boolean helpIsShown() {
        WaitForAsyncUtils.waitForFxEvents();
        return lookup("#shortcuts").query().getParent().isVisible();
    }

    private Node focused() {
        WaitForAsyncUtils.waitForFxEvents();
        return window().scene().getFocusOwner();
    }

    /// A key of a keyboard as most have it.
    private void type(String letter) {
        KeyCode code = KeyCode.getKeyCode(letter.toUpperCase(java.util.Locale.ROOT));
        boolean shift = letter.equals("?");
        key(KeyEvent.KEY_PRESSED, code == null ? KeyCode.SLASH : code, "", shift, false);
        key(KeyEvent.KEY_TYPED, KeyCode.UNDEFINED, letter, shift, false);
        key(KeyEvent.KEY_RELEASED, code == null ? KeyCode.SLASH : code, "", shift, false);
    }

    private void key(EventType<KeyEvent> type, KeyCode code, String typed, boolean shift, boolean control) {
        interact(() -> Event.fireEvent(
                window().scene().getFocusOwner(), new KeyEvent(type, typed, "", code, shift, control, false, false)));
        WaitForAsyncUtils.waitForFxEvents();
    }
}
