package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.ActivityKind;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class UndoRedoTest extends FakeLabTest {
    @Test
    void undoGoesBackStepByStepAndRedoForwardAgain() throws EngineException {
        List<Change> session = List.of(
                Change.CreateNetwork.named("mydockernet"),
                web("web01", "mydockernet", tcp(8080, 80)),
                connection("bridge", "web01"),
                new Change.Publish("web01", tcp(8082, 80)),
                new Change.Disconnect("mydockernet", "web01"),
                new Change.Unpublish("web01", null, PortRange.single(8082), null, Protocol.TCP));
        List<Specs> states = new ArrayList<>(List.of(helper.specs()));
        for (Change change : session) {
            done(change);
            states.add(helper.specs());
        }
        for (int i = session.size() - 1; i >= 0; i--) {
            done(lab.apply(HistoryAction.UNDO));
            assertThat(helper.specs()).isEqualTo(states.get(i));
        }
        assertThat(refused(lab.apply(HistoryAction.UNDO)).sentence()).isEqualTo("Nothing to undo");
        for (int i = 0; i < session.size(); i++) {
            done(lab.apply(HistoryAction.REDO));
        }
        assertThat(refused(lab.apply(HistoryAction.REDO)).sentence()).isEqualTo("Nothing to redo");
        assertThat(addresses("web01")).containsExactly("172.17.0.2/16");
        ActivityEntry last = helper.activity().getLast();
        assertThat(last.kind()).isEqualTo(ActivityKind.REDO);
        assertThat(helper.activity().get((int) last.refersTo() - 1).title())
                .isEqualTo("patchbay unpublish web01 8082:");
    }

    @Test
    void aContainerThatComesBackGetsAFreshNamespace() throws EngineException {
        done(web("web01", null, tcp(8080, 80)));
        Id namespace = sandbox("web01").namespaceId();
        Id id = sandbox("web01").id();
        done(new Change.RemoveContainer("web01", true));
        assertThat(done(lab.preview(HistoryAction.UNDO)).title()).isEqualTo("undo: docker rm -f web01");
        done(lab.apply(HistoryAction.UNDO));
        assertThat(sandbox("web01").id()).isEqualTo(id);
        assertThat(sandbox("web01").running()).isTrue();
        assertThat(sandbox("web01").namespaceId()).isNotEqualTo(namespace);
        assertThat(addresses("web01")).containsExactly("172.17.0.2/16");
    }

    @Test
    void aContainerThatIsStoppedByRedoKeepsTheNamespaceItHasNow() throws EngineException {
        done(web("web01", null));
        done(new Change.StopContainer("web01"));
        done(lab.apply(HistoryAction.UNDO));
        Id namespace = sandbox("web01").namespaceId();
        done(lab.apply(HistoryAction.REDO));
        assertThat(sandbox("web01").running()).isFalse();
        assertThat(sandbox("web01").namespaceId()).isEqualTo(namespace);
    }

    @Test
    void aRestartIsUndoneByNothingAndDoesNotHoldUpWhatCameBefore() throws EngineException {
        done(web("web01", null));
        done(new Change.RestartContainer("web01", StopMode.GRACEFUL));
        Id run = sandbox("web01").run();
        assertThat(done(lab.apply(HistoryAction.UNDO)).title())
                .isEqualTo("undo: docker restart web01 (changes nothing: a run is over)");
        assertThat(sandbox("web01").run()).isEqualTo(run);
        done(lab.apply(HistoryAction.UNDO));
        assertThat(lab.topology().containers()).isEmpty();
    }

    @Test
    void anUndoThatNoLongerFitsChangesNothing() throws EngineException {
        done(web("web01", null, tcp(8080, 80)));
        done(new Change.StopContainer("web01"));
        helper.listen(new Listener(Protocol.TCP, InetAddress.ofLiteral("0.0.0.0"), 8080, 812, "nginx"));
        var before = helper.specs();
        Refusal refusal = refused(lab.apply(HistoryAction.UNDO));
        assertThat(refusal.sentence()).endsWith("listen tcp4 0.0.0.0:8080: bind: address already in use");
        assertThat(refused(lab.preview(HistoryAction.UNDO))).isEqualTo(refusal);
        assertThat(helper.specs()).isEqualTo(before);
    }

    /// Such as a container of `--rm` that has ended since: its endpoint cannot come back.
    @Test
    void anUndoThatIsNoLongerPossibleDoesNotHoldUpWhatCameBefore() throws EngineException {
        done(Change.CreateNetwork.named("n1"));
        done(web("web01", "n1"));
        done(new Change.Disconnect("n1", "web01"));
        helper.removeEnded(sandbox("web01").id());
        Refusal refusal = refused(lab.apply(HistoryAction.UNDO));
        assertThat(refusal.code()).isEqualTo("no-longer-fits");
        assertThat(refusal.sentence()).endsWith("the network or the container is gone");
        assertThat(Objects.requireNonNull(lab.topology().undoable()).title()).startsWith("docker run");
        done(lab.apply(HistoryAction.UNDO));
        done(lab.apply(HistoryAction.UNDO));
        assertThat(lab.topology().undoable()).isNull();
        assertThat(lab.topology().networks()).hasSize(3);
        assertThat(Objects.requireNonNull(lab.topology().redoable()).title()).startsWith("docker network create");
    }

    @Test
    void anyClientMayUndoWhatAnotherDid() throws EngineException {
        done(Change.CreateNetwork.named("n1"));
        done(connect(helper).apply(HistoryAction.UNDO));
        assertThat(lab.topology().networks()).hasSize(3);
        assertThat(lab.topology().redoable()).isNotNull();
        done(Change.CreateNetwork.named("n2"));
        assertThat(refused(lab.apply(HistoryAction.REDO)).sentence()).isEqualTo("Nothing to redo");
    }
}
