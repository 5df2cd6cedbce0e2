package dev.patchbay.engine.helper;

import dev.patchbay.engine.protocol.Event;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Everyone who wants events, told in the order they happen. Any thread may announce.
final class Subscribers {
    interface Subscriber {
        /// Must not block.
        void announce(Event event);
    }

    private final Set<Subscriber> all = ConcurrentHashMap.newKeySet();

    void add(Subscriber subscriber) {
        all.add(subscriber);
    }

    void remove(Subscriber subscriber) {
        all.remove(subscriber);
    }

    void announce(Event event) {
        all.forEach(subscriber -> subscriber.announce(event));
    }
}
