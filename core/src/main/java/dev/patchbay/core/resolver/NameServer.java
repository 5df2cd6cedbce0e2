package dev.patchbay.core.resolver;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.dns.DnsChange;
import dev.patchbay.engine.dns.DnsRecord;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A name server in this process, at the gateways of networks. Thread-safe.
///
/// A container may ask for a name before this process has heard of it. So a query without an answer has
/// the records read again.
public final class NameServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NameServer.class.getName());

    /// A container that asks for nothing but unknown names must not keep the source busy.
    private static final long READ_INTERVAL = TimeUnit.MILLISECONDS.toNanos(20);

    private final NameDirectory directory = new NameDirectory();
    private final DnsListeners listeners;
    private RecordSource source = Map::of;
    private Map<Id, DnsRecord> served = Map.of();
    private long lastRead = System.nanoTime();
    private boolean readable;

    /// Where the records are read.
    @FunctionalInterface
    public interface RecordSource {
        Map<Id, DnsRecord> read() throws EngineException;
    }

    public NameServer(int port) throws IOException {
        UpstreamResolver upstream = new UpstreamResolver(directory, new HostNameServers(ResolverMain.HOST_SERVERS));
        listeners = new DnsListeners(
                new DnsPacketHandler(directory, upstream, this::updateAfterMiss, new ResolverMain.Defects()), port);
        Thread.ofPlatform().daemon().name("questions").start(listeners::run);
    }

    /// Answers with the records of this source from now on, and with no others.
    public synchronized void serve(RecordSource records) throws EngineException {
        source = records;
        update();
    }

    /// Reads the records again. They stay as they are when they cannot be read.
    public synchronized void update() throws EngineException {
        readable = false;
        Map<Id, DnsRecord> records = source.read();
        readable = true;
        lastRead = System.nanoTime();
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

    /// A source that failed is not asked before the next [#update], since all queries wait for it.
    private synchronized void updateAfterMiss() {
        if (!readable || System.nanoTime() - lastRead < READ_INTERVAL) {
            return;
        }
        updateOrLog();
    }

    /// As [#update]; logs a failure.
    public void updateOrLog() {
        try {
            update();
        } catch (EngineException e) {
            LOG.log(Level.INFO, "the names cannot be read now: {0}", e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        listeners.close();
    }
}
