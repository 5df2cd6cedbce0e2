package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.text.TerminalText;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A container attached to this terminal: its output is printed here, Ctrl+C is sent to it, and its exit
/// code becomes the exit code of this command.
final class AttachedContainer {
    /// Docker's codes for a container that did not start.
    private static final int NOT_STARTED = 125;

    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    /// The exit code of a container that was removed with force meanwhile.
    private static final int KILLED = 137;

    private static final int SIGINT = 2;
    private static final long GRACE_SECONDS = 10;

    private final CliSession session;
    private final String container;
    private final boolean autoRemove;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode = KILLED;

    /// @param remove whether to remove the container after its command has ended
    AttachedContainer(CliSession session, String container, boolean remove) {
        this.session = session;
        this.container = container;
        this.autoRemove = remove;
    }

    static int exitCode(Refusal refusal) {
        String sentence = refusal.sentence();
        if (!sentence.startsWith("exec: ")) {
            return NOT_STARTED;
        }
        return sentence.contains("permission denied") ? NOT_EXECUTABLE : NOT_FOUND;
    }

    /// @return the exit code of the command
    int waitForExit() throws EngineException {
        ConnectedHost host = session.host();
        Thread onInterrupt = new Thread(() -> forwardInterrupt(host));
        if (session.attached()) {
            Runtime.getRuntime().addShutdownHook(onInterrupt);
        }
        try {
            copyOutput(host);
            exitCode = host.inspectContainer(container).at("/State/ExitCode").asInt();
            if (autoRemove) {
                host.apply(new Change.RemoveContainer(container, true));
            }
        } catch (RefusedException e) {
            exitCode = KILLED;
        } finally {
            ended.countDown();
            removeShutdownHook(onInterrupt);
        }
        return exitCode;
    }

    private void copyOutput(ConnectedHost host) throws EngineException, RefusedException {
        try {
            host.log(container, new LogQuery(LogQuery.ALL, true), session.outBytes(), session.errBytes());
        } catch (IOException readerGone) {
            try (OutputStream nobody = OutputStream.nullOutputStream()) {
                host.log(container, new LogQuery(0, true), nobody, nobody);
            } catch (IOException e) {
                throw new IllegalStateException("nobody takes everything", e);
            }
        }
    }

    private void removeShutdownHook(Thread onInterrupt) {
        if (session.attached()) {
            try {
                Runtime.getRuntime().removeShutdownHook(onInterrupt);
            } catch (IllegalStateException e) {
                // This process is ending; the shutdown hook already runs and sets the exit code.
            }
        }
    }

    /// Runs while Ctrl+C ends the JVM. The container's command decides how to react, within its stop
    /// timeout.
    private void forwardInterrupt(ConnectedHost host) {
        try {
            host.signal(container, SIGINT);
            if (ended.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                session.out().flush();
                Runtime.getRuntime().halt(exitCode);
            }
            session.err().println("The container goes on: patchbay stop " + container.substring(0, 12));
        } catch (EngineException | RefusedException e) {
            session.err().println(TerminalText.escape("Error: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
