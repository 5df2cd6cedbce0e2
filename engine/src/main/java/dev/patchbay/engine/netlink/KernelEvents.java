package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.libc.Errno;
import dev.patchbay.engine.libc.Libc;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells when links, addresses, routes, forwarding or rules of one network namespace change, by whoever changes them.
///
/// An event says only that something changed and on which links: read the kernel again.
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

    /// Ends a batch even when changes keep coming.
    private static final int BATCH = 256;

    private final NetlinkSocket routes;
    private final @Nullable NetlinkSocket rules;
    private final int stop;
    private final Consumer<KernelNews> listener;
    private final Thread thread;

    private KernelEvents(NetlinkSocket routes, @Nullable NetlinkSocket rules, int stop, Consumer<KernelNews> listener) {
        this.routes = routes;
        this.rules = rules;
        this.stop = stop;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("kernel-events").unstarted(this::run);
    }

    /// Subscribes in the network namespace of the calling thread.
    ///
    /// @param listener called on this object's own thread, once for each batch of events; what happens while it
    ///     runs makes the next batch
    public static KernelEvents open(Consumer<KernelNews> listener) throws EngineException {
        int stop = Errno.check(STEP, "cannot make a signal", Libc.signalDescriptor());
        NetlinkSocket routes;
        try {
            routes = NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE, ROUTE_GROUPS);
        } catch (EngineException e) {
            Libc.close(stop);
            throw e;
        }
        KernelEvents events = new KernelEvents(routes, openRules(), stop, listener);
        events.thread.start();
        return events;
    }

    /// Kernels without nf_tables have no such events, and the rules there are of the legacy kind that sends none.
    private static @Nullable NetlinkSocket openRules() {
        try {
            return NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER, RuleNews.GROUP);
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.DEBUG, "no events of firewall rules", e);
            return null;
        }
    }

    private void run() {
        int[] descriptors = rules == null ? new int[] {stop, routes.fd()} : new int[] {stop, routes.fd(), rules.fd()};
        try (routes;
                rules) {
            while ((Errno.check(STEP, "cannot wait for events", Libc.awaitReadable(descriptors)) & 1) == 0) {
                KernelNews.Gathering news = new KernelNews.Gathering();
                drain(routes, news);
                if (rules != null) {
                    drain(rules, news);
                }
                report(news.told());
            }
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.ERROR, "kernel events have ended", e);
        }
    }

    private static void drain(NetlinkSocket socket, KernelNews.Gathering news) throws EngineException {
        try {
            for (int i = 0; i < BATCH; i++) {
                var messages = socket.receiveEvents(STEP);
                if (messages.isEmpty()) {
                    return;
                }
                for (NetlinkMessage message : messages) {
                    news.add(message);
                }
            }
        } catch (EngineException e) {
            if (e.errno() != Errno.ENOBUFS) {
                throw e;
            }
            news.lost();
        }
    }

    private void report(KernelNews news) {
        if (news.aspects().isEmpty()) {
            return;
        }
        try {
            listener.accept(news);
        } catch (RuntimeException e) {
            // One listener's mistake must not end the watching.
            LOG.log(System.Logger.Level.ERROR, "the listener to kernel events failed", e);
        }
    }

    /// Ends the subscription; when it returns, the listener is not called again. Not to be called by the listener.
    @Override
    public void close() {
        Libc.signal(stop);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        Libc.close(stop);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
