package dev.patchbay.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that only grows by complete records, each forced to the disk.
final class AppendOnlyFile implements AutoCloseable {
    private final FileChannel channel;
    private long end;
    private boolean failed;

    AppendOnlyFile(FileChannel channel, long end) {
        this.channel = channel;
        this.end = end;
    }

    /// Opens the file, creates it if necessary, and truncates it at `end`.
    static AppendOnlyFile open(Path path, long end) throws IOException {
        FileChannel channel = StoreDirectory.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean done = false;
        try {
            channel.truncate(end);
            channel.force(true);
            done = true;
        } finally {
            if (!done) {
                channel.close();
            }
        }
        return new AppendOnlyFile(channel, end);
    }

    long length() {
        return end;
    }

    /// Whether it accepts records. After a failed force the content on the disk is unknown, and it
    /// accepts no more.
    boolean isWritable() {
        return !failed;
    }

    /// The record is on the disk when this returns. When this throws, the record is not in the file, or
    /// the file accepts no more.
    void append(ByteBuffer record) throws IOException {
        if (failed) {
            throw new IOException("an earlier write failed");
        }
        // Set first and reset at the end, so that every exception leaves the file closed for writing.
        failed = true;
        long position = end;
        try {
            while (record.hasRemaining()) {
                position += channel.write(record, position);
            }
        } catch (IOException e) {
            truncateAfter(e);
            throw e;
        }
        channel.force(false);
        end = position;
        failed = false;
    }

    /// Truncates after a failed write, as on a full disk: nothing was forced, so a forced truncation
    /// restores the file.
    private void truncateAfter(IOException failure) {
        try {
            channel.truncate(end);
            channel.force(false);
            failed = false;
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        failed = true;
        try {
            channel.close();
        } catch (IOException e) {
            // Every record was forced when it was written, so closing cannot lose data.
        }
    }
}
