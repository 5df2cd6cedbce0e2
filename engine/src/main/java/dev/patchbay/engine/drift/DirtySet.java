package dev.patchbay.engine.drift;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.watch.KernelAspect;
import dev.patchbay.engine.watch.KernelEventBatch;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Objects that may differ from the specs, collected until the next check. Any thread may add.
public final class DirtySet {
    /// The events of one command arrive within a few milliseconds and are checked together.
    private static final long QUIET_MILLIS = 20;

    private static final long MAX_MILLIS = 300;

    /// @param linkNames by name
    /// @param aliases aliases of links
    /// @param addressedLinks indexes of links
    /// @param netnsNames by name
    public record Batch(
            Set<Id> ids,
            Set<String> linkNames,
            Set<String> aliases,
            Set<Integer> addressedLinks,
            Set<String> netnsNames,
            boolean rules,
            boolean forwarding,
            boolean all) {}

    private Set<Id> ids = new HashSet<>();
    private Set<String> linkNames = new HashSet<>();
    private Set<String> aliases = new HashSet<>();
    private Set<Integer> addressedLinks = new HashSet<>();
    private Set<String> netnsNames = new HashSet<>();
    private boolean rules;
    private boolean forwarding;
    private boolean all;
    private boolean dirty;
    private boolean closed;

    public synchronized void mark(KernelEventBatch news) {
        linkNames.addAll(news.linkNames());
        aliases.addAll(news.aliases());
        addressedLinks.addAll(news.addressedLinks());
        rules |= news.aspects().contains(KernelAspect.RULES);
        forwarding |= news.aspects().contains(KernelAspect.FORWARDING);
        all |= news.overrun();
        wake();
    }

    public synchronized void mark(Set<Id> more) {
        ids.addAll(more);
        wake();
    }

    public synchronized void markNetns(String name) {
        netnsNames.add(name);
        wake();
    }

    public synchronized void markRulesAndForwarding() {
        rules = true;
        forwarding = true;
        wake();
    }

    public synchronized void markAll() {
        all = true;
        wake();
    }

    private void wake() {
        dirty = true;
        notifyAll();
    }

    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /// Waits for the first object, and then until no more arrive in quick succession.
    ///
    /// @param longestMillis after which the rules are checked without an event; 0 for never
    /// @return null when closed
    public synchronized @Nullable Batch awaitBatch(long longestMillis) throws InterruptedException {
        long start = System.nanoTime();
        while (!dirty && !closed) {
            long left = longestMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            if (longestMillis > 0 && left <= 0) {
                rules = true;
                break;
            }
            wait(longestMillis > 0 ? left : 0);
        }
        long first = System.nanoTime();
        while (dirty && !closed && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - first) < MAX_MILLIS) {
            dirty = false;
            wait(QUIET_MILLIS);
        }
        if (closed) {
            return null;
        }
        Batch gathered = new Batch(ids, linkNames, aliases, addressedLinks, netnsNames, rules, forwarding, all);
        ids = new HashSet<>();
        linkNames = new HashSet<>();
        aliases = new HashSet<>();
        addressedLinks = new HashSet<>();
        netnsNames = new HashSet<>();
        rules = false;
        forwarding = false;
        all = false;
        dirty = false;
        return gathered;
    }
}
