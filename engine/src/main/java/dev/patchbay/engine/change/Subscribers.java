package dev.patchbay.engine.change;

import dev.patchbay.engine.protocol.Event;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// All subscribers of events. They are notified in the order of the events, and any thread may announce
/// one.
public final class Subscribers {
    public interface Subscriber {
        /// Must not block.
        void announce(Event event);
    }

    private final Set<Subscriber> all = ConcurrentHashMap.newKeySet();

    public void add(Subscriber subscriber) {
        all.add(subscriber);
    }

    public void remove(Subscriber subscriber) {
        all.remove(subscriber);
    }

    public void announce(Event event) {
        all.forEach(subscriber -> subscriber.announce(event));
    }
}
