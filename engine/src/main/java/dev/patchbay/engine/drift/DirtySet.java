package dev.patchbay.engine.drift;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.watch.KernelAspect;
import dev.patchbay.engine.watch.KernelEventBatch;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What may not be as the records say any more, gathered until somebody looks. Any thread may add.
public final class DirtySet {
    /// A burst of events is one look: those of one command come within a few milliseconds.
    private static final long QUIET_MILLIS = 20;

    private static final long LONGEST_MILLIS = 300;

    /// @param links by name
    /// @param marks aliases of links
    /// @param addressed indexes of links
    /// @param namespaces by name
    public record Batch(
            Set<Id> objects,
            Set<String> links,
            Set<String> marks,
            Set<Integer> addressed,
            Set<String> namespaces,
            boolean rules,
            boolean forwarding,
            boolean everything) {}

    private Set<Id> objects = new HashSet<>();
    private Set<String> links = new HashSet<>();
    private Set<String> marks = new HashSet<>();
    private Set<Integer> addressed = new HashSet<>();
    private Set<String> namespaces = new HashSet<>();
    private boolean rules;
    private boolean forwarding;
    private boolean everything;
    private boolean any;
    private boolean closed;

    public synchronized void add(KernelEventBatch news) {
        links.addAll(news.names());
        marks.addAll(news.aliases());
        addressed.addAll(news.addressed());
        rules |= news.aspects().contains(KernelAspect.RULES);
        forwarding |= news.aspects().contains(KernelAspect.FORWARDING);
        everything |= news.lost();
        added();
    }

    public synchronized void add(Set<Id> more) {
        objects.addAll(more);
        added();
    }

    public synchronized void addNamespace(String name) {
        namespaces.add(name);
        added();
    }

    public synchronized void addRulesAndForwarding() {
        rules = true;
        forwarding = true;
        added();
    }

    public synchronized void addEverything() {
        everything = true;
        added();
    }

    private void added() {
        any = true;
        notifyAll();
    }

    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /// Waits for doubts, and then until no more come in quick succession.
    ///
    /// @param longestMillis after which the rules are in doubt without a reason; 0 for never
    /// @return null when closed
    public synchronized @Nullable Batch take(long longestMillis) throws InterruptedException {
        long start = System.nanoTime();
        while (!any && !closed) {
            long left = longestMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            if (longestMillis > 0 && left <= 0) {
                rules = true;
                break;
            }
            wait(longestMillis > 0 ? left : 0);
        }
        long first = System.nanoTime();
        while (any && !closed && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - first) < LONGEST_MILLIS) {
            any = false;
            wait(QUIET_MILLIS);
        }
        if (closed) {
            return null;
        }
        Batch gathered = new Batch(objects, links, marks, addressed, namespaces, rules, forwarding, everything);
        objects = new HashSet<>();
        links = new HashSet<>();
        marks = new HashSet<>();
        addressed = new HashSet<>();
        namespaces = new HashSet<>();
        rules = false;
        forwarding = false;
        everything = false;
        any = false;
        return gathered;
    }
}
