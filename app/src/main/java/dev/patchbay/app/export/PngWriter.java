package dev.patchbay.app.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;

/// Writes an opaque PNG in bands of rows. JavaFX has no encoder, and the JDK's own would load AWT as a
/// second toolkit.
public final class PngWriter implements AutoCloseable {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] RGB_8_BIT = {8, 2, 0, 0, 0};
    private static final int CHUNK_SIZE = 1 << 16;

    private final OutputStream file;
    private final Deflater deflater = new Deflater();
    private final OutputStream pixels;

    /// @param file stays open
    public PngWriter(OutputStream file, int width, int height) throws IOException {
        this.file = file;
        file.write(SIGNATURE);
        writeChunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(RGB_8_BIT)
                        .array());
        OutputStream chunks = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                writeChunk("IDAT", Arrays.copyOfRange(bytes, from, from + length));
            }
        };
        pixels = new DeflaterOutputStream(new BufferedOutputStream(chunks, CHUNK_SIZE), deflater, CHUNK_SIZE);
    }

    /// Writes the next rows; the image is as wide as the PNG.
    public void writeRows(Image rows) throws IOException {
        int width = (int) rows.getWidth();
        int[] row = new int[width];
        ByteBuffer raw = ByteBuffer.allocate(1 + 3 * width);
        for (int y = 0; y < (int) rows.getHeight(); y++) {
            rows.getPixelReader().getPixels(0, y, width, 1, PixelFormat.getIntArgbInstance(), row, 0, width);
            raw.clear();
            raw.put((byte) 0);
            for (int argb : row) {
                raw.put((byte) (argb >> 16)).put((byte) (argb >> 8)).put((byte) argb);
            }
            pixels.write(raw.array());
        }
    }

    @Override
    public void close() throws IOException {
        try (deflater) {
            pixels.close();
            writeChunk("IEND", new byte[0]);
        }
    }

    private void writeChunk(String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        file.write(ByteBuffer.allocate(4).putInt(content.length).array());
        file.write(name);
        file.write(content);
        file.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
