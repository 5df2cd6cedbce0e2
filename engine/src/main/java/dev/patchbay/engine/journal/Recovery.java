package dev.patchbay.engine.journal;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// Reads a store as the last process left it, and then prepares it for writing.
///
/// Everything is read before anything is repaired, so a store with records of a newer version is not
/// changed.
final class Recovery {
    private final StoreDirectory directory;
    private final NavigableMap<Long, Path> journals;
    private final NavigableMap<Long, Path> snapshots;
    private final List<String> warnings = new ArrayList<>();
    private final List<Path> unreadable = new ArrayList<>();

    private boolean readOnly;
    private final List<Path> damaged = new ArrayList<>();
    private StoredState stored = StoredState.EMPTY;
    private long generation;
    private int records;
    private long end;
    /// Whether records are missing since the pending intent, or since the beginning if none is pending.
    private boolean commitMayBeLost;

    private Recovery(StoreDirectory directory) throws IOException {
        this.directory = directory;
        this.journals = directory.journals();
        this.snapshots = directory.snapshots();
    }

    /// @param generation of the journal to append to
    /// @param end of its good records, in bytes
    /// @param records number of its records
    /// @param warnings sentences for a person
    record Recovered(
            StoredState stored, boolean readOnly, long generation, long end, int records, List<String> warnings) {}

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
                recovery.end,
                recovery.records,
                List.copyOf(recovery.warnings));
    }

    private void findSnapshot() throws IOException, EngineException {
        for (Map.Entry<Long, Path> snapshot : snapshots.descendingMap().entrySet()) {
            StoredState found = read(snapshot.getValue());
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

    private @Nullable StoredState read(Path snapshot) throws IOException {
        RecordFormat.Scan content = RecordFormat.scan(Files.readAllBytes(snapshot));
        if (content.condition() != RecordFormat.Condition.CLEAN
                || content.payloads().size() != 1) {
            unreadable.add(snapshot);
            return null;
        }
        StoredState found = JournalJson.stored(content.payloads().getFirst());
        if (found == null) {
            markNewerVersion(snapshot);
        }
        return found;
    }

    private void replay() throws IOException {
        long last = lastGenerationWritten();
        for (long g = generation; g <= last && !readOnly; g++) {
            generation = g;
            Path journal = directory.journal(g);
            RecordFormat.Scan scan =
                    RecordFormat.scan(journals.containsKey(g) ? Files.readAllBytes(journal) : new byte[0]);
            records = scan.payloads().size();
            end = scan.end();
            replay(scan, journal);
            boolean whole = switch (scan.condition()) {
                // Every journal below the last one was complete when the next one began.
                case CLEAN -> end > 0 || g == last;
                case TORN -> g == last;
                case DAMAGED -> false;
            };
            if (!whole && !readOnly) {
                damaged.add(journal);
                commitMayBeLost |= scan.condition() != RecordFormat.Condition.DAMAGED
                        || scan.damagedBefore().contains(records);
            }
        }
        if (!damaged.isEmpty()) {
            // The more likely case: few changes fail, and a client may have been told that this one was
            // made.
            stored = (commitMayBeLost ? stored.assumeCommitted() : stored).withoutDanglingReferences();
        }
        journals.tailMap(generation, false).values().forEach(unreadable::add);
    }

    private void replay(RecordFormat.Scan scan, Path journal) throws IOException {
        boolean complete = damaged.isEmpty();
        for (int i = 0; i < scan.payloads().size(); i++) {
            if (scan.damagedBefore().contains(i)) {
                complete = false;
                commitMayBeLost = true;
            }
            JournalRecord record = JournalJson.record(scan.payloads().get(i));
            try {
                if (record == null) {
                    throw new IllegalStateException("not understood");
                }
                stored = complete ? stored.after(record) : stored.afterGap(record);
            } catch (IllegalStateException e) {
                markNewerVersion(journal);
                return;
            }
            commitMayBeLost &= !(record instanceof JournalRecord.Intent);
        }
    }

    /// An empty journal with a higher number was created for a snapshot that was never written.
    private long lastGenerationWritten() throws IOException {
        for (Map.Entry<Long, Path> journal : journals.descendingMap().entrySet()) {
            if (Files.size(journal.getValue()) > 0) {
                return Math.max(generation, journal.getKey());
            }
        }
        return generation;
    }

    private void markNewerVersion(Path path) {
        readOnly = true;
        warnings.add("%s has records that this version of Patchbay does not understand; the records can be read but not"
                        .formatted(path.getFileName())
                + " changed");
    }

    private void repair() throws IOException, EngineException {
        for (Path unread : unreadable) {
            if (Files.size(unread) == 0) {
                Files.delete(unread);
            } else {
                warnings.add("%s cannot be read and is kept as %s"
                        .formatted(unread.getFileName(), directory.moveAsDamaged(unread)));
            }
        }
        if (!damaged.isEmpty()) {
            // From this generation on there is no damage.
            Path snapshot = directory.snapshot(generation + 1);
            try {
                AppendOnlyFile.open(directory.journal(generation + 1), 0).close();
                directory.writeUnfinished(snapshot, RecordFormat.encode(JournalJson.bytes(stored)));
            } catch (IOException e) {
                throw new EngineException(
                        "open the records in " + directory.path(),
                        "they are damaged, and what could be read of them cannot be written anew: "
                                + EngineException.reason(e) + "; nothing was changed",
                        e);
            }
            for (Path journal : damaged) {
                warnings.add("%s is damaged; what could be read of it is in force, and it is kept as %s"
                        .formatted(journal.getFileName(), directory.linkAsDamaged(journal)));
            }
            generation++;
            records = 0;
            end = 0;
            directory.publish(snapshot);
        }
        directory.deleteObsolete(0);
    }
}
