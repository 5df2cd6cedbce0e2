package dev.patchbay.engine.dns;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.os.PidFile;
import dev.patchbay.engine.os.ProcessIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The host's one resolver: it runs while a running container is on a network with names.
///
/// Its process is recorded in a file below `/run`, which disappears with the boot or the Lab, as the
/// process does. The resolver of an earlier helper answers until the new one does, so both listen for a
/// moment.
public final class ResolverService implements DnsService {
    private final ResolverCommand command;
    private final Path log;
    private final PidFile pidFile;
    private final Runnable onUnexpectedExit;
    private final Map<Id, DnsRecord> current = new ConcurrentHashMap<>();
    private volatile @Nullable ResolverProcess process;

    /// @param words the resolver's command line
    /// @param record file with the record of its process
    /// @param lost called when it ended by itself, on any thread
    public ResolverService(List<String> words, Path log, Path record, Runnable lost) {
        this.command = ResolverCommand.of(words);
        this.log = log;
        this.pidFile = new PidFile(record);
        this.onUnexpectedExit = lost;
    }

    @Override
    public boolean isOffered() {
        return true;
    }

    @Override
    public void change(DnsChange change) throws EngineException {
        change.remove().forEach(current::remove);
        change.put().forEach(put -> current.put(put.id(), put));
        ResolverProcess running = process;
        if (!hasMembers()) {
            stop();
        } else if (running != null && running.isAlive()) {
            running.apply(change);
        } else {
            start();
        }
    }

    @Override
    public void repair(Map<Id, DnsRecord> records) throws EngineException {
        current.clear();
        current.putAll(records);
        if (hasMembers()) {
            start();
        } else {
            stop();
        }
    }

    @Override
    public boolean isUpToDate(Map<Id, DnsRecord> records) {
        ResolverProcess running = process;
        boolean runs = running != null && running.isAlive();
        return current.equals(records)
                && (hasMembers() ? runs : pidFile.readAll().isEmpty());
    }

    private boolean hasMembers() {
        return current.values().stream().anyMatch(NetworkMember.class::isInstance);
    }

    private void start() throws EngineException {
        List<ProcessIdentity> earlier = pidFile.readAll();
        ResolverProcess fresh = ResolverProcess.start(command, log);
        // Both processes, until the earlier one has ended, so that the next helper finds both.
        pidFile.write(
                Stream.concat(earlier.stream(), Stream.of(fresh.identity())).toList());
        process = fresh;
        fresh.onExit(() -> {
            if (process == fresh) {
                onUnexpectedExit.run();
            }
        });
        try {
            fresh.apply(DnsChange.all(current.values()));
        } catch (EngineException e) {
            for (ProcessIdentity resolver : earlier) {
                resolver.killAndAwaitExit(e);
            }
            throw e;
        }
        for (ProcessIdentity resolver : earlier) {
            resolver.killAndAwaitExit();
        }
        pidFile.write(List.of(fresh.identity()));
    }

    private void stop() throws EngineException {
        process = null;
        for (ProcessIdentity resolver : pidFile.readAll()) {
            resolver.killAndAwaitExit();
        }
        pidFile.delete();
    }
}
