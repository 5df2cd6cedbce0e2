package dev.patchbay.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that only grows, by whole forced records.
final class AppendOnlyFile implements AutoCloseable {
    private final FileChannel channel;
    private long end;
    private boolean failed;

    AppendOnlyFile(FileChannel channel, long end) {
        this.channel = channel;
        this.end = end;
    }

    /// The file, made if it is not there, cut at `end`.
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

    /// Whether it takes records. After a force that failed nothing is known of what the disk has, and it takes no
    /// more.
    boolean isWritable() {
        return !failed;
    }

    /// On the disk when this returns. When it throws, the record is not there, or the file takes no more.
    void append(ByteBuffer record) throws IOException {
        if (failed) {
            throw new IOException("an earlier write failed");
        }
        // Until all is well: whatever is thrown on the way leaves the file closed for writing.
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

    /// After a write that failed, as on a full disk: nothing was forced, so a cut that is forced puts the file back
    /// as it was.
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
            // Every record was forced when it was written: nothing is lost with the handle.
        }
    }
}
