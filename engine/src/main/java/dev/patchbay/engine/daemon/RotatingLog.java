package dev.patchbay.engine.daemon;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Standard error with rotation: a file over 512 KiB is copied to NAME.1 and truncated. The starter of
/// this process opened the file for appending, so the output of other processes is appended as well.
final class RotatingLog extends OutputStream {
    /// Maximum size of each of the two files, in bytes.
    static final long MAX_SIZE = 512 * 1024;

    /// Number of bytes written by this process between two checks of the size.
    private static final int CHECK_INTERVAL = 16 * 1024;

    private final OutputStream out = new FileOutputStream(FileDescriptor.err);
    private final Path file;
    private int sinceCheck;

    private RotatingLog(Path file) {
        this.file = file;
    }

    /// Must be called before anything is logged. Does nothing when standard error is not this file, as
    /// with systemd's journal.
    static void install(Path file) {
        try {
            if (Files.isSameFile(Path.of("/proc/self/fd/2"), file)) {
                System.setErr(new PrintStream(new RotatingLog(file), true, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            System.err.println("the log is not bounded: " + e);
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        sinceCheck += length;
        if (sinceCheck >= CHECK_INTERVAL) {
            sinceCheck = 0;
            if (Files.size(file) > MAX_SIZE) {
                rotate();
            }
        }
    }

    private void rotate() throws IOException {
        try {
            Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            // Also on a full disk, where the older part is lost.
            FileChannel.open(file, StandardOpenOption.WRITE).truncate(0).close();
        }
    }
}
