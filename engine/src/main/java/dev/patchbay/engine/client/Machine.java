package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.auth.AdmittedUsers;
import dev.patchbay.engine.os.LockFile;
import dev.patchbay.engine.os.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// This machine's own network, served by a helper that runs as root. In contrast to a [Lab] no anchor is
/// needed, because the kernel itself holds the network.
///
/// Users other than root use the helper of systemd's unit, or one that was started for them; [Elevation]
/// asks for it.
///
/// Thread-safe.
public final class Machine {
    private static final Path HOME = Path.of("/var/lib/patchbay");
    private static final Path SOCKETS = Path.of("/run/patchbay");

    private final StateDirectory directory;
    private final HelperCommand command;
    private final List<String> enterCommand;
    private final HelperProcess helper;
    private final Path backgroundDirectory;

    /// @param joining the command that enters another machine's namespaces, as `nsenter` and its
    ///     options; empty for this one
    public Machine(StateDirectory directory, HelperCommand command, List<String> joining) {
        this.directory = directory;
        this.command = command;
        this.enterCommand = List.copyOf(joining);
        this.helper = new HelperProcess(directory);
        // In the directory of the user, because only root can write to the helper's own.
        this.backgroundDirectory = isRoot()
                ? directory.directory()
                : StateDirectory.of(System.getenv()).home().resolve(StateDirectory.MACHINE);
    }

    /// The machine that this process runs on.
    public static Machine here(HelperCommand command) {
        return new Machine(StateDirectory.ofMachine(HOME, SOCKETS), command, List.of());
    }

    /// The socket of a helper of this version that answers this user; starts none except through
    /// systemd's socket.
    ///
    /// @throws EngineException when a helper does not answer
    public Optional<Path> running() throws EngineException {
        return running(HelperClient.RESPONSE_TIMEOUT);
    }

    /// @param silence how long a helper may be silent
    public Optional<Path> running(Duration silence) throws EngineException {
        return firstResponding(silence, directory.systemdSocket(), directory.socket());
    }

    private static Optional<Path> firstResponding(Duration silence, Path... sockets) throws EngineException {
        for (Path socket : sockets) {
            if (Files.exists(socket) && HelperProcess.isResponding(socket, silence)) {
                return Optional.of(socket);
            }
        }
        return Optional.empty();
    }

    /// Starts a helper of this version if necessary, as far as possible without asking a person. A
    /// helper of another version is stopped first.
    public HelperStart up() throws EngineException {
        return up(HelperClient.RESPONSE_TIMEOUT);
    }

    /// @param silence how long an existing helper may be silent
    public HelperStart up(Duration silence) throws EngineException {
        Optional<Path> running = running(silence);
        if (running.isPresent()) {
            return new HelperStart.Ready(running.get());
        }
        Optional<Refusal> foreignProc = StartRefusals.foreignProc();
        if (foreignProc.isPresent()) {
            return new HelperStart.Unavailable(foreignProc.get());
        }
        if (!isRoot()) {
            // Reports an obstacle to asking for root now, before a person follows the advice to ask.
            return new HelperStart.Unavailable(Elevation.fileRefusal().orElseGet(StartRefusals::rootNeeded));
        }
        Optional<Refusal> refusal = directory.prepare();
        if (refusal.isPresent()) {
            return new HelperStart.Unavailable(refusal.get());
        }
        try (LockFile _ = LockFile.acquire(directory.lock())) {
            running = running(silence);
            if (running.isPresent()) {
                return new HelperStart.Ready(running.get());
            }
            helper.stop();
            return helper.start(enterCommand, command)
                    .<HelperStart>map(HelperStart.Unavailable::new)
                    .orElseGet(() -> new HelperStart.Ready(directory.socket()));
        }
    }

    /// Whether this user needs root to start the helper.
    public boolean needsRoot() {
        return !isRoot();
    }

    /// As [#up], and asks the person for root when there is no other way. Blocks until the person has
    /// answered.
    public HelperStart up(Elevation elevation) throws EngineException {
        HelperStart start = up();
        if (start instanceof HelperStart.Ready || isRoot()) {
            return start;
        }
        Optional<Refusal> refusal = elevation.start();
        return refusal.isPresent() ? new HelperStart.Unavailable(refusal.get()) : up();
    }

    /// Admits a user to the helper, until [#down]. Needs root.
    void admit(int uid) throws EngineException {
        AdmittedUsers.forSockets(directory.sockets()).admit(uid);
    }

    /// Names of its links, which every user may read.
    public Set<String> linkNames() throws EngineException {
        List<String> words = new ArrayList<>(enterCommand);
        words.addAll(List.of(Programs.require("cat"), "/proc/net/dev"));
        try {
            Process cat = Programs.builder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Set<String> links;
            try (Stream<String> lines = cat.inputReader(StandardCharsets.UTF_8).lines()) {
                links = lines.filter(line -> line.indexOf(':') >= 0)
                        .map(line -> line.substring(0, line.indexOf(':')).strip())
                        .collect(Collectors.toUnmodifiableSet());
            }
            // Every network namespace has a loopback, so an empty list is a failure.
            if (links.isEmpty()) {
                throw new EngineException("read the links of this machine", words.getFirst() + " says nothing");
            }
            return links;
        } catch (UncheckedIOException e) {
            throw new EngineException("read the links of this machine", String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw EngineException.of("read the links of this machine", e);
        }
    }

    /// This user's process that reports this engine's containers to the helper.
    ///
    /// @param engine its address
    public BackgroundProcess follower(String engine) {
        return BackgroundProcess.follower(backgroundDirectory, engine).joining(networkOf(enterCommand));
    }

    /// The part of the command that enters the network: a background process has its files and its pid here.
    private static List<String> networkOf(List<String> joining) {
        return joining.subList(0, joining.indexOf("--") + 1).stream()
                .filter(word -> !Set.of("-m", "--mount", "-p", "--pid").contains(word))
                .toList();
    }

    /// This user's process with the network driver.
    public BackgroundProcess driver() {
        return BackgroundProcess.driver(backgroundDirectory);
    }

    /// Ends the helper and this user's background processes. If root does it, only root may use the next
    /// helper. Links, rules and sandboxes stay.
    ///
    /// @return the refusal when this user may not end the helper, or this process cannot find processes
    public Optional<Refusal> down() throws EngineException {
        Optional<Refusal> foreignProc = StartRefusals.foreignProc();
        if (foreignProc.isPresent()) {
            return foreignProc;
        }
        BackgroundProcess.stopAll(backgroundDirectory);
        if (isRoot()) {
            helper.stop();
            AdmittedUsers.forSockets(directory.sockets()).removeAll();
        }
        // A helper that this process cannot kill: systemd's, or root's.
        Optional<Path> running =
                firstResponding(HelperClient.RESPONSE_TIMEOUT, directory.socket(), directory.systemdSocket());
        return running.isPresent() ? HelperProcess.requestStop(running.get()) : Optional.empty();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
