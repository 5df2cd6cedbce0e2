package dev.patchbay.engine.journal;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.os.LockFile;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.SandboxStatus;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The store of one host, open in one process.
///
/// [#intent], [#commit] and [#autoRepair] have forced their record to the disk when they return, and
/// [#stored()] shows the record only then. The other records are facts that the next opening of the
/// store, or the helper that opens it, detects itself: they are part of the state at once, and on the
/// disk with the next record. When a force fails the content of the journal on the disk is unknown: the
/// next record goes into a new generation, after a snapshot of the whole state. Writes may come from any
/// thread, one at a time.
public final class Journal implements AutoCloseable {
    /// Free space that an intent needs, in bytes, so that its commit can be written as well.
    private static final long RESERVED_BYTES = 64 * 1024;

    private static final String STEP = "record the change";
    private static final System.Logger LOG = System.getLogger(Journal.class.getName());

    private final StoreDirectory directory;
    private final LockFile lock;
    private final List<String> warnings;
    private final List<Path> damagedFiles;
    private final @Nullable Appender appender;
    private final RecentRecords recent = new RecentRecords();
    private volatile StoredState stored;

    private Journal(StoreDirectory directory, LockFile lock, Recovery.Recovered found, @Nullable Appender appender)
            throws IOException {
        this.directory = directory;
        this.lock = lock;
        this.warnings = found.warnings();
        this.damagedFiles = directory.damagedFiles();
        this.appender = appender;
        this.stored = found.stored();
    }

    /// Opens the store, creates it if necessary, and repairs its files after a crash.
    ///
    /// @throws EngineException also when another process has it open
    public static Journal open(Path path) throws EngineException {
        String step = "open the records in " + path;
        LockFile lock = null;
        Journal opened = null;
        try {
            StoreDirectory directory = StoreDirectory.at(path);
            lock = LockFile.tryAcquire(directory.path().resolve("lock"))
                    .orElseThrow(() -> new EngineException(step, "another helper has them open"));
            Recovery.Recovered found = Recovery.recover(directory);
            opened = new Journal(directory, lock, found, found.readOnly() ? null : Appender.open(directory, found));
            return opened;
        } catch (IOException e) {
            throw EngineException.of(step, e);
        } finally {
            if (opened == null && lock != null) {
                lock.close();
            }
        }
    }

    /// The state after all records. Thread-safe.
    public StoredState stored() {
        return stored;
    }

    /// The number of records written since this was opened.
    public synchronized long position() {
        return recent.position();
    }

    /// The records written after a position, without those that change neither specs nor statuses; empty
    /// when the position is too old.
    public synchronized Optional<List<JournalRecord>> since(long position) {
        return recent.since(position);
    }

    /// The files that could not be read completely, at this start or an earlier one, while they exist.
    public List<Path> damagedFiles() {
        return damagedFiles.stream().filter(Files::exists).toList();
    }

    /// What a person should know about the opening: damage, and where an unreadable file is kept.
    public List<String> warnings() {
        return warnings;
    }

    /// @throws EngineException when a newer Patchbay wrote here: then the known records can be read, and every
    ///     write is refused
    public void requireWritable() throws EngineException {
        if (appender == null) {
            throw new EngineException(STEP, "the records were written by a newer Patchbay and can only be read");
        }
    }

    /// Fails when no change can be recorded now: the disk is nearly full, or the store is read-only.
    public synchronized void requireSpace() throws EngineException {
        requireSpace(0);
    }

    private void requireSpace(long bytes) throws EngineException {
        requireWritable();
        try {
            if (directory.usableSpace() < bytes + RESERVED_BYTES) {
                throw new EngineException(
                        STEP, "the disk of " + directory.path() + " is full; nothing was changed", Errno.ENOSPC, null);
            }
        } catch (IOException e) {
            throw EngineException.of(STEP, e);
        }
    }

    /// Records a change before its first kernel call. Refused while an earlier intent is pending, and
    /// when the disk is nearly full.
    public synchronized void intent(JournalRecord.Intent intent) throws EngineException {
        JournalRecord.Intent pending = stored.pending();
        if (pending != null) {
            throw new EngineException(STEP, "an earlier change is not finished: " + pending.title());
        }
        ByteBuffer bytes = encoded(intent);
        requireSpace(bytes.remaining());
        write(intent, bytes);
    }

    /// Records the end of the pending change after its last kernel call: its change becomes part of the
    /// specs. Statuses of removed sandboxes are dropped.
    public synchronized void commit(long revision, ActivityEntry activity) throws EngineException {
        write(new JournalRecord.Commit(revision, activity));
    }

    /// Records that the pending change was undone; opening a store with a pending intent does the same.
    public synchronized void abort() {
        writeOrDefer(new JournalRecord.Abort());
    }

    /// Records a change that no client asked for and that is in the kernel already: it becomes part of
    /// the specs.
    public synchronized void observed(JournalRecord.Intent intent, long revision, ActivityEntry activity) {
        writeOrDefer(intent);
        writeOrDefer(new JournalRecord.Commit(revision, activity));
    }

    /// Replaces the status of the sandbox.
    public synchronized void status(SandboxStatus status) {
        writeOrDefer(new JournalRecord.Status(status));
    }

    /// Records that the kernel's state belongs to this boot.
    public synchronized void boot(String bootId) {
        writeOrDefer(new JournalRecord.Boot(bootId));
    }

    public synchronized void autoRepair(boolean on) throws EngineException {
        write(new JournalRecord.AutoRepair(on));
    }

    @Override
    public synchronized void close() {
        if (appender != null) {
            appender.close();
        }
        lock.close();
    }

    private static ByteBuffer encoded(JournalRecord record) throws EngineException {
        try {
            return RecordFormat.encode(JournalJson.bytes(record));
        } catch (IOException e) {
            throw new EngineException(STEP, e.toString(), e);
        }
    }

    private void write(JournalRecord record) throws EngineException {
        write(record, encoded(record));
    }

    private void write(JournalRecord record, ByteBuffer bytes) throws EngineException {
        requireWritable();
        StoredState next = stored.after(record);
        Appender open = Objects.requireNonNull(appender);
        try {
            open.append(bytes, stored);
        } catch (IOException e) {
            throw new EngineException(
                    STEP,
                    EngineException.reason(e) + " (" + directory.path() + ")",
                    isDiskFull(e) ? Errno.ENOSPC : 0,
                    e);
        }
        stored = next;
        recent.add(record);
        open.startGenerationWhenDue(next);
    }

    private void writeOrDefer(JournalRecord record) {
        try {
            if (appender != null) {
                write(record);
                return;
            }
        } catch (EngineException e) {
            LOG.log(Level.WARNING, "a record waits until it can be written: {0}", e.getMessage());
            appender.skipRecord();
        }
        stored = stored.after(record);
        recent.add(record);
    }

    /// The JDK has no errno; the message is the C library's.
    private static boolean isDiskFull(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }
}
