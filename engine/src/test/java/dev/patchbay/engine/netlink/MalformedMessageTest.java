package dev.patchbay.engine.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.drift.ProblemRegistry;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.netfilter.Conntrack;
import dev.patchbay.engine.netfilter.FlowTuple;
import dev.patchbay.engine.netfilter.NfChain;
import dev.patchbay.engine.probe.SocketDiag;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// The kernel's answers cut short or with bits turned over: they are read or refused, and reading always ends.
@ExtendWith(PrivateNamespace.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public class MalformedMessageTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    public static final Consumer<Unreadable> UNEXPECTED = one -> fail(one.toString());

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
            assertThat(readOrRefuse(message)).isFalse();
            ByteBuffer payload = message.payload();
            int refused = 0;
            for (int length = 0; length < payload.remaining(); length++) {
                NetlinkMessage cut = new NetlinkMessage(message.type(), message.flags(), 1, payload.slice(0, length));
                refused += readOrRefuse(cut) ? 1 : 0;
            }
            // Between two attributes it may be cut without damage.
            assertThat(refused).isGreaterThan(payload.remaining() / 2);
        }
    }

    @Test
    void whatTheKernelAnswersMayBeDistorted() throws Exception {
        Random random = new Random(7062);
        int refused = 0;
        int rounds = 0;
        for (NetlinkMessage message : kernelAnswers()) {
            byte[] bytes = new byte[message.payload().remaining()];
            for (int round = 0; round < 500; round++) {
                message.payload().get(bytes);
                for (int flips = 0; flips <= round % 8; flips++) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                NetlinkMessage bent = new NetlinkMessage(message.type(), message.flags(), 1, ByteBuffer.wrap(bytes));
                refused += readOrRefuse(bent) ? 1 : 0;
                rounds++;
            }
        }
        assertThat(refused).isBetween(rounds / 100, rounds * 99 / 100);
    }

    /// An error whose explanation is damaged: the headers announce more than there is, or nothing where something is.
    @Test
    void aDamagedErrorIsRefused() throws Exception {
        for (int length = 0; length < 40; length++) {
            for (int announced : new int[] {-1, 1000, Integer.MAX_VALUE}) {
                NetlinkMessage damaged = error(length, announced);
                assertThatExceptionOfType(EngineException.class)
                        .as("%d bytes that announce %d", length, announced)
                        .isThrownBy(damaged::extAckMessage)
                        .satisfies(
                                e -> assertThat(NetlinkMessage.isMalformed(e)).isTrue());
            }
        }
        // Without the header of the request that failed.
        refused(() -> error(19, 16).extAckMessage());
        // Attributes of no length.
        refused(() -> error(24, 16).extAckMessage());
        assertThat(error(20, 16).extAckMessage()).isEmpty();
    }

    @Test
    void aWholeErrorIsExplained() throws Exception {
        NetlinkMessage whole = error(36, 16);
        whole.payload()
                .putShort(20, (short) 16)
                .putShort(22, (short) 1)
                .position(24)
                .put("not enough\0".getBytes(StandardCharsets.US_ASCII));
        assertThat(whole.extAckMessage()).isEqualTo("not enough");
    }

    /// @param announced the length of the request that failed, in its header
    private static NetlinkMessage error(int length, int announced) {
        int explained = 0x200;
        ByteBuffer payload = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        if (length >= 8) {
            payload.putInt(4, announced);
        }
        return new NetlinkMessage(NetlinkMessage.NLMSG_ERROR, explained, 1, payload);
    }

    /// Each by itself: what can be read is read, what cannot is counted.
    @Test
    void oneDamagedMessageHidesNoOther() throws Exception {
        List<NetlinkMessage> addresses = new ArrayList<>(kernelAnswers().stream()
                .filter(message -> message.type() == Rtnl.RTM_NEWADDR)
                .toList());
        List<RouteMessageParser.LinkAddress> whole =
                NetlinkMessage.readEach(Unreadable.Kind.ADDRESS, addresses, RouteMessageParser::address, UNEXPECTED);
        NetlinkMessage damaged = addresses.getFirst();
        byte[] bytes = new byte[damaged.payload().remaining()];
        damaged.payload().get(bytes);
        bytes[1] = 127; // a prefix length that IPv4 does not have
        addresses.addFirst(new NetlinkMessage(damaged.type(), 0, 1, ByteBuffer.wrap(bytes)));
        addresses.add(new NetlinkMessage(
                damaged.type(), 0, 1, ByteBuffer.wrap(bytes, 0, 11).slice()));

        List<Unreadable> passedOver = new ArrayList<>();
        assertThat(NetlinkMessage.readEach(
                        Unreadable.Kind.ADDRESS, addresses, RouteMessageParser::address, passedOver::add))
                .isEqualTo(whole);
        assertThat(ProblemRegistry.unreadableProblems(passedOver))
                .extracting(Problem::sentence)
                .containsExactly("2 addresses could not be read: an address has a wrong prefix length");
    }

    @Test
    void oneDamagedSocketIsCounted() throws Exception {
        try (ServerSocket _ = new ServerSocket(8080, 1, LOOPBACK);
                ServerSocket _ = new ServerSocket(8081, 1, LOOPBACK);
                NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_SOCK_DIAG, 0)) {
            List<NetlinkMessage> answers =
                    socket.dump("test", SocketDiag.request(Family.IPV6, Protocol.TCP, new PortRange(8080, 8081)));
            assertThat(answers).hasSize(2);
            oneIsCounted(
                    answers,
                    (some, unreadable) -> SocketDiag.read(some, Family.IPV6, Protocol.TCP, unreadable),
                    "One socket could not be read: the message is cut short");
        }
    }

    @Test
    void oneDamagedFlowIsCounted() throws Exception {
        try (Conntrack conntrack = Conntrack.open()) {
            for (int port : new int[] {5001, 5002}) {
                conntrack.createUntranslated(new FlowTuple(LOOPBACK, LOOPBACK, port, 53));
            }
            oneIsCounted(
                    conntrack.flowMessages(Family.IPV4),
                    Conntrack::read,
                    "One UDP flow could not be read: the message is cut short");
        }
    }

    @Test
    void oneDamagedChainIsCounted() throws Exception {
        Shell.run("nft", "add table inet mine; add chain inet mine one; add chain inet mine two");
        oneIsCounted(
                NfChain.messages(),
                NfChain::read,
                "One chain of nf_tables could not be read: the message is cut short");
        Shell.run("nft", "delete table inet mine");
    }

    @Test
    void oneDamagedCounterIsCounted() throws Exception {
        oneIsCounted(
                kernelAnswers().stream()
                        .filter(message -> message.type() == Rtnl.RTM_NEWLINK)
                        .toList(),
                RouteReader::counters,
                "One counter of a link could not be read: the message is cut short");
    }

    /// @param whole at least two
    private static <T> void oneIsCounted(
            List<NetlinkMessage> whole,
            BiFunction<List<NetlinkMessage>, Consumer<Unreadable>, List<T>> reader,
            String sentence) {
        List<T> all = reader.apply(whole, UNEXPECTED);
        assertThat(all).hasSizeGreaterThan(1).hasSameSizeAs(whole);
        List<NetlinkMessage> damaged = new ArrayList<>(whole);
        NetlinkMessage first = whole.getFirst();
        damaged.set(0, new NetlinkMessage(first.type(), 0, 1, first.payload().slice(0, 2)));
        List<Unreadable> passedOver = new ArrayList<>();
        assertThat(reader.apply(damaged, passedOver::add)).isEqualTo(all.subList(1, all.size()));
        assertThat(ProblemRegistry.unreadableProblems(passedOver))
                .extracting(Problem::sentence)
                .containsExactly(sentence);
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

    /// @return whether it was refused
    private static boolean readOrRefuse(NetlinkMessage message) {
        try {
            switch (message.type()) {
                case Rtnl.RTM_NEWLINK -> {
                    RouteMessageParser.link(message, List.of());
                    RouteMessageParser.counters(message);
                }
                case Rtnl.RTM_NEWADDR -> RouteMessageParser.address(message);
                case Rtnl.RTM_NEWROUTE -> RouteMessageParser.routes(message, Map.of());
                default -> throw new AssertionError("not asked for: " + message);
            }
            return false;
        } catch (EngineException e) {
            assertThat(NetlinkMessage.isMalformed(e)).isTrue();
            return true;
        }
    }

    private static void refused(ThrowingCallable reading) {
        assertThatExceptionOfType(EngineException.class).isThrownBy(reading);
    }
}
