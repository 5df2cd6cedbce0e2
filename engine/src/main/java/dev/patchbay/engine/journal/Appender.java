package dev.patchbay.engine.journal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The writing end: appends to the journal of the present generation and now and then starts the next one.
final class Appender implements AutoCloseable {
    private static final int RECORDS_PER_GENERATION = 1_000;
    private static final long BYTES_PER_GENERATION = 1 << 20;
    private static final System.Logger LOG = System.getLogger(Appender.class.getName());

    private final StoreDirectory directory;
    private long generation;
    private AppendOnlyFile file;
    private int recordsLeft;
    private long bytesLeft;
    /// Records were left out: the next one is only of use after a snapshot that has them.
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

    /// A record could not be written, and is part of the state all the same.
    void skipRecord() {
        recordsSkipped = true;
    }

    /// On the disk when this returns. Where the journal takes no more records, or lacks some, a snapshot of the state
    /// begins the next generation first.
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

    /// The record before it is safe already, so no failure here is its writer's: as long as the snapshot has no name
    /// the old journal goes on, and once it may have one nobody appends to the old journal again.
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
        // As much is appended as the snapshot has, before the next one: so records cost the same however many.
        bytesLeft = Math.max(BYTES_PER_GENERATION, size);
        recordsLeft = Math.max(RECORDS_PER_GENERATION, size / (int) (BYTES_PER_GENERATION / RECORDS_PER_GENERATION));
        directory.deleteObsolete(lower == null ? 0 : lower);
    }

    @Override
    public void close() {
        file.close();
    }
}
