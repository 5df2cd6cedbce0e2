package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Version;
import dev.patchbay.engine.process.ProcessIdentity;
import dev.patchbay.engine.process.Programs;
import dev.patchbay.engine.protocol.Json;
import dev.patchbay.engine.protocol.Refusal;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The helper as a process, of a Lab or of this machine: starts it, and finds it again.
///
/// @param directory of what it serves
record HelperProcess(LabDirectory directory) {
    private static final int START_SECONDS = 30;
    private static final int STOP_SECONDS = 10;
    private static final int LOOK_AGAIN_MILLIS = 10;

    /// A helper counts as there when it takes connections, whatever a file says.
    boolean accepts() {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(directory.socket()))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether a helper of this very version answers. One that is about to die still takes connections.
    boolean answers() {
        return answers(directory.socket());
    }

    static boolean answers(Path socket) {
        try (HelperClient client = HelperClient.connect(socket)) {
            return client.call(new Request.Hello()) instanceof Answer.Granted<Reply.Welcome>(Reply.Welcome welcome)
                    && welcome.version().equals(Version.current());
        } catch (EngineException e) {
            return false;
        }
    }

    /// Ends the helper: asks it to stop, so that it closes its journal and its JVM archives the classes, and kills it
    /// when it does not. Links, rules and sandboxes stay.
    void end() throws EngineException {
        Optional<ProcessIdentity> helper = recorded().filter(ProcessIdentity::isAlive);
        if (helper.isEmpty()) {
            return;
        }
        try (HelperClient client = HelperClient.connect(directory.socket())) {
            client.call(new Request.Stop());
        } catch (EngineException e) {
            helper.get().kill();
        }
        CompletableFuture<ProcessIdentity> gone = helper.get().onExit().toCompletableFuture();
        try {
            gone.copy().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            helper.get().kill();
            gone.join();
        }
    }

    /// Asks the helper of this socket to stop, and waits until it has.
    static void stop(Path socket) throws EngineException {
        try (HelperClient client = HelperClient.connect(socket)) {
            Optional<ProcessIdentity> helper =
                    client.call(new Request.Hello()) instanceof Answer.Granted<Reply.Welcome>(Reply.Welcome welcome)
                            ? ProcessIdentity.of(welcome.pid())
                            : Optional.empty();
            client.call(new Request.Stop());
            if (helper.isPresent()) {
                helper.get()
                        .onExit()
                        .toCompletableFuture()
                        .completeOnTimeout(helper.get(), STOP_SECONDS, TimeUnit.SECONDS)
                        .join();
            }
        }
    }

    /// Starts a helper and waits until it accepts connections.
    ///
    /// @param joining the words before its command line that lead into the namespaces it serves; none for one's own
    Optional<Refusal> start(List<String> joining, HelperCommand command) throws EngineException {
        List<String> words = new ArrayList<>();
        // A session of its own: the terminal that the first command runs in is not the helper's.
        words.add(Programs.require("setsid"));
        words.addAll(joining);
        words.addAll(command.words(directory));
        ProcessLog log = new ProcessLog(directory.helperLog());
        try {
            Files.deleteIfExists(directory.socket());
            command.dropOutdated(directory.classArchive());
            long from = log.next();
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(Path.of("/").toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.redirect());
            // Nothing of a person's environment changes how the helper's JVM or its programs behave.
            builder.environment().clear();
            builder.environment().put("PATH", Programs.PATH);
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process nsenter = builder.start();
            if (!waitUntilItAccepts(nsenter)) {
                nsenter.descendants().forEach(ProcessHandle::destroyForcibly);
                return Optional.of(Obstacles.helperEnded(log.file(), log.lastLine(from)));
            }
            record(nsenter, joining.isEmpty());
            return Optional.empty();
        } catch (IOException e) {
            throw EngineException.of("start the helper", e);
        }
    }

    private boolean waitUntilItAccepts(Process nsenter) throws EngineException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try {
            while (System.nanoTime() < deadline) {
                if (accepts()) {
                    return true;
                }
                if (nsenter.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                    return accepts();
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("start the helper", "interrupted", e);
        }
    }

    // nsenter stays outside as the parent of what it started inside; without it the process is the helper, whose own
    // children come and go.
    private void record(Process started, boolean isHelper) throws IOException {
        Optional<ProcessIdentity> helper;
        try (Stream<ProcessHandle> children =
                isHelper ? Stream.empty() : started.toHandle().children()) {
            helper = ProcessIdentity.of(
                    children.findFirst().orElseGet(started::toHandle).pid());
        }
        if (helper.isPresent()) {
            Files.writeString(
                    directory.helperRecord(), Json.MAPPER.writeValueAsString(helper.get()), StandardCharsets.UTF_8);
        }
    }

    /// Pid of the helper in the pid namespace of whoever started it; 0 when it is gone.
    long pid() {
        return recorded()
                .filter(ProcessIdentity::isAlive)
                .map(ProcessIdentity::pid)
                .orElse(0L);
    }

    private Optional<ProcessIdentity> recorded() {
        try {
            return Optional.of(
                    Json.MAPPER.readValue(Files.readString(directory.helperRecord()), ProcessIdentity.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
