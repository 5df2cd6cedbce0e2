package dev.patchbay.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.lab.Lab;
import dev.patchbay.engine.lab.LabExec;
import dev.patchbay.engine.lab.LabStatus;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.SandboxStatus;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Whatever fails leaves a helper that works: the kernel is as before or as asked, the next change is made, and
/// nobody has to start anything again.
@ExtendWith(PrivateNamespace.class)
class FailureTest {
    /// More than the journal's last page has room for, full or not.
    private static final NetworkSpec NETWORK = HelperTest.NETWORK.withLabels(Map.of("note", "n".repeat(30_000)));

    private static final SpecChange WEB =
            new SpecChange(List.of(NETWORK, HelperTest.SANDBOX, HelperTest.ENDPOINT, HelperTest.PORT), List.of());
    private static final SpecChange NO_WEB = new SpecChange(
            List.of(), List.of(HelperTest.PORT.id(), HelperTest.ENDPOINT.id(), HelperTest.SANDBOX.id(), NETWORK.id()));

    /// A disk of its own.
    @TempDir
    private Path home;

    private StateDirectory directory;
    private Lab lab;
    private HelperClient client;

    @BeforeEach
    void start() throws Exception {
        Shell.run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", home.toString());
        directory = new StateDirectory(home);
        Path tests = Path.of(FailureTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        lab = new Lab(directory, HelperCommand.of(FaultyHelper.class.getName(), List.of(tests)));
        connect();
        // The kernel makes a table when it is first used, and keeps it.
        apply(new SpecChange(List.of(HelperTest.NETWORK), List.of()));
        apply(new SpecChange(List.of(), List.of(NETWORK.id())));
    }

    private void connect() throws EngineException {
        client = HelperClient.connect(((HelperStart.Ready) lab.up()).socket());
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        lab.down();
        // The parent of the helper, outside of the Lab, has its log open for a moment longer.
        await().untilAsserted(() -> Shell.run("umount", home.toString()));
    }

    @Test
    void aChangeThatCannotBeRecordedIsTakenBackAndMadeOnceThereIsRoom() throws Exception {
        String before = kernel();
        long helper = lab.status().helperPid();
        int boundaries = 0;
        for (boolean hit = true; hit; boundaries += hit ? 1 : 0) {
            arm("full " + (boundaries + 1));
            try {
                apply(WEB);
                hit = !disarm();
                assertThat(hit).as("the disk was full, and the change recorded").isFalse();
            } catch (EngineException e) {
                assertThat(e).hasMessageContaining("No space left on device");
                assertThat(directory.directory().resolve("fault")).doesNotExist();
                assertThat(kernel()).as("full at boundary %d", boundaries + 1).isEqualTo(before);
                assertThat(state().specs()).isEmpty();
                assertThatThrownBy(() -> apply(WEB))
                        .isInstanceOf(EngineException.class)
                        .hasMessageContaining("is full; nothing was changed");
                Files.delete(directory.directory().resolve("filler"));
                assertThat(repair()).isEmpty();
            }
        }
        assertThat(boundaries).isGreaterThan(6);
        assertThat(serves()).isTrue();
        apply(NO_WEB);
        assertThat(kernel()).isEqualTo(before);
        assertThat(lab.status().helperPid()).isEqualTo(helper);
    }

    @Test
    void anUncheckedExceptionInAnyStepIsAFailureOfThisChangeAlone() throws Exception {
        String before = kernel();
        long helper = lab.status().helperPid();
        int boundaries = 0;
        for (boolean hit = true; hit; boundaries += hit ? 1 : 0) {
            arm("unchecked " + (boundaries + 1));
            try {
                apply(WEB);
                hit = !disarm();
                assertThat(hit).as("a step threw, and the change was made").isFalse();
            } catch (EngineException e) {
                assertThat(e).hasMessageMatching("[^\\n]+: internal error: [^\\n]*BufferOverflowException");
                assertThat(kernel()).as("thrown at boundary %d", boundaries + 1).isEqualTo(before);
                assertThat(repair()).isEmpty();
            }
        }
        assertThat(boundaries).isGreaterThan(6);
        assertThat(serves()).isTrue();
        apply(NO_WEB);
        assertThat(kernel()).isEqualTo(before);
        assertThat(lab.status().helperPid()).isEqualTo(helper);
    }

    @Test
    void afterAnErrorTheHelperEndsWithItsReasonAndTheNextOneTakesTheChangeBack() throws Exception {
        String before = kernel();
        arm("memory 5");

        assertThatThrownBy(() -> apply(WEB)).isInstanceOf(EngineException.class);

        await().until(() -> lab.status().state() == LabStatus.State.HELPER_GONE);
        assertThat(Files.readString(directory.helperLog())).contains("OutOfMemoryError: as told");
        client.close();
        connect();
        assertThat(kernel()).isEqualTo(before);
        apply(WEB);
        assertThat(serves()).isTrue();
        apply(NO_WEB);
        assertThat(kernel()).isEqualTo(before);
    }

    @Test
    void aCommandThatEndsOnAFullDiskIsTakenDownAndStartsAgainOnceThereIsRoom() throws Exception {
        String before = kernel();
        apply(WEB);
        assertThat(serves()).isTrue();
        Path filler = directory.directory().resolve("filler");
        FaultyHelper.fill(filler);

        exec("kill -TERM " + status().pid());

        await().untilAsserted(() -> {
            assertThat(sandbox().running()).isFalse();
            assertThat(status().running()).isFalse();
        });
        // As the web server's own shell ends on SIGTERM.
        assertThat(status().exitCode()).isZero();
        assertThat(exec("iptables -t nat -S")).doesNotContain("DNAT");
        assertThat(exec("ip netns")).doesNotContain(HelperTest.SANDBOX.netnsName());
        SandboxSpec again = sandbox().withNewRun();
        assertThatThrownBy(() -> apply(new SpecChange(List.of(again), List.of())))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("is full; nothing was changed");
        Files.delete(filler);

        apply(new SpecChange(List.of(again), List.of()));

        assertThat(serves()).isTrue();
        assertThat(repair()).isEmpty();
        client.close();
        kill();
        connect();
        assertThat(sandbox().running()).isTrue();
        assertThat(serves()).isTrue();
        apply(NO_WEB);
        assertThat(kernel()).isEqualTo(before);
    }

    @Test
    void aHelperStartsOnAFullDiskAndTakesDownWhatEndedMeanwhile() throws Exception {
        apply(WEB);
        assertThat(serves()).isTrue();
        long pid = status().pid();
        client.close();
        kill();
        FaultyHelper.fill(directory.directory().resolve("filler"));
        exec("kill -TERM " + pid + "; while kill -0 " + pid + " 2>/dev/null; do sleep 0.05; done");

        connect();

        assertThat(sandbox().running()).isFalse();
        assertThat(status().exitCode()).isZero();
        assertThat(exec("iptables -t nat -S")).doesNotContain("DNAT");
        Files.delete(directory.directory().resolve("filler"));
        apply(NO_WEB);
        assertThat(state().specs()).isEmpty();
    }

    @Test
    void moreTextThanMemoryIsMeantForIsRefusedWithItsLimit() throws Exception {
        for (int i = 0; i < 32; i++) {
            NetworkSpec heavy = HelperTest.NETWORK.withLabels(Map.of("note", "n".repeat(900_000)));
            assertThat(refusal(new SpecChange(List.of(heavy), List.of())))
                    .matches("The labels.* of network shop have 9000\\d\\d characters; at most 65536 are kept");
        }
        for (int i = 0; i < 60; i++) {
            apply(new SpecChange(
                    List.of(HelperTest.NETWORK.withLabels(Map.of("note", "n".repeat(60_000) + i))), List.of()));
        }
        apply(new SpecChange(List.of(), List.of(NETWORK.id())));
    }

    private String refusal(SpecChange change) throws EngineException {
        Answer<Reply.Applied> answer = client.call(
                new Request.Apply(change, state().revision(), "a test", ActivityKind.ACTION, 0, StopMode.GRACEFUL));
        return ((Answer.Refused<Reply.Applied>) answer).refusal().sentence();
    }

    @Test
    void theLogIsBoundedWhileTheHelperRuns() throws Exception {
        for (int i = 0; i < 12_000; i++) {
            try (SocketChannel noise = SocketChannel.open(UnixDomainSocketAddress.of(directory.socket()))) {
                noise.write(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1}));
                noise.read(ByteBuffer.allocate(1));
            } catch (IOException closed) {
                assertThat(closed).hasMessageMatching("Broken pipe|Connection reset.*");
            }
        }
        Path older = directory.directory().resolve("helper.log.1");
        assertThat(older).exists();
        assertThat(Files.size(older)).isGreaterThan(RotatingLog.MAX_SIZE).isLessThan(RotatingLog.MAX_SIZE + 100_000);
        assertThat(Files.size(directory.helperLog())).isLessThan(RotatingLog.MAX_SIZE + 100_000);
        assertThat(Files.readString(directory.helperLog())).contains("a connection ended");
        apply(WEB);
        apply(NO_WEB);
    }

    private void arm(String fault) throws Exception {
        Path fresh = Files.writeString(directory.directory().resolve("fault.new"), fault);
        Files.move(fresh, directory.directory().resolve("fault"));
    }

    /// @return whether it was not hit
    private boolean disarm() throws Exception {
        return Files.deleteIfExists(directory.directory().resolve("fault"));
    }

    private void kill() throws Exception {
        Shell.run("kill", "-KILL", String.valueOf(lab.status().helperPid()));
        await().until(() -> lab.status().state() == LabStatus.State.HELPER_GONE);
    }

    private Reply.State state() throws EngineException {
        return ((Answer.Granted<Reply.State>) client.call(new Request.Snapshot())).reply();
    }

    private SandboxSpec sandbox() throws EngineException {
        Id id = HelperTest.SANDBOX.id();
        return (SandboxSpec) state().specs().stream()
                .filter(spec -> spec.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private SandboxStatus status() throws EngineException {
        return state().statuses().getFirst();
    }

    private List<?> repair() throws EngineException {
        return ((Answer.Granted<Reply.Planned>) client.call(new Request.Repair(true)))
                .reply()
                .steps();
    }

    private void apply(SpecChange change) throws EngineException {
        long revision = state().revision();
        assertThat(client.call(
                        new Request.Apply(change, revision, "a test", ActivityKind.ACTION, 0, StopMode.GRACEFUL)))
                .asInstanceOf(type(Answer.Granted.class))
                .isNotNull();
    }

    private boolean serves() throws Exception {
        return exec("curl -s --retry 5 --retry-connrefused --max-time 5 http://127.0.0.1:8080/ || :")
                .contains("It works!");
    }

    /// Links, namespaces and rules, without counters and times. A bridge loses its carrier up to a second after its
    /// last port, so what follows from that is left out.
    private String kernel() throws Exception {
        String links = "ip -br link | sed -E 's/^([^ ]+) +[A-Z]+ /\\1 /; s/NO-CARRIER,?//; s/,LOWER_UP//'";
        return exec(links + "; ip netns; iptables-save").replaceAll("(?m)^#.*|\\[.*", "");
    }

    private String exec(String script) throws Exception {
        LabExec.Result result = LabExec.captured(lab.command(List.of("sh", "-c", script), false));
        assertThat(result.exitCode()).as(script + "\n" + result.output()).isZero();
        return result.output();
    }
}
