package dev.patchbay.engine.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// How records lie in a file, one after the other: length, CRC32C of the length, CRC32C of the payload, payload.
///
/// The length has a check of its own so that a write cut short (nothing wrong but the end missing) can be told from
/// damage to what was once written.
final class Records {
    private static final int HEAD = 3 * Integer.BYTES;

    private Records() {}

    /// What follows the last good record.
    enum Ending {
        /// Nothing.
        CLEAN,
        /// The beginning of a record.
        TORN,
        /// Something that no write of ours, whole or cut short, leaves behind.
        DAMAGED
    }

    /// @param end where the good records end
    record Scan(List<byte[]> payloads, int end, Ending ending) {}

    static ByteBuffer encode(byte[] payload) {
        return ByteBuffer.allocate(HEAD + payload.length)
                .putInt(payload.length)
                .putInt(lengthCheck(payload.length))
                .putInt(check(payload))
                .put(payload)
                .flip();
    }

    static Scan scan(byte[] file) {
        List<byte[]> payloads = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file);
        while (in.hasRemaining()) {
            int start = in.position();
            if (in.remaining() < HEAD) {
                return new Scan(payloads, start, Ending.TORN);
            }
            int length = in.getInt();
            boolean sound = in.getInt() == lengthCheck(length) && length >= 0;
            int check = in.getInt();
            if (!sound) {
                return new Scan(payloads, start, Ending.DAMAGED);
            }
            if (in.remaining() < length) {
                return new Scan(payloads, start, Ending.TORN);
            }
            byte[] payload = new byte[length];
            in.get(payload);
            if (check(payload) != check) {
                return new Scan(payloads, start, Ending.DAMAGED);
            }
            payloads.add(payload);
        }
        return new Scan(payloads, file.length, Ending.CLEAN);
    }

    private static int lengthCheck(int length) {
        return check(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    }

    private static int check(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
