package dev.patchbay.engine.dns;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import java.util.Map;

/// Where containers ask for names, as the steps of a change see it. One thread at a time.
public interface DnsService {
    /// A host without names.
    DnsService NONE = new DnsService() {
        @Override
        public boolean isOffered() {
            return false;
        }

        @Override
        public void change(DnsChange change) {}

        @Override
        public boolean isUpToDate(Map<Id, DnsRecord> records) {
            return true;
        }
    };

    /// Whether containers are to ask at the gateways of their networks.
    boolean isOffered();

    /// Returns when the next question gets the new answer.
    ///
    /// @throws EngineException the resolver does not run; [#isUpToDate] says so until a later change or repair
    /// starts it
    void change(DnsChange change) throws EngineException;

    /// Whether there is nothing to be repaired: it answers from just these records.
    boolean isUpToDate(Map<Id, DnsRecord> records);

    /// Puts what it answers from in the place of what it answered from, and starts it when it does not run.
    default void repair(Map<Id, DnsRecord> records) throws EngineException {}
}
