package dev.patchbay.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendOnlyFileTest {
    @TempDir
    Path temporary;

    @Test
    void afterAForceThatFailedTheFileTakesNoMore() throws Exception {
        FaultyDisk disk = new FaultyDisk(temporary.resolve("file"));
        try (AppendOnlyFile file = new AppendOnlyFile(disk, 0)) {
            file.append(record("one"));
            disk.failForce = true;
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> file.append(record("two")));
            disk.failForce = false;
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> file.append(record("three")))
                    .withMessageContaining("earlier write failed");
            assertThat(file.length()).isEqualTo(3);
        }
    }

    @Test
    void aWriteThatMeetsAFullDiskLeavesNoTraceAndTheNextOneMaySucceed() throws Exception {
        Path path = temporary.resolve("file");
        FaultyDisk disk = new FaultyDisk(path);
        try (AppendOnlyFile file = new AppendOnlyFile(disk, 0)) {
            file.append(record("one"));
            disk.failSecondWrite = true;
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> file.append(record("two")));
            assertThat(path).hasContent("one");
            disk.failSecondWrite = false;
            file.append(record("3"));
        }
        assertThat(path).hasContent("one3");
    }

    private static ByteBuffer record(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A real file whose places are written one byte at a time, and that fails where it is told to.
    private static final class FaultyDisk extends FileChannel {
        private final FileChannel real;
        private boolean failForce;
        private boolean failSecondWrite;
        private int written;

        FaultyDisk(Path path) throws IOException {
            real = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            if (failSecondWrite && ++written == 2) {
                throw new IOException("No space left on device");
            }
            ByteBuffer one = from.slice(from.position(), 1);
            from.position(from.position() + 1);
            return real.write(one, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (failForce) {
                throw new IOException("Input/output error");
            }
            real.force(metaData);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            real.truncate(size);
            return this;
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            return real.read(to);
        }

        @Override
        public long read(ByteBuffer[] to, int offset, int length) throws IOException {
            return real.read(to, offset, length);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return real.write(from);
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) throws IOException {
            return real.write(from, offset, length);
        }

        @Override
        public long position() throws IOException {
            return real.position();
        }

        @Override
        public FileChannel position(long newPosition) throws IOException {
            real.position(newPosition);
            return this;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            return real.transferTo(position, count, target);
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
            return real.transferFrom(source, position, count);
        }

        @Override
        public int read(ByteBuffer to, long position) throws IOException {
            return real.read(to, position);
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
            return real.map(mode, position, size);
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) throws IOException {
            return real.lock(position, size, shared);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return real.tryLock(position, size, shared);
        }
    }
}
