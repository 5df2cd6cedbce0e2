package dev.patchbay.engine.journal;

import dev.patchbay.engine.status.ActivityEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The newest records, for clients that know an earlier state.
final class RecentRecords {
    /// Each change has an intent, an end and one or two statuses.
    private static final int MAX_RECORDS = 4 * ActivityEntry.MAX_ENTRIES;

    private record Numbered(long position, JournalRecord record) {}

    private final Deque<Numbered> records = new ArrayDeque<>();
    private long position;
    private long lastDropped;
    private long textSize;

    void add(JournalRecord record) {
        position++;
        textSize += textSize(record);
        switch (record) {
            case JournalRecord.Commit _, JournalRecord.Status _ -> records.add(new Numbered(position, record));
            case JournalRecord.Intent _, JournalRecord.Abort _, JournalRecord.Boot _, JournalRecord.AutoRepair _ -> {}
        }
        while (records.size() > MAX_RECORDS || (textSize > ActivityEntry.MAX_TEXT_SIZE && records.size() > 1)) {
            Numbered oldest = records.remove();
            textSize -= textSize(oldest.record());
            lastDropped = oldest.position();
        }
    }

    private static long textSize(JournalRecord record) {
        return record instanceof JournalRecord.Commit commit ? commit.activity().textSize() : 0;
    }

    long position() {
        return position;
    }

    Optional<List<JournalRecord>> since(long earlier) {
        if (earlier < lastDropped || earlier > position) {
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
