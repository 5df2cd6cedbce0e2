package dev.patchbay.core.resolver;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// A process of the tests, started in some namespace of a Lab: asks a name server, plays one, or sends one noise.
final class DnsTool {
    /// Before an answer that came to the second question only.
    static final String AGAIN = "AGAIN ";

    private static final int PORT = 53;
    private static final int TTL = 60;

    private DnsTool() {}

    public static void main(String[] words) throws Exception {
        switch (words[0]) {
            case "ask" -> System.out.println(ask(words[1], words[2], words[3], words.length > 4));
            case "together" -> System.out.println(together(words[1], words[2], Integer.parseInt(words[3])));
            case "noise" -> noise(words[1], Long.parseLong(words[2]), Integer.parseInt(words[3]));
            case "serve" -> serve(InetAddress.ofLiteral(words[1]));
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static SimpleResolver server(String address, boolean tcp) {
        SimpleResolver server = new SimpleResolver(new InetSocketAddress(InetAddress.ofLiteral(address), PORT));
        server.setTimeout(Duration.ofSeconds(20));
        server.setTCP(tcp);
        server.setIgnoreTruncation(true);
        server.setEDNS(-1);
        return server;
    }

    /// `NOERROR 172.18.0.2 172.18.0.3`, with `TC` when it was cut. Over UDP it is asked once more when nothing is
    /// heard,
    /// since a datagram may be lost, and says so in the answer: `AGAIN NOERROR …`. TCP loses nothing.
    private static String ask(String address, String name, String type, boolean tcp) throws Exception {
        SimpleResolver server = server(address, tcp);
        server.setTimeout(Duration.ofSeconds(6));
        Message query =
                Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), Type.value(type), DClass.IN));
        try {
            return text(server.send(query));
        } catch (IOException e) {
            if (tcp) {
                throw e;
            }
            System.err.println(e.getMessage());
            return AGAIN + text(server.send(query));
        }
    }

    private static String text(Message answer) {
        String records = answer.getSection(Section.ANSWER).stream()
                .map(record -> record.getType() == Type.TXT ? "text" : record.rdataToString())
                .collect(Collectors.joining(" "));
        String cut = answer.getHeader().getFlag(Flags.TC) ? " TC" : "";
        return (Rcode.string(answer.getRcode()) + cut + " " + records).strip();
    }

    private static String together(String address, String name, int count) {
        List<CompletableFuture<String>> answers = IntStream.range(0, count)
                .mapToObj(_ -> {
                    Message query =
                            Message.newQuery(Record.newRecord(Name.fromConstantString(name + "."), Type.A, DClass.IN));
                    return server(address, false)
                            .sendAsync(query)
                            .thenApply(DnsTool::text)
                            .toCompletableFuture();
                })
                .toList();
        return answers.stream().map(CompletableFuture::join).distinct().collect(Collectors.joining("\n"));
    }

    /// Packets of every kind of wrongness: random, and cut or changed questions; the same over TCP.
    private static void noise(String address, long seed, int count) throws Exception {
        Random random = new Random(seed);
        InetSocketAddress server = new InetSocketAddress(InetAddress.ofLiteral(address), PORT);
        byte[] question = Message.newQuery(Record.newRecord(Name.fromConstantString("web01.shop."), Type.A, DClass.IN))
                .toWire();
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < count; i++) {
                byte[] packet = packet(random, question);
                socket.send(new DatagramPacket(packet, packet.length, server));
            }
        }
        for (int i = 0; i < 40; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(server);
                byte[] packet = packet(random, question);
                // Half of the lengths lie.
                int length = random.nextBoolean() ? packet.length : random.nextInt(1 << 16);
                socket.getOutputStream().write(new byte[] {(byte) (length >> 8), (byte) length});
                socket.getOutputStream().write(packet);
            }
        }
    }

    private static byte[] packet(Random random, byte[] question) {
        byte[] packet = random.nextInt(4) == 0 ? new byte[random.nextInt(600)] : question.clone();
        if (random.nextInt(4) == 0) {
            packet = Arrays.copyOf(packet, random.nextInt(packet.length + 20));
        }
        for (int i = random.nextInt(8); i > 0 && packet.length > 0; i--) {
            packet[random.nextInt(packet.length)] = (byte) random.nextInt();
        }
        return packet;
    }

    /// `here.test` is 192.0.2.80, `long.test` a text that no datagram takes, `broken.test` a failure; of
    /// `silent.test` nothing is heard; nothing else exists. Each question is written out.
    private static void serve(InetAddress address) throws Exception {
        DatagramSocket udp = new DatagramSocket(PORT, address);
        ServerSocket tcp = new ServerSocket(PORT, 5, address);
        System.out.println("ready");
        Thread.ofPlatform().start(() -> {
            try {
                while (true) {
                    try (Socket socket = tcp.accept()) {
                        DataInputStream in = new DataInputStream(socket.getInputStream());
                        byte[] query = new byte[in.readUnsignedShort()];
                        in.readFully(query);
                        byte[] answer = answer(query).toWire(Message.MAXLENGTH);
                        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                        out.writeShort(answer.length);
                        out.write(answer);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            udp.receive(packet);
            Message answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
            if (!answer.getQuestion().getName().toString(true).equals("silent.test")) {
                byte[] bytes = answer.toWire(512);
                udp.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
            }
        }
    }

    private static Message answer(byte[] packet) throws IOException {
        Message query = new Message(packet);
        Record question = query.getQuestion();
        System.out.println(question.getName() + " " + Type.string(question.getType()));
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question, Section.QUESTION);
        List<Record> records = new ArrayList<>();
        switch (question.getName().toString(true)) {
            case "here.test" ->
                records.add(new ARecord(question.getName(), DClass.IN, TTL, InetAddress.ofLiteral("192.0.2.80")));
            case "long.test" ->
                IntStream.range(0, 20)
                        .forEach(i ->
                                records.add(new TXTRecord(question.getName(), DClass.IN, TTL, i + "x".repeat(200))));
            case "broken.test" -> answer.getHeader().setRcode(Rcode.SERVFAIL);
            default -> answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        records.forEach(record -> answer.addRecord(record, Section.ANSWER));
        return answer;
    }
}
