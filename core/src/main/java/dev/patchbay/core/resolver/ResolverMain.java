package dev.patchbay.core.resolver;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.dns.DnsChange;
import dev.patchbay.engine.dns.DnsPipeFormat;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The resolver's process. The helper starts it, writes changes to its standard input, and reads an
/// acknowledgement for each from its standard output.
public final class ResolverMain {
    private static final int PORT = 53;
    static final Path HOST_SERVERS = Path.of("/etc/resolv.conf");

    private ResolverMain() {}

    /// Prints defects at a limited rate, so that a container cannot fill the disk with them.
    static final class Defects implements Consumer<RuntimeException> {
        private static final int MOST = 20;

        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void accept(RuntimeException defect) {
            if (count.incrementAndGet() <= MOST) {
                System.err.println("a defect: " + defect + " at " + List.of(defect.getStackTrace()));
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        NameDirectory directory = new NameDirectory();
        UpstreamResolver upstream = new UpstreamResolver(directory, new HostNameServers(HOST_SERVERS));
        // The helper tells of a change before it is done.
        DnsListeners listeners =
                new DnsListeners(new DnsPacketHandler(directory, upstream, () -> {}, new Defects()), PORT);
        // A resolver without records ends when its helper ends.
        boolean knows = false;
        DataInputStream changes = new DataInputStream(new BufferedInputStream(System.in));
        try {
            while (true) {
                DnsChange change = DnsPipeFormat.read(changes);
                for (Id network : directory.apply(change)) {
                    listeners.listen(network, directory.gateways(network));
                }
                if (!knows) {
                    Thread.ofPlatform().name("questions").start(listeners::run);
                    knows = true;
                }
                System.out.write(DnsPipeFormat.ACKNOWLEDGE);
                System.out.flush();
            }
        } catch (IOException e) {
            // The helper has ended. The next helper starts a resolver of its own, and ends this one.
            System.err.println("no more changes, " + (knows ? "going on" : "ending"));
        }
    }
}
