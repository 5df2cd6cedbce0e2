package dev.patchbay.app.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.hosts.FakeHost;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.task.ManualTasks;
import dev.patchbay.core.model.Change;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UndoViewModelTest {
    private final FakeHost fake = new FakeHost(SampleTopology.seed());
    private final HostViewModel host =
            new HostViewModel(() -> new HostOpener.Result.Opened(fake), new ManualTasks(), InstantSource.system());
    private final UndoViewModel undo = new UndoViewModel(host, new ActivityViewModel(host));
    private final List<Arrangement> shown = new ArrayList<>();

    @BeforeEach
    void open() {
        undo.setArranger(shown::add);
        host.open();
    }

    private void moveAndTakeBack() {
        undo.addMove("Move web01", Arrangement.none(), Arrangement.none());
        undo.undo();
        assertThat(undo.redoable().get()).isEqualTo("Move web01");
    }

    /// As what the host itself could do again is forgotten.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anActionForgetsTheMoveThatCouldBeDoneAgain(boolean lasting) {
        if (lasting) {
            fake.lasting.add(Change.RemoveContainer.class);
        }
        moveAndTakeBack();
        host.apply(new Change.RemoveContainer("web02", false));
        assertThat(undo.redoable().get()).isNull();
        undo.redo();
        assertThat(shown).hasSize(1);
        assertThat(fake.history).containsExactly("redo");
    }

    @Test
    void aMoveThatWasTakenBackIsDoneAgainWhileNothingElseWasDone() {
        moveAndTakeBack();
        undo.redo();
        assertThat(shown).hasSize(2);
        assertThat(undo.undoable().get()).isEqualTo("Move web01");
        assertThat(fake.history).isEmpty();
    }
}
