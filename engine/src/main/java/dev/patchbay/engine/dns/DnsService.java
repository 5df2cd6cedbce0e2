package dev.patchbay.engine.dns;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import java.util.Map;

/// The resolver, as the steps of a change use it. One thread at a time.
public interface DnsService {
    /// A host without a resolver.
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

    /// Whether containers should query the gateways of their networks.
    boolean isOffered();

    /// Returns when the next query gets the new answer.
    ///
    /// @throws EngineException the resolver does not run; [#isUpToDate] is then false until a later
    ///     change or repair starts it
    void change(DnsChange change) throws EngineException;

    /// Whether it has exactly these records, so that nothing needs repair.
    boolean isUpToDate(Map<Id, DnsRecord> records);

    /// Replaces all its records, and starts it when it does not run.
    default void repair(Map<Id, DnsRecord> records) throws EngineException {}
}
