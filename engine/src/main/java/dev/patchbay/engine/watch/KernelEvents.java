package dev.patchbay.engine.watch;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netfilter.NfTables;
import dev.patchbay.engine.netlink.NetlinkMessage;
import dev.patchbay.engine.netlink.NetlinkSocket;
import dev.patchbay.engine.netlink.Rtnl;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.os.Libc;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reports changes of links, addresses, routes, forwarding or rules of one network namespace, by any
/// program. An event says only that something changed and on which links; the listener reads the kernel
/// again.
public final class KernelEvents implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(KernelEvents.class.getName());

    private static final String STEP = "watch the kernel";
    private static final int ROUTE_GROUPS = Rtnl.RTMGRP_LINK
            | Rtnl.RTMGRP_IPV4_IFADDR
            | Rtnl.RTMGRP_IPV4_ROUTE
            | Rtnl.RTMGRP_IPV6_IFADDR
            | Rtnl.RTMGRP_IPV6_ROUTE
            | Rtnl.RTMGRP_IPV4_NETCONF
            | Rtnl.RTMGRP_IPV6_NETCONF;

    /// Ends a batch when changes never stop.
    private static final int MAX_BATCH = 256;

    private final int stopEventfd;
    private final Consumer<KernelEventBatch> listener;
    private final Consumer<Optional<Exception>> health;
    private final Thread thread;
    private volatile boolean stopped;
    private @Nullable Sockets sockets;
    /// Whether events were lost since the last batch.
    private boolean overrun;

    private KernelEvents(
            Sockets sockets, int stop, Consumer<KernelEventBatch> listener, Consumer<Optional<Exception>> health) {
        this.sockets = sockets;
        this.stopEventfd = stop;
        this.listener = listener;
        this.health = health;
        this.thread =
                Thread.ofPlatform().daemon().name("kernel-events").unstarted(() -> WatchLoop.run(STEP, new ReadTask()));
    }

    /// @param rules null on a kernel without nf_tables, whose legacy rules send no events
    private record Sockets(NetlinkSocket routes, @Nullable NetlinkSocket rules) implements AutoCloseable {
        static Sockets open() throws EngineException {
            return new Sockets(NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE, ROUTE_GROUPS), openRules());
        }

        private static @Nullable NetlinkSocket openRules() {
            try {
                return NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER, NfTables.EVENT_GROUP);
            } catch (EngineException e) {
                LOG.log(System.Logger.Level.DEBUG, "no events of firewall rules", e);
                return null;
            }
        }

        boolean await(int stop) throws EngineException {
            int[] descriptors =
                    rules == null ? new int[] {stop, routes.fd()} : new int[] {stop, routes.fd(), rules.fd()};
            return (Errno.check(STEP, "cannot wait for events", Libc.awaitReadable(descriptors)) & 1) == 0;
        }

        @Override
        public void close() {
            routes.close();
            if (rules != null) {
                rules.close();
            }
        }
    }

    /// Subscribes in the network namespace of the calling thread.
    ///
    /// @param listener called on this object's own thread, once for each batch; events during the call
    ///     make the next batch. After an exception of the listener the next batch reports lost events
    /// @param health gets the reason when watching fails, and empty when it works again
    public static KernelEvents open(Consumer<KernelEventBatch> listener, Consumer<Optional<Exception>> health)
            throws EngineException {
        int stop = Errno.check(STEP, "cannot make a signal", Libc.eventfd());
        try {
            KernelEvents events = new KernelEvents(Sockets.open(), stop, listener, health);
            events.thread.start();
            return events;
        } catch (EngineException e) {
            Libc.close(stop);
            throw e;
        }
    }

    private final class ReadTask implements WatchLoop.Task {
        @Override
        public boolean runOnce() throws EngineException {
            Sockets open = sockets;
            if (open == null) {
                // A new thread inherits the namespace of its creator.
                open = Sockets.open();
                sockets = open;
            }
            if (!overrun && !open.await(stopEventfd)) {
                open.close();
                return false;
            }
            KernelEventBatch.Builder news = new KernelEventBatch.Builder();
            if (overrun) {
                news.markOverrun();
            }
            drain(open.routes(), news);
            if (open.rules() != null) {
                drain(open.rules(), news);
            }
            KernelEventBatch batch = news.build();
            if (!batch.aspects().isEmpty()) {
                listener.accept(batch);
            }
            overrun = false;
            return true;
        }

        /// Opens failed sockets again.
        @Override
        public boolean onFailure(Exception reason, int inARow) {
            overrun = true;
            if (sockets != null) {
                sockets.close();
                sockets = null;
            }
            health.accept(Optional.of(reason));
            return !stopped;
        }

        @Override
        public void onRecovery() {
            health.accept(Optional.empty());
        }
    }

    private static void drain(NetlinkSocket socket, KernelEventBatch.Builder news) throws EngineException {
        for (int i = 0; i < MAX_BATCH; i++) {
            try {
                List<NetlinkMessage> messages = socket.receiveEvents(STEP);
                if (messages.isEmpty()) {
                    return;
                }
                messages.forEach(news::add);
            } catch (EngineException e) {
                if (e.errno() != Errno.ENOBUFS) {
                    throw e;
                }
                news.markOverrun();
            }
        }
    }

    /// Ends the subscription; the listener is not called after this returns. The listener must not call
    /// it.
    @Override
    public void close() {
        stopped = true;
        Libc.writeEventfd(stopEventfd);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        Libc.close(stopEventfd);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
