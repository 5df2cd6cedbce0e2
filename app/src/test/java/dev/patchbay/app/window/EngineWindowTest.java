package dev.patchbay.app.window;

import static dev.patchbay.app.window.FxConditions.onFxThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.hosts.HostKind;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.host.HostCapability;
import dev.patchbay.core.model.Change;
import java.nio.file.Files;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// What an engine cannot take back.
class EngineWindowTest extends WindowOverFakeHost {
    @Override
    HostKind kind() {
        return HostKind.ENGINE;
    }

    EngineWindowTest() {
        fake.missing.add(HostCapability.RESTORE_CONTAINERS);
    }

    @Test
    void aComposeFileIsAppliedAsInALab() throws Exception {
        Files.writeString(directory.resolve("shop.yaml"), "name: shop\nservices: {web: {image: 'httpd:2.4'}}");
        interact(window().canvas()::requestFocus);
        push(KeyCode.CONTROL, KeyCode.O);
        await().until(() -> !Texts.of(this, ".consequence").isEmpty());
        clickOn("#apply");
        await().until(() -> !fake.applied.isEmpty());
        assertThat(fake.applied).singleElement().isInstanceOf(Change.Batch.class);
    }

    @Test
    void deleteAsksBeforeAContainerIsGoneForGoodAndOffersNoUndo() {
        fake.lasting.add(Change.RemoveContainer.class);
        interact(() -> model.host().apply(new Change.StopContainer("web01")));
        await().until(onFxThread(() -> lookup("#noticeUndo").query().isVisible()));
        select(new Selection.OfContainer(SampleTopology.WEB02));
        interact(window().canvas()::requestFocus);
        push(KeyCode.DELETE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(fake.applied).hasSize(1);
        assertThat(Texts.of(this, ".sheet-title")).contains("Remove web02");
        assertThat(Texts.of(this, ".consequence")).anyMatch(text -> text.startsWith("web02 cannot be brought back"));
        enabled("#apply");
        clickOn("#apply");
        await().until(() -> fake.applied.contains(new Change.RemoveContainer("web02", false)));
        await().until(() -> model.host().notification().get() instanceof Notification notice
                && notice.sentence().contains("web02"));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lookup("#noticeUndo").query().isVisible()).isFalse();
        // What was done before is not out of reach.
        assertThat(model.undo().undoable().get()).isEqualTo("docker StopContainer");
    }

    @Test
    void escapeLeavesTheContainerWhereItIs() {
        select(new Selection.OfContainer(SampleTopology.WEB02));
        interact(window().canvas()::requestFocus);
        push(KeyCode.DELETE);
        push(KeyCode.ESCAPE);
        assertThat(lookup("#sheet").tryQuery()).isEmpty();
        assertThat(fake.applied).isEmpty();
    }
}
