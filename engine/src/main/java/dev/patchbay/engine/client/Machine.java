package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// This machine's own network, served by a helper that root alone can start. The kernel itself is what a [Lab] has an
/// anchor for: nothing has to be held.
///
/// May be used from any thread.
public final class Machine {
    private static final Path HOME = Path.of("/var/lib/patchbay");

    private final LabDirectory directory;
    private final HelperCommand command;
    private final List<String> joining;
    private final HelperProcess helper;

    /// @param joining words that lead to another machine's namespaces, as `nsenter` and its options; none for one's own
    public Machine(LabDirectory directory, HelperCommand command, List<String> joining) {
        this.directory = directory;
        this.command = command;
        this.joining = List.copyOf(joining);
        this.helper = new HelperProcess(directory);
    }

    /// The machine that this process runs on.
    public static Machine here(HelperCommand command) {
        return new Machine(LabDirectory.ofMachine(HOME), command, List.of());
    }

    /// The helper's socket if one of this version answers; starts none.
    public Optional<Path> running() {
        return helper.answers() ? Optional.of(directory.socket()) : Optional.empty();
    }

    /// Makes sure that a helper of this version answers. One of another version is stopped first.
    public LabStart up() throws EngineException {
        if (helper.answers()) {
            return new LabStart.Ready(directory.socket());
        }
        if (!System.getProperty("user.name").equals("root")) {
            return new LabStart.Unavailable(Obstacles.rootNeeded());
        }
        Optional<Refusal> refusal = directory.prepare();
        if (refusal.isPresent()) {
            return new LabStart.Unavailable(refusal.get());
        }
        try (LabLock _ = LabLock.take(directory)) {
            if (helper.answers()) {
                return new LabStart.Ready(directory.socket());
            }
            helper.end();
            return helper.start(joining, command)
                    .<LabStart>map(LabStart.Unavailable::new)
                    .orElseGet(() -> new LabStart.Ready(directory.socket()));
        }
    }

    /// Ends the helper; what it made stays.
    public void down() throws EngineException {
        helper.end();
    }
}
