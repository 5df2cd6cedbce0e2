package dev.patchbay.core.resolver;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.dns.DnsChange;
import dev.patchbay.engine.dns.DnsRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A name server in this process, at the gateways of networks. Thread-safe.
public final class NameServer implements AutoCloseable {
    private final NameDirectory directory = new NameDirectory();
    private final DnsListeners listeners;
    private Map<Id, DnsRecord> served = Map.of();

    public NameServer(int port) throws IOException {
        UpstreamResolver upstream = new UpstreamResolver(directory, new HostNameServers(ResolverMain.HOST_SERVERS));
        listeners = new DnsListeners(new DnsPacketHandler(directory, upstream, new ResolverMain.Defects()), port);
        Thread.ofPlatform().daemon().name("questions").start(listeners::run);
    }

    /// Answers with these records from now on, and with no others.
    public synchronized void serve(Map<Id, DnsRecord> records) {
        List<DnsRecord> put = records.values().stream()
                .filter(record -> !record.equals(served.get(record.id())))
                .toList();
        List<Id> remove =
                served.keySet().stream().filter(id -> !records.containsKey(id)).toList();
        served = Map.copyOf(records);
        for (Id network : directory.apply(new DnsChange(put, remove))) {
            listeners.listen(network, directory.gateways(network));
        }
    }

    @Override
    public void close() throws IOException {
        listeners.close();
    }
}
