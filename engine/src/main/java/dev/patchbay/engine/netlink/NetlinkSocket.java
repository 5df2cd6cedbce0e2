package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.os.Libc;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A netlink socket that matches answers to requests. It belongs to the network namespace in which it
/// was opened, whatever thread uses it; requests run one at a time.
public final class NetlinkSocket implements AutoCloseable {
    public static final int NETLINK_ROUTE = 0;
    public static final int NETLINK_SOCK_DIAG = 4;
    public static final int NETLINK_NETFILTER = 12;

    private static final int SO_RCVBUFFORCE = 33;
    /// Enough for the events of a thousand new links.
    private static final int EVENT_BUFFER_BYTES = 4 << 20;

    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int NETLINK_GET_STRICT_CHK = 12;

    /// A dump has datagrams of at most 32 KiB.
    private static final int MAX_DATAGRAM = 64 * 1024;

    /// The kernel answers during the send; this limit only prevents a lost answer from blocking the
    /// helper forever.
    private static final int ANSWER_SECONDS = 30;

    private static final int DUMP_ATTEMPTS = 20;
    /// The pause grows with each attempt, so that a burst of changes can end.
    private static final Duration DUMP_RETRY_PAUSE = Duration.ofMillis(1);

    private final int fd;
    private int sequence;
    private boolean closed;

    private NetlinkSocket(int fd) {
        this.fd = fd;
    }

    /// Opens a socket in the calling thread's network namespace.
    ///
    /// @param groups the multicast groups to subscribe to, as a mask
    public static NetlinkSocket open(int protocol, int groups) throws EngineException {
        String step = "open a netlink socket";
        int fd = Errno.check(
                step, "cannot open it", Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, protocol));
        NetlinkSocket socket = new NetlinkSocket(fd);
        try {
            for (int option : new int[] {NETLINK_CAP_ACK, NETLINK_EXT_ACK, NETLINK_GET_STRICT_CHK}) {
                Errno.check(step, "cannot set option " + option, Libc.setOption(fd, SOL_NETLINK, option, 1));
            }
            Errno.check(step, "cannot set its timeout", Libc.setReceiveTimeout(fd, ANSWER_SECONDS));
            if (groups != 0) {
                // Refused without privileges on the whole machine; a burst of events then causes a
                // complete read.
                Libc.setOption(fd, Libc.SOL_SOCKET, SO_RCVBUFFORCE, EVENT_BUFFER_BYTES);
            }
            Errno.check(step, "cannot bind it", Libc.bindNetlink(fd, groups));
            // What another process sends is no event and no answer.
            Errno.check(step, "cannot connect it", Libc.connectNetlink(fd));
        } catch (EngineException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    /// Sends a request and returns the answers before the acknowledgement.
    public List<NetlinkMessage> request(String step, NetlinkRequest request) throws EngineException {
        return request(step, List.of(request));
    }

    /// Sends several requests as one message; the first acknowledgement or failure ends the exchange.
    public synchronized List<NetlinkMessage> request(String step, List<NetlinkRequest> batch) throws EngineException {
        List<NetlinkMessage> answers = new ArrayList<>();
        exchange(step, batch, answers);
        return answers;
    }

    /// Sends a dump request and returns the whole list. If the list changed during the dump, it is
    /// requested again.
    public synchronized List<NetlinkMessage> dump(String step, NetlinkRequest request) throws EngineException {
        for (int attempt = 1; attempt <= DUMP_ATTEMPTS; attempt++) {
            List<NetlinkMessage> answers = new ArrayList<>();
            if (exchange(step, List.of(request), answers)) {
                return answers;
            }
            LockSupport.parkNanos(DUMP_RETRY_PAUSE.multipliedBy(attempt).toNanos());
        }
        throw new EngineException(step, "the kernel's list kept changing while it was read", Errno.EINTR, null);
    }

    /// @return false when the answers are unreliable: interrupted, or some were lost
    private boolean exchange(String step, List<NetlinkRequest> batch, List<NetlinkMessage> answers)
            throws EngineException {
        int number = ++sequence;
        Errno.check(step, "cannot send to the kernel", Libc.send(descriptor(step), withSequence(batch, number)));
        boolean whole = true;
        while (true) {
            Libc.Datagram datagram = receive(0);
            if (datagram.length() == -Errno.ENOBUFS) {
                whole = false;
                continue;
            }
            Errno.check(step, "no answer from the kernel", datagram.length());
            for (NetlinkMessage message : NetlinkMessage.readAll(datagram.bytes())) {
                if (message.sequence() != number) {
                    continue; // the rest of an exchange that failed before
                }
                whole &= (message.flags() & NetlinkMessage.NLM_F_DUMP_INTR) == 0;
                switch (message.type()) {
                    case NetlinkMessage.NLMSG_ERROR, NetlinkMessage.NLMSG_DONE -> {
                        throwOnError(step, message);
                        return whole;
                    }
                    default -> answers.add(message);
                }
            }
        }
    }

    private static ByteBuffer withSequence(List<NetlinkRequest> batch, int number) {
        List<ByteBuffer> messages =
                batch.stream().map(request -> request.withSequence(number)).toList();
        ByteBuffer whole = ByteBuffer.allocate(
                messages.stream().mapToInt(ByteBuffer::remaining).sum());
        messages.forEach(whole::put);
        return whole.flip();
    }

    private static void throwOnError(String step, NetlinkMessage end) throws EngineException {
        int errno = end.errno();
        if (errno != 0) {
            String explanation = end.extAckMessage();
            String text = Libc.errorText(errno);
            throw new EngineException(
                    step, explanation.isEmpty() ? text : text + " (" + explanation + ")", errno, null);
        }
    }

    /// Receives multicast events without waiting.
    ///
    /// @return the messages; empty when there are none
    /// @throws EngineException with ENOBUFS when messages were lost or cannot be separated
    public synchronized List<NetlinkMessage> receiveEvents(String step) throws EngineException {
        descriptor(step);
        Libc.Datagram datagram = receive(Libc.MSG_DONTWAIT);
        if (datagram.length() == -Errno.EAGAIN) {
            return List.of();
        }
        if (datagram.length() == -Errno.EMSGSIZE) {
            throw new EngineException(step, "an event is too long", Errno.ENOBUFS, null);
        }
        Errno.check(step, "cannot receive from the kernel", datagram.length());
        try {
            return NetlinkMessage.readAll(datagram.bytes());
        } catch (EngineException e) {
            throw new EngineException(step, e.reason(), Errno.ENOBUFS, e);
        }
    }

    /// The descriptor, for waiting on several sockets; this object still owns it.
    public int fd() {
        return fd;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Libc.close(fd);
        }
    }

    /// After closing, the number of the descriptor may be in use for another file.
    private int descriptor(String step) throws EngineException {
        if (closed) {
            throw new EngineException(step, "the netlink socket is closed");
        }
        return fd;
    }

    private Libc.Datagram receive(int flags) {
        Libc.Datagram datagram = Libc.receive(fd, MAX_DATAGRAM, flags | Libc.MSG_TRUNC);
        return datagram.length() > MAX_DATAGRAM ? new Libc.Datagram(-Errno.EMSGSIZE, ByteBuffer.allocate(0)) : datagram;
    }
}
