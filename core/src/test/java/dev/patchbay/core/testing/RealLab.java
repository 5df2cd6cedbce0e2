package dev.patchbay.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.core.lab.LabHost;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.lab.Lab;
import dev.patchbay.engine.lab.LabExec;
import dev.patchbay.engine.lab.LabStatus;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.os.Programs;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Lab of a test's own, with a helper that has failpoints, and one controller on it.
///
/// Where a Lab cannot be had, tests are skipped; under CI they fail.
public final class RealLab implements AutoCloseable {
    private static final List<String> PROGRAMS =
            List.of("unshare", "nsenter", "setpriv", "ip", "iptables", "iptables-save", "busybox", "curl");

    private final StateDirectory directory;
    private final Lab lab;
    private @Nullable LabHost controller;
    private long armings;

    /// Without a resolver, which few tests need.
    public RealLab(Path home) throws EngineException, IOException {
        this(home, List.of());
    }

    /// @param resolver its command line
    public RealLab(Path home, List<String> resolver) throws EngineException, IOException {
        boolean complete =
                PROGRAMS.stream().allMatch(name -> Programs.find(name).isPresent());
        assumeTrue(complete || System.getenv("CI") != null, () -> "needs " + PROGRAMS);
        directory = new StateDirectory(home);
        lab = new Lab(directory, TestHelper.command(home).withResolver(resolver));
        up();
    }

    /// Starts what is not there and connects anew.
    public void up() throws EngineException {
        disconnect();
        assertThat(lab.up()).isEqualTo(new HelperStart.Ready(directory.socket()));
        controller = connect();
    }

    /// What comes of starting what is not there; nothing is connected.
    public HelperStart start() throws EngineException {
        disconnect();
        return lab.up();
    }

    public LabHost connect() throws EngineException {
        return LabHost.connect(directory.socket());
    }

    public LabHost controller() {
        if (controller == null) {
            throw new AssertionError("not connected");
        }
        return controller;
    }

    public StateDirectory directory() {
        return directory;
    }

    public LabStatus status() throws EngineException {
        return lab.status();
    }

    public Outcome.Done done(Change change) throws EngineException {
        return done(controller().apply(change));
    }

    public static Outcome.Done done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    /// The helper's records and the kernel as it reports it.
    public Reply.State state() throws EngineException {
        try (HelperClient client = HelperClient.connect(directory.socket())) {
            if (client.call(new Request.Snapshot()) instanceof Answer.Granted<Reply.State>(Reply.State state)) {
                return state;
            }
            throw new AssertionError("a snapshot is never refused");
        }
    }

    /// Ends the helper as a crash would, and returns when it is gone.
    public void killHelper() throws EngineException {
        ProcessIdentity helper = ProcessIdentity.of(lab.status().helperPid()).orElseThrow();
        helper.kill();
        // Its main thread counts as ended before the others have closed the socket.
        await().until(() -> lab.status().state() == LabStatus.State.HELPER_GONE);
        disconnect();
    }

    /// @param kind `kill` or `fail`
    /// @param boundary counted from 1, from the next one on
    public void arm(String kind, int boundary) throws IOException {
        Path fresh = directory.directory().resolve("failpoint.new");
        Files.writeString(fresh, kind + " " + boundary + " " + ++armings);
        Files.move(fresh, failpoint());
    }

    /// @return whether it was still armed, and so was not hit
    public boolean disarm() throws IOException {
        return Files.deleteIfExists(failpoint());
    }

    public boolean isArmed() {
        return Files.exists(failpoint());
    }

    private Path failpoint() {
        return directory.directory().resolve("failpoint");
    }

    /// The name of the boundary that was hit last, without ids.
    public String lastHit() throws IOException {
        return Files.readAllLines(directory.directory().resolve("failpoints-hit"))
                .getLast()
                .replaceAll("\\b(pb-|pbv)?[0-9a-f]{12}\\b", "$1*");
    }

    /// What a shell script writes in the Lab's host namespace; the test fails when the script does.
    public String onHost(String script) throws EngineException {
        return shell(script, false);
    }

    public String outside(String script) throws EngineException {
        return shell(script, true);
    }

    private String shell(String script, boolean outside) throws EngineException {
        LabExec.Result result = LabExec.captured(lab.command(List.of("sh", "-c", script), outside));
        assertThat(result.exitCode()).as(script + "\n" + result.output()).isZero();
        return result.output();
    }

    /// Takes the Lab down; its records stay.
    public void down() throws EngineException {
        disconnect();
        lab.down();
        assertThat(lab.status().state()).isEqualTo(LabStatus.State.DOWN);
    }

    private void disconnect() {
        if (controller != null) {
            controller.close();
            controller = null;
        }
    }

    @Override
    public void close() throws EngineException {
        down();
    }
}
