package dev.patchbay.core.docker.state;

import static dev.patchbay.core.docker.state.RefreshSchedule.DEBOUNCE;
import static dev.patchbay.core.docker.state.RefreshSchedule.ENGINE_REST_FACTOR;
import static dev.patchbay.core.docker.state.RefreshSchedule.HOST_REST_FACTOR;
import static dev.patchbay.core.docker.state.RefreshSchedule.MAX_DEBOUNCE;
import static dev.patchbay.core.docker.state.RefreshSchedule.MAX_REST;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/// On a clock of its own, in nanoseconds, that only the test moves.
class RefreshScheduleTest {
    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();
    /// So long a read takes that changes of the engine wait as long as they may.
    private static final long SLOW = MAX_REST / ENGINE_REST_FACTOR;

    private final RefreshSchedule schedule = new RefreshSchedule(0);
    private long now;

    private void read(long duration) {
        schedule.noteRefreshBegun();
        schedule.noteRefreshEnded(now, now + duration, false);
        now += duration;
    }

    /// @return how long after the change it is read
    private long readAfter(LongConsumer change, long duration) {
        long changed = now;
        change.accept(changed);
        now = Math.max(now, schedule.nextRefresh());
        long delay = now - changed;
        read(duration);
        return delay;
    }

    /// Changes each millisecond of an hour.
    ///
    /// @return number of reads
    private int readsOfConstantChanges(LongConsumer change, long duration) {
        int reads = 0;
        for (long end = now + HOUR; now < end; now += MILLISECOND) {
            change.accept(now);
            if (now >= schedule.nextRefresh()) {
                read(duration);
                reads++;
            }
        }
        return reads;
    }

    @Test
    void changesThatComeTogetherAreOneRead() {
        assertThat(schedule.isChanged()).isFalse();
        schedule.noteHostChange(now);
        assertThat(schedule.nextRefresh()).isEqualTo(DEBOUNCE);
        schedule.noteEngineChange(DEBOUNCE / 2);
        assertThat(schedule.nextRefresh()).isEqualTo(DEBOUNCE / 2 + DEBOUNCE);
        schedule.noteHostChange(MAX_DEBOUNCE);
        assertThat(schedule.nextRefresh()).isEqualTo(MAX_DEBOUNCE);
        assertThat(schedule.isChanged()).isTrue();
        schedule.noteRefreshBegun();
        assertThat(schedule.isChanged()).isFalse();
    }

    @Test
    void aChangeOfTheEngineWaitsForTheEndOfTheRest() {
        read(SLOW / 2);
        assertThat(readAfter(schedule::noteEngineChange, SLOW * 2)).isEqualTo(MAX_REST / 2);
        assertThat(readAfter(schedule::noteEngineChange, SLOW)).isEqualTo(MAX_REST);
    }

    @Test
    void aChangeOfTheHostWaitsForAPartOfTheRest() {
        read(SLOW);
        assertThat(readAfter(schedule::noteHostChange, SLOW)).isEqualTo(HOST_REST_FACTOR * SLOW);
        schedule.noteEngineChange(now);
        assertThat(readAfter(schedule::noteHostChange, MAX_REST)).isEqualTo(HOST_REST_FACTOR * SLOW);
        assertThat(readAfter(schedule::noteHostChange, SLOW)).isEqualTo(MAX_REST);
    }

    @Test
    void aChangeOfTheHostAfterTheRestIsReadAtOnce() {
        read(SLOW);
        now += HOST_REST_FACTOR * SLOW;
        assertThat(readAfter(schedule::noteHostChange, SLOW)).isEqualTo(DEBOUNCE);
    }

    @Test
    void aReadOfEverythingHasNoRest() {
        schedule.noteRefreshBegun();
        schedule.noteRefreshEnded(now, now + SLOW * 10, true);
        now += SLOW * 10;
        assertThat(readAfter(schedule::noteHostChange, SLOW)).isEqualTo(DEBOUNCE);
        assertThat(readAfter(schedule::noteHostChange, SLOW)).isEqualTo(HOST_REST_FACTOR * SLOW);
    }

    /// One that comes during a read is for the next one.
    @Test
    void aChangeOfTheHostThatWasReadDoesNotHastenTheEngines() {
        schedule.noteHostChange(now);
        schedule.noteRefreshBegun();
        schedule.noteEngineChange(now);
        schedule.noteRefreshEnded(now, now + SLOW, false);
        assertThat(schedule.nextRefresh()).isEqualTo(now + SLOW + MAX_REST);
        schedule.noteHostChange(now + SLOW);
        assertThat(schedule.nextRefresh()).isEqualTo(now + SLOW + HOST_REST_FACTOR * SLOW);
    }

    @Test
    void changesThatNeverEndCostASmallPartOfTheTime() {
        for (long duration : new long[] {SLOW / 10, SLOW, SLOW * 10}) {
            assertIsSmallPart(
                    readsOfConstantChanges(schedule::noteEngineChange, duration), ENGINE_REST_FACTOR, duration);
            assertIsSmallPart(readsOfConstantChanges(schedule::noteHostChange, duration), HOST_REST_FACTOR, duration);
        }
    }

    private static void assertIsSmallPart(int reads, int factor, long duration) {
        long period = duration + Math.min(MAX_REST, factor * duration);
        assertThat(reads)
                .isLessThanOrEqualTo((int) (HOUR / period) + 1)
                // Nor is any change forgotten.
                .isGreaterThan((int) (HOUR / (period + MAX_DEBOUNCE)) - 2);
    }
}
