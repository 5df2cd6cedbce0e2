package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.Version;
import dev.patchbay.engine.os.PidFile;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.os.Programs;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// The helper as a process, of a Lab or of this machine: starts and finds it.
///
/// @param directory of the host that it serves
public record HelperProcess(StateDirectory directory) {
    private static final int START_SECONDS = 30;
    /// The default stop timeout of Docker.
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private static final int POLL_MILLIS = 10;
    private static final int BUSY_RETRIES = 20;
    private static final int BUSY_PAUSE_MILLIS = 100;

    /// The state of a helper's socket.
    public enum SocketState {
        /// A helper of this version answers.
        RESPONDING,
        OTHER_VERSION,
        /// It accepts connections but does not answer: it is stopped, or hangs.
        NOT_RESPONDING,
        /// It has as many connections as it allows.
        BUSY,
        /// No helper, or one that is about to end and still accepts connections.
        ABSENT
    }

    /// A helper exists when it accepts connections, whatever a file says.
    public boolean acceptsConnections() {
        try (SocketChannel channel = HelperClient.tryConnect(directory.socket()).orElse(null)) {
            // Without a channel the queue of connections is full.
            return channel == null || channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether a helper of this version answers.
    public SocketState socketState(Duration silence) {
        return socketState(directory.socket(), silence);
    }

    private static SocketState socketState(Path socket, Duration silence) {
        try (HelperClient client = HelperClient.connect(socket)) {
            return client.call(new Request.Hello(), silence) instanceof Answer.Granted<Reply.Welcome>(var welcome)
                            && welcome.version().equals(Version.current())
                    ? SocketState.RESPONDING
                    : SocketState.OTHER_VERSION;
        } catch (EngineException e) {
            return switch (e.kind()) {
                case NOT_RESPONDING -> SocketState.NOT_RESPONDING;
                case REJECTED -> SocketState.BUSY;
                case FAILED, DISCONNECTED, OUTCOME_UNKNOWN -> SocketState.ABSENT;
            };
        }
    }

    /// Whether a helper of this version answers; waits a little for one that has too many connections.
    ///
    /// @throws EngineException when a helper does not answer: it may continue at any moment, and must
    ///     not be replaced
    public boolean isResponding(Duration silence) throws EngineException {
        return isResponding(directory.socket(), silence, this::pid);
    }

    /// @param socket of a helper whose process is not known
    static boolean isResponding(Path socket, Duration silence) throws EngineException {
        return isResponding(socket, silence, () -> 0);
    }

    private static boolean isResponding(Path socket, Duration silence, LongSupplier pid) throws EngineException {
        SocketState presence = socketState(socket, silence);
        for (int again = 0; presence == SocketState.BUSY && again < BUSY_RETRIES; again++) {
            sleep(BUSY_PAUSE_MILLIS);
            presence = socketState(socket, silence);
        }
        return switch (presence) {
            case RESPONDING -> true;
            case OTHER_VERSION, ABSENT -> false;
            case NOT_RESPONDING -> throw notResponding(pid.getAsLong());
            case BUSY ->
                throw new EngineException(
                        "connect to the helper",
                        "it serves as many connections as it may; try again when one of them has ended",
                        EngineException.Kind.REJECTED,
                        null);
        };
    }

    private static EngineException notResponding(long pid) {
        boolean stopped =
                ProcessIdentity.of(pid).filter(ProcessIdentity::isStopped).isPresent();
        return new EngineException(
                "connect to the helper",
                stopped
                        ? "it does not answer: process " + pid + " is stopped. `kill -CONT " + pid
                                + "` lets it go on, `patchbay lab down` ends it"
                        : "it does not answer" + (pid == 0 ? "" : ": process " + pid + " says nothing"),
                EngineException.Kind.NOT_RESPONDING,
                null);
    }

    private static void sleep(int millis) throws EngineException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("connect to the helper", "interrupted", e);
        }
    }

