package dev.patchbay.engine.journal;

import dev.patchbay.engine.protocol.ActivityEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The newest records, for who knows the state at an earlier one.
final class Recent {
    /// Each change has an end and a status or two.
    private static final int KEPT = 4 * ActivityEntry.KEPT;

    private record Numbered(long position, JournalRecord record) {}

    private final Deque<Numbered> records = new ArrayDeque<>();
    private long position;
    private long forgotten;

    void add(JournalRecord record) {
        position++;
        switch (record) {
            case JournalRecord.Commit _, JournalRecord.Status _ -> records.add(new Numbered(position, record));
            case JournalRecord.Intent _, JournalRecord.Abort _, JournalRecord.Boot _, JournalRecord.AutoRepair _ -> {}
        }
        if (records.size() > KEPT) {
            forgotten = records.remove().position();
        }
    }

    long position() {
        return position;
    }

    Optional<List<JournalRecord>> since(long earlier) {
        if (earlier < forgotten || earlier > position) {
            return Optional.empty();
        }
        List<JournalRecord> newer = new ArrayList<>();
        Iterator<Numbered> backwards = records.descendingIterator();
        while (backwards.hasNext()) {
            Numbered next = backwards.next();
            if (next.position() <= earlier) {
                break;
            }
            newer.add(next.record());
        }
        return Optional.of(newer.reversed());
    }
}
