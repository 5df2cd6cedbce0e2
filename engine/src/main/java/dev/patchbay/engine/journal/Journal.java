package dev.patchbay.engine.journal;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.ActivityEntry;
import dev.patchbay.engine.protocol.SandboxStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The store of one host, open for one process.
///
/// Every method that writes has forced its record to the disk when it returns, and [#stored()] shows the record only
/// then. When a force fails nothing is known of the disk any more: the store takes no more writes, and only opening it
/// again tells what is there. Writes may come from any thread, one at a time; an interrupt during one closes the store
/// for writing as well.
public final class Journal implements AutoCloseable {
    /// Left free before an intent is taken, in bytes, so that its end can be written too.
    private static final long RESERVE = 64 * 1024;

    private static final String STEP = "record the change";
    private static final int ENOSPC = 28;

    private final StoreDirectory directory;
    private final StoreLock lock;
    private final List<String> findings;
    private final @Nullable Appender appender;
    private final Recent recent = new Recent();
    private volatile Stored stored;

    private Journal(StoreDirectory directory, StoreLock lock, Recovery.Recovered found, @Nullable Appender appender) {
        this.directory = directory;
        this.lock = lock;
        this.findings = found.findings();
        this.appender = appender;
        this.stored = found.stored();
    }

    /// Opens the store, made if it is not there, and brings its files in order after a crash.
    ///
    /// @throws EngineException also when another process has it open
    public static Journal open(Path path) throws EngineException {
        String step = "open the records in " + path;
        StoreLock lock = null;
        Journal opened = null;
        try {
            StoreDirectory directory = StoreDirectory.at(path);
            lock = StoreLock.acquire(directory);
            if (lock == null) {
                throw new EngineException(step, "another helper has them open");
            }
            Recovery.Recovered found = Recovery.recover(directory);
            opened = new Journal(directory, lock, found, found.readOnly() ? null : Appender.open(directory, found));
            return opened;
        } catch (IOException e) {
            throw new EngineException(step, e.toString(), e);
        } finally {
            if (opened == null && lock != null) {
                lock.close();
            }
        }
    }

    /// The state that the records add up to. From any thread.
    public Stored stored() {
        return stored;
    }

    /// How many records were written since this was opened.
    public synchronized long position() {
        return recent.position();
    }

    /// The records that were written after a position, except those that change neither specs nor statuses; empty
    /// when that is too long ago.
    public synchronized Optional<List<JournalRecord>> since(long position) {
        return recent.since(position);
    }

    /// What opening came across that a person should know: damage, and where what could not be read is kept.
    public List<String> findings() {
        return findings;
    }

    /// A newer Patchbay wrote here: what is understood can be read, and every write is refused.
    public boolean isReadOnly() {
        return appender == null;
    }

    /// Before the first kernel call of a change. Refused while an earlier intent has no end, and when the disk is all
    /// but full.
    public synchronized void intent(JournalRecord.Intent intent) throws EngineException {
        JournalRecord.Intent pending = stored.pending();
        if (pending != null) {
            throw new EngineException(STEP, "an earlier change is not finished: " + pending.title());
        }
        write(intent, RESERVE);
    }

    /// After the last kernel call: the pending intent's change is part of the specs. Statuses of sandboxes that do not
    /// exist any more are forgotten.
    public synchronized void commit(long revision, ActivityEntry activity) throws EngineException {
        write(new JournalRecord.Commit(revision, activity), 0);
    }

    /// The pending intent's change has been undone.
    public synchronized void abort() throws EngineException {
        write(new JournalRecord.Abort(), 0);
    }

    /// In place of the status that the sandbox had.
    public synchronized void status(SandboxStatus status) throws EngineException {
        write(new JournalRecord.Status(status), 0);
    }

    /// The kernel's state belongs to this boot from now on.
    public synchronized void boot(String bootId) throws EngineException {
        write(new JournalRecord.Boot(bootId), 0);
    }

    public synchronized void autoRepair(boolean on) throws EngineException {
        write(new JournalRecord.AutoRepair(on), 0);
    }

    @Override
    public synchronized void close() {
        if (appender != null) {
            appender.close();
        }
        lock.close();
    }

    private void write(JournalRecord record, long reserve) throws EngineException {
        if (appender == null) {
            throw new EngineException(STEP, "the records were written by a newer Patchbay and can only be read");
        }
        Stored next = stored.after(record);
        try {
            ByteBuffer bytes = Records.encode(Schema.bytes(record));
            if (reserve > 0 && directory.usableSpace() < bytes.remaining() + reserve) {
                throw new EngineException(STEP, "the disk is full; nothing was changed", ENOSPC, null);
            }
            appender.append(bytes);
        } catch (IOException e) {
            throw new EngineException(STEP, e.toString(), e);
        }
        stored = next;
        recent.add(record);
        appender.startGenerationWhenDue(next);
    }
}
