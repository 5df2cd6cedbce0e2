package dev.patchbay.engine.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// The kernel's answers cut short or with bits turned over: they are read or refused, and reading always ends.
@ExtendWith(PrivateNamespace.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MalformedMessageTest {

    @Test
    void anAttributeCutShortIsRefused() throws Exception {
        byte[] whole = {8, 0, 1, 0, 1, 2, 3, 4, 6, 0, 3, 0, 'l', 'o'};
        for (int length = 0; length <= whole.length; length++) {
            ByteBuffer part = ByteBuffer.wrap(whole, 0, length).slice();
            if (length == 0 || length == 8 || length == whole.length) {
                Attributes.read(part);
            } else {
                refused(() -> Attributes.read(part));
            }
        }
    }

    @Test
    void anAttributeWithoutLengthIsRefused() {
        refused(() -> Attributes.read(ByteBuffer.allocate(64)));
        refused(() -> Attributes.read(ByteBuffer.wrap(new byte[] {3, 0, 1, 0})));
    }

    @Test
    void aMessageWithAWrongLengthIsRefused() {
        for (int length : new int[] {Integer.MIN_VALUE, -1, 0, 15, 33, Integer.MAX_VALUE}) {
            ByteBuffer datagram = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder());
            datagram.putInt(0, length);
            refused(() -> NetlinkMessage.readAll(datagram));
        }
        refused(() -> NetlinkMessage.readAll(ByteBuffer.allocate(3)));
    }

    @Test
    void whatTheKernelAnswersMayBeCutAnywhere() throws Exception {
        for (NetlinkMessage message : kernelAnswers()) {
            ByteBuffer payload = message.payload();
            for (int length = 0; length < payload.remaining(); length++) {
                readOrRefuse(new NetlinkMessage(message.type(), message.flags(), 1, payload.slice(0, length)));
            }
        }
    }

    @Test
    void whatTheKernelAnswersMayBeDistorted() throws Exception {
        Random random = new Random(7062);
        for (NetlinkMessage message : kernelAnswers()) {
            byte[] bytes = new byte[message.payload().remaining()];
            for (int round = 0; round < 500; round++) {
                message.payload().get(bytes);
                for (int flips = 0; flips <= round % 8; flips++) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                readOrRefuse(new NetlinkMessage(message.type(), message.flags(), 1, ByteBuffer.wrap(bytes)));
            }
        }
    }

    /// An error whose explanation is damaged: the headers announce more than there is.
    @Test
    void aDamagedErrorIsRefused() throws Exception {
        int explained = 0x200;
        for (int length = 0; length < 40; length++) {
            ByteBuffer payload = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
            for (int announced : new int[] {-1, 0, 1000, Integer.MAX_VALUE}) {
                if (length >= 8) {
                    payload.putInt(4, announced);
                }
                try {
                    new NetlinkMessage(NetlinkMessage.NLMSG_ERROR, explained, 1, payload).explanation();
                } catch (EngineException e) {
                    assertThat(e.step()).isEqualTo("read a netlink message");
                }
            }
        }
    }

    private static List<NetlinkMessage> kernelAnswers() throws Exception {
        Shell.run("ip", "link", "add", "br0", "type", "bridge");
        Shell.run("ip", "addr", "add", "10.1.0.1/24", "dev", "br0");
        Shell.run("ip", "link", "set", "br0", "up", "alias", "x");
        Shell.run("ip", "route", "add", "10.9.0.0/16", "nexthop", "via", "10.1.0.2", "nexthop", "via", "10.1.0.3");
        List<NetlinkMessage> answers = new ArrayList<>();
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE, 0)) {
            int dump = NetlinkRequest.NLM_F_DUMP;
            answers.addAll(socket.dump("test", Rtnl.link(Rtnl.RTM_GETLINK, dump, 0, 0, 0)));
            answers.addAll(socket.dump("test", Rtnl.addresses(0)));
            answers.addAll(socket.dump("test", Rtnl.routes(Rtnl.AF_INET, 0)));
        }
        Shell.run("ip", "link", "delete", "br0");
        assertThat(answers)
                .extracting(NetlinkMessage::type)
                .contains(Rtnl.RTM_NEWLINK, Rtnl.RTM_NEWADDR, Rtnl.RTM_NEWROUTE);
        return answers;
    }

    private static void readOrRefuse(NetlinkMessage message) {
        try {
            switch (message.type()) {
                case Rtnl.RTM_NEWLINK -> {
                    RouteAnswers.link(message, List.of());
                    RouteAnswers.counters(message);
                }
                case Rtnl.RTM_NEWADDR -> RouteAnswers.address(message);
                case Rtnl.RTM_NEWROUTE -> RouteAnswers.routes(message, Map.of());
                default -> throw new AssertionError("not asked for: " + message);
            }
        } catch (EngineException e) {
            assertThat(e.step()).isEqualTo("read a netlink message");
        }
    }

    private static void refused(ThrowingCallable reading) {
        assertThatExceptionOfType(EngineException.class).isThrownBy(reading);
    }
}
