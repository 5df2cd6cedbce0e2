package dev.patchbay.core.docker.state;

import java.time.Duration;

/// When a host is read again after changes. Times are of [System#nanoTime], and a caller passes the
/// present one, so that no method waits. One thread at a time may call.
///
/// A rest follows each read, many times as long as the read, so that a host that changes all the time costs
/// a small part of the time. An engine sends many events of which few matter, and its changes wait for the
/// whole rest. A change that the kernel tells may be drift, which a person must see within a second. So it
/// waits for a quarter of it: with a read of 60 ms, as beside 50 containers, for 0.6 s, and a program that
/// changes rules all the time costs at most a tenth of the time. A read of the kernel alone would cost less,
/// and take the rules of a container that has just stopped for lost ones.
final class RefreshSchedule {
    /// A container that starts or stops has several events. It is read when no more come, or after
    /// [#MAX_DEBOUNCE].
    static final long DEBOUNCE = Duration.ofMillis(100).toNanos();

    static final long MAX_DEBOUNCE = Duration.ofMillis(500).toNanos();

    /// So many times as long as a read, a change of the engine waits after it.
    static final int ENGINE_REST_FACTOR = 40;

    /// So many times as long as a read, a change of the host waits after it.
    static final int HOST_REST_FACTOR = 10;

    static final long MAX_REST = Duration.ofSeconds(3).toNanos();

    private boolean changed;
    private boolean hostChanged;
    private long firstChange;
    private long lastChange;
    private long engineRestUntil;
    private long hostRestUntil;

    RefreshSchedule(long now) {
        engineRestUntil = now;
        hostRestUntil = now;
    }

    void noteEngineChange(long now) {
        noteChange(now);
    }

    void noteHostChange(long now) {
        hostChanged = true;
        noteChange(now);
    }

    private void noteChange(long now) {
        lastChange = now;
        if (!changed) {
            changed = true;
            firstChange = now;
        }
    }

    /// Whether anything has changed since the last read began.
    boolean isChanged() {
        return changed;
    }

    /// When the changes are to be read.
    long nextRefresh() {
        return Math.max(
                hostChanged ? hostRestUntil : engineRestUntil,
                Math.min(lastChange + DEBOUNCE, firstChange + MAX_DEBOUNCE));
    }

    /// A read begins; changes from now on are for the next one.
    void noteRefreshBegun() {
        changed = false;
        hostChanged = false;
    }

    /// @param doubted whether everything was read again, containers that had not changed too; such a read comes
    ///     seldom, and its length says nothing of the next one's
    void noteRefreshEnded(long begun, long now, boolean doubted) {
        if (doubted) {
            return;
        }
        engineRestUntil = now + Math.min(MAX_REST, ENGINE_REST_FACTOR * (now - begun));
        hostRestUntil = now + Math.min(MAX_REST, HOST_REST_FACTOR * (now - begun));
    }
}
