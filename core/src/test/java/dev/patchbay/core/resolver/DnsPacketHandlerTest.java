package dev.patchbay.core.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.dns.DnsChange;
import dev.patchbay.engine.dns.DnsRecord;
import dev.patchbay.engine.dns.NetworkMember;
import dev.patchbay.engine.dns.ServedNetwork;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// From bytes to bytes, without a socket.
class DnsPacketHandlerTest {
    private static final Id SHOP = Id.random();
    private static final InetAddress ASKER = address("172.18.0.2");

    private final NameDirectory directory = new NameDirectory();
    private final List<DnsRecord> late = new ArrayList<>();
    private final DnsPacketHandler conversation = new DnsPacketHandler(
            directory,
            new UpstreamResolver(directory, new HostNameServers(Path.of("/nonexistent"))),
            this::learn,
            defect -> {
                throw defect;
            });

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    DnsPacketHandlerTest() {
        List<DnsRecord> records = new ArrayList<>();
        records.add(new ServedNetwork(SHOP, "shop.net", List.of(address("172.18.0.1"), address("fd00::1"))));
        records.add(member("web01", "172.18.0.2", "fd00::2"));
        IntStream.rangeClosed(1, 100).forEach(i -> records.add(member("many", "172.18.1." + i)));
        directory.apply(new DnsChange(records, List.of()));
    }

    private void learn() {
        directory.apply(new DnsChange(late, List.of()));
        late.clear();
    }

    private static NetworkMember member(String name, String... addresses) {
        return new NetworkMember(
                Id.random(),
                SHOP,
                Id.random(),
                Arrays.stream(addresses).map(DnsPacketHandlerTest::address).toList(),
                List.of(name),
                true,
                List.of(),
                false);
    }

    private Message answer(Message query, boolean tcp) throws Exception {
        return new Message(conversation
                .answer(query.toWire(), SHOP, ASKER, tcp)
                .toCompletableFuture()
                .get());
    }

    private static Message query(String name, int type) {
        return Message.newQuery(Record.newRecord(Name.fromConstantString(name), type, DClass.IN));
    }

    @Test
    void anAddressOfEitherFamilyIsAnsweredForTenMinutesUnderTheNameAsItWasAsked() throws Exception {
        Message four = answer(query("WEB01.shop.net.", Type.A), false);
        assertThat(four.getSection(Section.ANSWER).getFirst().toString())
                .isEqualTo("WEB01.shop.net.\t\t600\tIN\tA\t172.18.0.2");
        assertThat(four.getHeader().getFlag(Flags.RA)).isTrue();
        Message six = answer(query("web01.", Type.AAAA), false);
        assertThat(six.getSection(Section.ANSWER).getFirst().rdataToString()).isEqualTo("fd00:0:0:0:0:0:0:2");
        Message reverse = answer(
                query("2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa.", Type.PTR), false);
        assertThat(reverse.getSection(Section.ANSWER).getFirst().rdataToString())
                .isEqualTo("web01.shop.net.");
    }

    @Test
    void whatDoesNotFitADatagramIsCutAndSaysSo() throws Exception {
        Message cut = answer(query("many.", Type.A), false);
        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(cut.toWire()).hasSizeBetween(480, 512);

        Message wide = query("many.", Type.A);
        wide.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
        Message more = answer(wide, false);
        assertThat(more.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(more.toWire()).hasSizeBetween(1200, 1232);
        assertThat(more.getOPT()).isNotNull();

        assertThat(answer(query("many.", Type.A), true).getSection(Section.ANSWER))
                .hasSize(100);
    }

    @Test
    void aHostWithoutNameServersFailsToFindTheUnknown() throws Exception {
        assertThat(answer(query("example.test.", Type.A), false).getRcode()).isEqualTo(Rcode.SERVFAIL);
    }

    @Test
    void whatIsNotYetKnownIsReadBeforeTheAnswer() throws Exception {
        late.add(member("fresh", "172.18.2.1"));
        assertThat(answer(query("web01.", Type.A), false).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(late).as("not read for a known name").hasSize(1);
        assertThat(answer(query("fresh.", Type.A), false)
                        .getSection(Section.ANSWER)
                        .getFirst()
                        .rdataToString())
                .isEqualTo("172.18.2.1");

        late.add(member("asker", "172.18.2.2"));
        byte[] answer = conversation
                .answer(query("web01.", Type.A).toWire(), SHOP, address("172.18.2.2"), false)
                .toCompletableFuture()
                .get();
        assertThat(new Message(answer).getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void whatIsNoPlainQuestionIsTurnedDown() throws Exception {
        Message update = query("web01.", Type.A);
        update.getHeader().setOpcode(Opcode.UPDATE);
        assertThat(answer(update, false).getRcode()).isEqualTo(Rcode.NOTIMP);

        Message two = query("web01.", Type.A);
        two.addRecord(Record.newRecord(Name.fromConstantString("many."), Type.A, DClass.IN), Section.QUESTION);
        assertThat(answer(two, false).getRcode()).isEqualTo(Rcode.FORMERR);

        Message newer = query("web01.", Type.A);
        newer.addRecord(new OPTRecord(1232, 0, 1), Section.ADDITIONAL);
        assertThat(answer(newer, false).getRcode()).isEqualTo(Rcode.BADVERS);

        Message answer = query("web01.", Type.A);
        answer.getHeader().setFlag(Flags.QR);
        assertThat(conversation
                        .answer(answer.toWire(), SHOP, ASKER, false)
                        .toCompletableFuture()
                        .get())
                .isNull();
    }

    @Test
    void noBytesMakeItFail() throws Exception {
        Random random = new Random(20_261_124);
        byte[] question = query("web01.shop.net.", Type.A).toWire();
        for (int i = 0; i < 100_000; i++) {
            byte[] packet = random.nextInt(3) == 0 ? new byte[random.nextInt(100)] : question.clone();
            if (random.nextInt(3) == 0) {
                packet = Arrays.copyOf(packet, random.nextInt(packet.length + 20));
            }
            for (int flips = random.nextInt(8); flips > 0 && packet.length > 0; flips--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt();
            }
            // An answer or none, never an exception.
            byte[] answer = conversation
                    .answer(packet, SHOP, ASKER, random.nextBoolean())
                    .toCompletableFuture()
                    .get();
            assertThat(answer == null || answer.length >= 12).isTrue();
        }
    }
}
