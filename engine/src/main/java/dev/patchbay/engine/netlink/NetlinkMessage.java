package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.Unreadable;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A received message (struct nlmsghdr in linux/netlink.h).
///
/// @param payload the bytes after the header; each call of [#payload] returns a new view
public record NetlinkMessage(int type, int flags, int sequence, ByteBuffer payload) {
    private static final System.Logger LOG = System.getLogger(NetlinkMessage.class.getName());

    static final int HEADER = 16;

    /// The step of every exception about a malformed message.
    static final String READ_STEP = "read a netlink message";

    static final int NLMSG_ERROR = 2;
    static final int NLMSG_DONE = 3;

    static final int NLM_F_DUMP_INTR = 0x10;
    private static final int NLM_F_CAPPED = 0x100;
    private static final int NLM_F_ACK_TLVS = 0x200;

    private static final int NLMSGERR_ATTR_MSG = 1;

    /// All messages of a datagram.
    static List<NetlinkMessage> readAll(ByteBuffer datagram) throws EngineException {
        ByteBuffer in = datagram.slice().order(ByteOrder.nativeOrder());
        List<NetlinkMessage> messages = new ArrayList<>();
        while (in.hasRemaining()) {
            int start = in.position();
            int length = in.remaining() < HEADER ? 0 : in.getInt(start);
            if (length < HEADER || length > in.remaining()) {
                throw new EngineException(READ_STEP, "the message is cut short");
            }
            messages.add(new NetlinkMessage(
                    Short.toUnsignedInt(in.getShort(start + 4)),
                    Short.toUnsignedInt(in.getShort(start + 6)),
                    in.getInt(start + 8),
                    in.slice(start + HEADER, length - HEADER)));
            in.position(Math.min(in.limit(), start + align(length)));
        }
        return messages;
    }

    static boolean isMalformed(EngineException e) {
        return e.step().equals(READ_STEP);
    }

    @Override
    public ByteBuffer payload() {
        return payload.slice().order(ByteOrder.nativeOrder());
    }

    /// The attributes after a fixed header of this many bytes.
    public Attributes attributes(int fixed) throws EngineException {
        requireHeader(fixed);
        return Attributes.read(payload.slice(fixed, payload.remaining() - fixed));
    }

    /// Checks that the payload has a fixed header of this many bytes.
    public void requireHeader(int fixed) throws EngineException {
        if (fixed < 0 || payload.remaining() < fixed) {
            throw new EngineException(READ_STEP, "the message is cut short");
        }
    }

    /// The errno of the final answer; 0 for success.
    int errno() throws EngineException {
        if (type == NLMSG_DONE && payload.remaining() < 4) {
            return 0;
        }
        requireHeader(4);
        return -payload().getInt();
    }

    /// The kernel's explanation of a failure (NETLINK_EXT_ACK); empty without one.
    String extAckMessage() throws EngineException {
        if ((flags & NLM_F_ACK_TLVS) == 0) {
            return "";
        }
        int fixed = 4;
        if (type == NLMSG_ERROR) {
            // The answer contains the request's header and, unless capped, the rest of the request.
            requireHeader(4 + HEADER);
            fixed += (flags & NLM_F_CAPPED) != 0 ? HEADER : align(payload().getInt(4));
        }
        return attributes(fixed).string(NLMSGERR_ATTR_MSG);
    }

    /// Messages and attributes begin at multiples of four.
    static int align(int length) {
        return (length + 3) & ~3;
    }

    public interface Parser<T> {
        T read(NetlinkMessage message) throws EngineException;
    }

    /// Parses each message separately, and reports those that cannot be read.
    public static <T> List<T> readEach(
            Unreadable.Kind kind, List<NetlinkMessage> messages, Parser<T> reader, Consumer<Unreadable> unreadable) {
        List<T> read = new ArrayList<>();
        for (NetlinkMessage message : messages) {
            try {
                read.add(reader.read(message));
            } catch (EngineException e) {
                unreadable.accept(passedOver(kind, e.reason(), e));
            } catch (RuntimeException e) {
                unreadable.accept(passedOver(kind, String.valueOf(e.getMessage()), e));
            }
        }
        return read;
    }

    private static Unreadable passedOver(Unreadable.Kind kind, String reason, Exception cause) {
        LOG.log(Level.DEBUG, "passed over", cause);
        return new Unreadable(kind, reason);
    }
}