    /// Ends the helper: asks it to stop, so that it closes its journal and its JVM archives the classes,
    /// and kills it when it does not. Links, rules and sandboxes stay.
    public void stop() throws EngineException {
        Optional<ProcessIdentity> helper = pidFile().read();
        if (helper.isEmpty()) {
            return;
        }
        ProcessIdentity.requireOwnProc("end the helper");
        StoppedProcesses.resume(helper.stream());
        try (HelperClient client = HelperClient.connect(directory.socket())) {
            client.call(new Request.Stop(), STOP_LIMIT);
        } catch (EngineException e) {
            helper.get().killAndAwaitExit(e);
            return;
        }
        if (!helper.get().awaitExit(STOP_LIMIT)) {
            helper.get().killAndAwaitExit();
        }
    }

    /// Asks the helper of this socket to stop, and waits until it has ended.
    ///
    /// @return the refusal when this user may not ask for it
    static Optional<Refusal> requestStop(Path socket) throws EngineException {
        try (HelperClient client = HelperClient.connect(socket)) {
            Optional<ProcessIdentity> helper =
                    client.call(new Request.Hello()) instanceof Answer.Granted<Reply.Welcome>(Reply.Welcome welcome)
                            ? ProcessIdentity.of(welcome.pid())
                            : Optional.empty();
            if (client.call(new Request.Stop()) instanceof Answer.Refused<Reply.Done>(Refusal refusal)) {
                return Optional.of(refusal);
            }
            if (helper.isPresent() && !helper.get().awaitExit(STOP_LIMIT)) {
                throw new EngineException(
                        "end the helper", "process " + helper.get().pid() + " goes on although it was asked to end");
            }
            return Optional.empty();
        }
    }

    /// Starts a helper and waits until it accepts connections.
    ///
    /// @param joining the prefix of its command line that enters the namespaces it serves; empty for its
    ///     own
    public Optional<Refusal> start(List<String> joining, HelperCommand command) throws EngineException {
        List<String> words = new ArrayList<>();
        // A session of its own, so that signals of the terminal do not reach it.
        words.add(Programs.require("setsid"));
        words.addAll(joining);
        words.addAll(command.commandLine(directory));
        ProcessLog log = new ProcessLog(directory.helperLog());
        try {
            Files.deleteIfExists(directory.socket());
            command.deleteOutdatedArchive(directory.classArchive());
            long from = log.startPosition();
            Process nsenter = Programs.backgroundBuilder(words, log.redirect()).start();
            if (!awaitAccepting(nsenter)) {
                nsenter.descendants().forEach(ProcessHandle::destroyForcibly);
                // nsenter stops together with its child, and would then stay.
                nsenter.destroyForcibly();
                return Optional.of(StartRefusals.helperEnded(log.file(), log.lastLine(from)));
            }
            writeRecord(nsenter, joining.isEmpty());
            return Optional.empty();
        } catch (IOException e) {
            throw EngineException.of("start the helper", e);
        }
    }

    private boolean awaitAccepting(Process nsenter) throws EngineException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try {
            while (System.nanoTime() < deadline) {
                if (acceptsConnections()) {
                    return true;
                }
                if (nsenter.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    return acceptsConnections();
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("start the helper", "interrupted", e);
        }
    }

    // nsenter stays outside as the parent of the process inside. Without nsenter the process is the
    // helper itself.
    private void writeRecord(Process started, boolean isHelper) throws EngineException {
        try (Stream<ProcessHandle> children =
                isHelper ? Stream.empty() : started.toHandle().children()) {
            Optional<ProcessIdentity> helper = ProcessIdentity.of(
                    children.findFirst().orElseGet(started::toHandle).pid());
            if (helper.isPresent()) {
                pidFile().write(List.of(helper.get()));
            }
        }
    }

    /// Pid of the helper in the pid namespace of its starter; 0 when it has ended.
    public long pid() {
        return pidFile().read().map(ProcessIdentity::pid).orElse(0L);
    }

    private PidFile pidFile() {
        return new PidFile(directory.helperRecord());
    }
}
