package dev.patchbay.engine.lab;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.HelperProcess;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.StartRefusals;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.client.StoppedProcesses;
import dev.patchbay.engine.kernel.NetnsName;
import dev.patchbay.engine.os.LockFile;
import dev.patchbay.engine.os.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The one Lab of a state directory: starts it, ends it, and runs commands in it.
///
/// Several processes may use the same Lab at once. Thread-safe.
public final class Lab {
    private static final Duration DOWN_LIMIT = Duration.ofSeconds(10);
    private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(3);
    // Ctrl+C reaches all processes of the terminal. nsenter, which waits for the command, would end and
    // leave the command behind.
    private static final String IGNORE_INTERRUPT_SCRIPT = "trap '' INT QUIT; exec \"$@\"";
    // The directory is a word of its own; if the Lab does not have it, the command runs in `/`. The
    // script resets the signals for the command. When a signal kills the command, the shell returns 128
    // plus its number; nsenter, which ignores the same signal, could not.
    private static final String RUN_SCRIPT = "trap : TERM; cd -- \"$1\" 2>/dev/null || cd /; shift;"
            + " env --default-signal=INT,QUIT sh -c 'exec \"$@\"' sh \"$@\"; exit $?";

    private final StateDirectory directory;
    private final HelperCommand command;
    private final HelperProcess helper;

    public Lab(StateDirectory directory, HelperCommand command) {
        this.directory = directory;
        this.command = command;
        this.helper = new HelperProcess(directory);
    }

    /// Creates the namespaces, and starts a helper of this version in them, if necessary. A helper of
    /// another version is stopped first; its objects stay.
    ///
    /// @throws EngineException when a helper does not answer: it may continue at any moment, and must
    ///     not be replaced
    public HelperStart up() throws EngineException {
        return up(HelperClient.RESPONSE_TIMEOUT);
    }

    /// @param silence how long a helper may be silent
    public HelperStart up(Duration silence) throws EngineException {
        if (helper.isResponding(silence)) {
            return new HelperStart.Ready(directory.socket());
        }
        Optional<Refusal> refusal = StartRefusals.foreignProc().or(AnchorLauncher::missingProgram);
        if (refusal.isEmpty()) {
            refusal = directory.prepare();
        }
        if (refusal.isPresent()) {
            return new HelperStart.Unavailable(refusal.get());
        }
        try (LockFile _ = LockFile.acquire(directory.lock())) {
            return upWhileLocked(silence);
        }
    }

    private HelperStart upWhileLocked(Duration silence) throws EngineException {
        if (helper.isResponding(silence)) {
            return new HelperStart.Ready(directory.socket());
        }
        Optional<Anchor> anchor = Anchor.read(directory);
        if (anchor.isPresent() && anchor.get().isInOtherPidNamespace()) {
            return new HelperStart.Unavailable(StartRefusals.otherPidNamespace(directory.anchorRecord()));
        }
        if (anchor.isPresent() && anchor.get().isAlive()) {
            helper.stop();
            StoppedProcesses.resumeNsentersOf(anchor.get().pid());
        } else {
            switch (AnchorLauncher.start()) {
                case AnchorLauncher.LaunchResult.Refused(Refusal refusal) -> {
                    return new HelperStart.Unavailable(refusal);
                }
                case AnchorLauncher.LaunchResult.Running(var process) -> anchor = Optional.of(Anchor.of(process));
            }
            anchor.get().write(directory);
        }
        return helper.start(anchor.get().nsenterCommand(), command)
                .<HelperStart>map(HelperStart.Unavailable::new)
                .orElseGet(() -> new HelperStart.Ready(directory.socket()));
    }

    /// Ends every process of the Lab, and so its namespaces, links and rules.
    ///
    /// The records in the journal stay: the next [#up] creates networks and endpoints again, and starts
    /// the containers whose restart policy says so.
    public void down() throws EngineException {
        if (!Files.isDirectory(directory.directory())) {
            return;
        }
        Optional<Refusal> refusal = StartRefusals.foreignProc();
        if (refusal.isPresent()) {
            throw notDown(refusal.get());
        }
        try (LockFile _ = LockFile.acquire(directory.lock())) {
            downWhileLocked();
        }
    }

    private void downWhileLocked() throws EngineException {
        Optional<Anchor> anchor = Anchor.read(directory);
        if (anchor.isPresent() && anchor.get().isInOtherPidNamespace()) {
            throw notDown(StartRefusals.otherPidNamespace(directory.anchorRecord()));
        }
        if (anchor.isPresent() && anchor.get().isAlive()) {
            helper.stop();
            killAnchor(anchor.get());
        }
        try {
            Files.deleteIfExists(directory.socket());
            Files.deleteIfExists(directory.helperRecord());
            Files.deleteIfExists(directory.anchorRecord());
        } catch (IOException e) {
            throw EngineException.of("take the Lab down", e);
        }
    }

    private static EngineException notDown(Refusal refusal) {
        return new EngineException("take the Lab down", refusal.sentence() + " " + refusal.advice());
    }

    // The kernel kills all processes in a pid namespace before its first process has ended.
    private static void killAnchor(Anchor anchor) throws EngineException {
        anchor.process().kill();
        StoppedProcesses.resumeNsentersOf(anchor.pid());
        if (!anchor.process().awaitExit(DOWN_LIMIT)) {
            throw new EngineException("take the Lab down", "process " + anchor.pid() + " does not end");
        }
    }

    public LabStatus status() throws EngineException {
        Optional<Anchor> anchor = Anchor.read(directory);
        long anchorPid =
                anchor.isPresent() && anchor.get().isAlive() ? anchor.get().pid() : 0;
        LabStatus.State state = anchorPid != 0 ? LabStatus.State.HELPER_GONE : LabStatus.State.DOWN;
        if (helper.acceptsConnections()) {
            state = helper.socketState(STATUS_TIMEOUT) == HelperProcess.SocketState.NOT_RESPONDING
                    ? LabStatus.State.HELPER_NOT_RESPONDING
                    : LabStatus.State.UP;
        }
        return new LabStatus(state, anchorPid, anchorPid != 0 ? helper.pid() : 0, directory.directory());
    }

    /// The command line that runs `words` in the Lab's host namespace, or in the `outside` namespace,
    /// with the directory, terminal and environment of the caller. The Lab must run.
    public List<String> command(List<String> words, boolean outside) throws EngineException {
        Optional<Anchor> anchor = Anchor.read(directory);
        if (anchor.isEmpty() || !anchor.get().isAlive()) {
            throw new EngineException("run " + words.getFirst(), "the Lab is not up");
        }
        String shell = Programs.require("sh");
        List<String> line = new ArrayList<>(List.of(shell, "-c", IGNORE_INTERRUPT_SCRIPT, "sh"));
        line.addAll(anchor.get().nsenterCommand());
        if (outside) {
            line.addAll(List.of(Programs.require("nsenter"), "--net=" + NetnsName.path(NetnsName.OUTSIDE), "--"));
        }
        String here = Path.of("").toAbsolutePath().toString();
        line.addAll(List.of(shell, "-c", RUN_SCRIPT, "sh", here));
        line.addAll(words);
        return line;
    }
}
