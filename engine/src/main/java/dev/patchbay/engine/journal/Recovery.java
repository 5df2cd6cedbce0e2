package dev.patchbay.engine.journal;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// Reads a store as the last process left it, and then makes it fit to be written again.
///
/// Everything is read before anything is repaired, so a store with records of a newer version is left untouched.
final class Recovery {
    private final StoreDirectory directory;
    private final NavigableMap<Long, Path> journals;
    private final NavigableMap<Long, Path> snapshots;
    private final List<String> findings = new ArrayList<>();
    private final List<Path> unreadable = new ArrayList<>();

    private boolean readOnly;
    private boolean damaged;
    private Stored stored = Stored.EMPTY;
    private long generation;
    private int records;
    private byte[] file = {};
    private Records.Scan scan = new Records.Scan(List.of(), 0, Records.Ending.CLEAN);

    private Recovery(StoreDirectory directory) throws IOException {
        this.directory = directory;
        this.journals = directory.journals();
        this.snapshots = directory.snapshots();
    }

    /// @param generation of the journal to append to
    /// @param end of its good records, in bytes
    /// @param records how many it has
    /// @param findings a sentence for each thing that a person should know
    record Recovered(Stored stored, boolean readOnly, long generation, long end, int records, List<String> findings) {}

    static Recovered recover(StoreDirectory directory) throws IOException, EngineException {
        Recovery recovery = new Recovery(directory);
        recovery.findSnapshot();
        recovery.replay();
        if (!recovery.readOnly) {
            recovery.repair();
        }
        return new Recovered(
                recovery.stored,
                recovery.readOnly,
                recovery.generation,
                recovery.scan.end(),
                recovery.records,
                List.copyOf(recovery.findings));
    }

    private void findSnapshot() throws IOException, EngineException {
        for (Map.Entry<Long, Path> snapshot : snapshots.descendingMap().entrySet()) {
            Stored found = read(snapshot.getValue());
            if (found != null) {
                stored = found;
                generation = snapshot.getKey();
                return;
            }
        }
        boolean nothingYet = snapshots.isEmpty() && journals.isEmpty();
        if (!nothingYet && !journals.containsKey(0L)) {
            throw new EngineException(
                    "open the records",
                    (readOnly ? "a newer Patchbay wrote " : "no snapshot can be read in ") + directory.path()
                            + "; to start with nothing, move the directory away");
        }
    }

    private @Nullable Stored read(Path snapshot) throws IOException {
        Records.Scan content = Records.scan(Files.readAllBytes(snapshot));
        if (content.ending() != Records.Ending.CLEAN || content.payloads().size() != 1) {
            unreadable.add(snapshot);
            return null;
        }
        Stored found = Schema.stored(content.payloads().getFirst());
        if (found == null) {
            foundNewer(snapshot);
        }
        return found;
    }

    private void replay() throws IOException {
        long last = lastWritten();
        for (long g = generation; g <= last; g++) {
            generation = g;
            Path journal = journals.get(g);
            file = journal == null ? new byte[0] : Files.readAllBytes(journal);
            scan = Records.scan(file);
            records = scan.payloads().size();
            damaged = switch (scan.ending()) {
                // Every journal below the last one was full when the next one was begun.
                case CLEAN -> file.length == 0 && g < last;
                case TORN -> g < last;
                case DAMAGED -> true;
            };
            if (!understood(scan.payloads(), directory.journal(g)) || damaged) {
                break;
            }
        }
        journals.tailMap(generation, false).values().forEach(unreadable::add);
    }

    /// An empty journal above is one that was made for a snapshot that never came about.
    private long lastWritten() throws IOException {
        for (Map.Entry<Long, Path> journal : journals.descendingMap().entrySet()) {
            if (Files.size(journal.getValue()) > 0) {
                return Math.max(generation, journal.getKey());
            }
        }
        return generation;
    }

    private boolean understood(List<byte[]> payloads, Path journal) throws IOException {
        for (byte[] payload : payloads) {
            JournalRecord record = Schema.record(payload);
            if (record == null) {
                foundNewer(journal);
                return false;
            }
            try {
                stored = stored.after(record);
            } catch (IllegalStateException e) {
                foundNewer(journal);
                return false;
            }
        }
        return true;
    }

    private void foundNewer(Path where) {
        readOnly = true;
        findings.add("%s has records that this version of Patchbay does not understand; the records can be read but not"
                        .formatted(where.getFileName())
                + " changed");
    }

    private void repair() throws IOException {
        for (Path unread : unreadable) {
            if (Files.size(unread) == 0) {
                Files.delete(unread);
            } else {
                report(unread, directory.setAside(unread));
            }
        }
        Path journal = directory.journal(generation);
        if (damaged) {
            report(journal, directory.setAside(journal, ByteBuffer.wrap(file, scan.end(), file.length - scan.end())));
        }
        directory.clean(0);
    }

    private void report(Path damaged, Path aside) {
        findings.add("%s is damaged; what could not be read is kept in %s"
                .formatted(damaged.getFileName(), directory.path().resolve(aside)));
    }
}
