package dev.patchbay.engine.journal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Appends to the journal of the present generation, and starts the next generation from time to time.
final class Appender implements AutoCloseable {
    private static final int RECORDS_PER_GENERATION = 1_000;
    private static final long BYTES_PER_GENERATION = 1 << 20;
    private static final System.Logger LOG = System.getLogger(Appender.class.getName());

    private final StoreDirectory directory;
    private long generation;
    private AppendOnlyFile file;
    private int recordsLeft;
    private long bytesLeft;
    /// Whether records were skipped; the next record then needs a snapshot before it.
    private boolean recordsSkipped;

    private Appender(StoreDirectory directory, Recovery.Recovered found, AppendOnlyFile file) {
        this.directory = directory;
        this.generation = found.generation();
        this.file = file;
        this.recordsLeft = RECORDS_PER_GENERATION - found.records();
        this.bytesLeft = BYTES_PER_GENERATION - found.end();
    }

    static Appender open(StoreDirectory directory, Recovery.Recovered found) throws IOException {
        AppendOnlyFile file = AppendOnlyFile.open(directory.journal(found.generation()), found.end());
        directory.sync();
        return new Appender(directory, found, file);
    }

    /// Notes that a record was not written although it is part of the state.
    void skipRecord() {
        recordsSkipped = true;
    }

    /// The record is on the disk when this returns. When the journal accepts no more records, or lacks
    /// some, a new generation with a snapshot of the state begins first.
    ///
    /// @param before the state without the record
    void append(ByteBuffer record, StoredState before) throws IOException {
        if (recordsSkipped || !file.isWritable()) {
            startGeneration(before);
            recordsSkipped = false;
        }
        bytesLeft -= record.remaining();
        recordsLeft--;
        file.append(record);
    }

    /// The previous record is safe already, so a failure here does not concern its writer: until the
    /// snapshot has its name the old journal continues, and from then on nothing is appended to the old
    /// one.
    void startGenerationWhenDue(StoredState state) {
        if (recordsLeft > 0 && bytesLeft > 0) {
            return;
        }
        try {
            startGeneration(state);
        } catch (IOException e) {
            recordsLeft = RECORDS_PER_GENERATION;
            bytesLeft = BYTES_PER_GENERATION;
            LOG.log(Level.WARNING, "no snapshot was made in " + directory.path(), e);
        }
    }

    private void startGeneration(StoredState state) throws IOException {
        long next = generation + 1;
        Path snapshot = directory.snapshot(next);
        Long lower = directory.snapshots().lowerKey(next);
        ByteBuffer bytes = RecordFormat.encode(JournalJson.bytes(state));
        int size = bytes.remaining();
        AppendOnlyFile fresh = AppendOnlyFile.open(directory.journal(next), 0);
        try {
            directory.writeUnfinished(snapshot, bytes);
            file.close();
            directory.publish(snapshot);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        file = fresh;
        generation = next;
        // The next snapshot comes after as many bytes as this one has, so the cost for each record does
        // not depend on the size of the state.
        bytesLeft = Math.max(BYTES_PER_GENERATION, size);
        recordsLeft = Math.max(RECORDS_PER_GENERATION, size / (int) (BYTES_PER_GENERATION / RECORDS_PER_GENERATION));
        directory.deleteObsolete(lower == null ? 0 : lower);
    }

    @Override
    public void close() {
        file.close();
    }
}
