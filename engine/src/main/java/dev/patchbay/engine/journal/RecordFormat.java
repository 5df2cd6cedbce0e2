package dev.patchbay.engine.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The format of records in a file, one after the other: length, CRC32C of the length, CRC32C of the
/// payload, payload.
///
/// The length has a checksum of its own, so that an interrupted write (only the end is missing) can be
/// told from damage to written data.
final class RecordFormat {
    private static final int HEAD = 3 * Integer.BYTES;

    private RecordFormat() {}

    /// The condition of a file beside its complete records.
    enum Condition {
        /// Only complete records.
        CLEAN,
        /// An incomplete record at the end.
        TORN,
        /// Bytes that no write of ours, complete or interrupted, leaves.
        DAMAGED
    }

    /// @param payloads of all complete records
    /// @param damagedBefore for each damaged part, the number of records before it
    /// @param end of the good records, if nothing is damaged
    record Scan(List<byte[]> payloads, List<Integer> damagedBefore, int end, Condition condition) {}

    static ByteBuffer encode(byte[] payload) {
        return ByteBuffer.allocate(HEAD + payload.length)
                .putInt(payload.length)
                .putInt(lengthCrc(payload.length))
                .putInt(crc(payload))
                .put(payload)
                .flip();
    }

    /// A damaged part ends where the next complete record begins.
    static Scan scan(byte[] file) {
        List<byte[]> payloads = new ArrayList<>();
        List<Integer> losses = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file);
        while (in.hasRemaining()) {
            int start = in.position();
            byte[] payload = next(in);
            if (payload != null) {
                payloads.add(payload);
                continue;
            }
            in.position(start);
            if (losses.isEmpty() && isTorn(in)) {
                return new Scan(payloads, losses, start, Condition.TORN);
            }
            losses.add(payloads.size());
            skipToNextRecord(in);
        }
        return new Scan(payloads, losses, file.length, losses.isEmpty() ? Condition.CLEAN : Condition.DAMAGED);
    }

    /// The payload of the record at this position; null when there is no complete one.
    private static byte @Nullable [] next(ByteBuffer in) {
        if (in.remaining() < HEAD) {
            return null;
        }
        int length = in.getInt();
        boolean sound = in.getInt() == lengthCrc(length);
        int check = in.getInt();
        if (!sound || length < 0 || length > in.remaining()) {
            return null;
        }
        byte[] payload = new byte[length];
        in.get(payload);
        return crc(payload) == check ? payload : null;
    }

    /// Whether the rest is an interrupted write. A file system may leave zeros where it allocated space
    /// and never wrote.
    private static boolean isTorn(ByteBuffer in) {
        ByteBuffer left = in.slice();
        if (left.remaining() < HEAD) {
            return true;
        }
        int length = left.getInt(0);
        if (length >= 0 && left.getInt(Integer.BYTES) == lengthCrc(length)) {
            return left.remaining() - HEAD < length;
        }
        while (left.hasRemaining()) {
            if (left.get() != 0) {
                return false;
            }
        }
        return true;
    }

    /// Skips to the next complete record, or to the end. A person's text cannot look like a record,
    /// because JSON has no byte below 32, and so no length that fits into a file.
    private static void skipToNextRecord(ByteBuffer in) {
        for (int at = in.position() + 1; at <= in.limit() - HEAD; at++) {
            int length = in.getInt(at);
            if (length >= 0 && length <= in.limit() - HEAD - at && in.getInt(at + Integer.BYTES) == lengthCrc(length)) {
                in.position(at);
                if (next(in) != null) {
                    in.position(at);
                    return;
                }
            }
        }
        in.position(in.limit());
    }

    private static int lengthCrc(int length) {
        return crc(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
