package dev.patchbay.engine.dns;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The format of a [DnsChange] in the pipe from the helper to the resolver: lists and texts with their
/// lengths, so that no name needs quoting. It is not JSON, because a JVM without a JSON library starts
/// in a third of the time, and because the process that reads hostile packets should contain little
/// code.
public final class DnsPipeFormat {
    /// The resolver writes this for each change that is in force.
    public static final int ACKNOWLEDGE = '.';

    private static final int NETWORK = 'n';
    private static final int MEMBER = 'm';

    private DnsPipeFormat() {}

    public static void write(DnsChange change, DataOutput out) throws IOException {
        out.writeInt(change.put().size());
        for (DnsRecord put : change.put()) {
            switch (put) {
                case ServedNetwork network -> write(network, out);
                case NetworkMember member -> write(member, out);
            }
        }
        writeTexts(change.remove().stream().map(Id::value).toList(), out);
    }

    private static void write(ServedNetwork network, DataOutput out) throws IOException {
        out.writeByte(NETWORK);
        out.writeUTF(network.id().value());
        out.writeUTF(network.name());
        writeAddresses(network.gateways(), out);
    }

    private static void write(NetworkMember member, DataOutput out) throws IOException {
        out.writeByte(MEMBER);
        out.writeUTF(member.id().value());
        out.writeUTF(member.network().value());
        out.writeUTF(member.sandbox().value());
        writeAddresses(member.addresses(), out);
        writeTexts(member.names(), out);
        out.writeBoolean(member.reachesOutside());
        writeAddresses(member.nameServers(), out);
        out.writeBoolean(member.bareNamesLocal());
    }

    private static void writeAddresses(List<InetAddress> addresses, DataOutput out) throws IOException {
        out.writeInt(addresses.size());
        for (InetAddress address : addresses) {
            byte[] bytes = address.getAddress();
            out.writeByte(bytes.length);
            out.write(bytes);
        }
    }

    private static void writeTexts(List<String> texts, DataOutput out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    /// @throws IOException when the stream ends, also within a change, or has other content
    public static DnsChange read(DataInput in) throws IOException {
        try {
            int count = in.readInt();
            List<DnsRecord> put = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                put.add(readRecord(in));
            }
            return new DnsChange(put, readTexts(in).stream().map(Id::new).toList());
        } catch (IllegalArgumentException e) {
            throw new IOException("not a change of names", e);
        }
    }

    private static DnsRecord readRecord(DataInput in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case NETWORK -> new ServedNetwork(new Id(in.readUTF()), in.readUTF(), readAddresses(in));
            case MEMBER ->
                new NetworkMember(
                        new Id(in.readUTF()),
                        new Id(in.readUTF()),
                        new Id(in.readUTF()),
                        readAddresses(in),
                        readTexts(in),
                        in.readBoolean(),
                        readAddresses(in),
                        in.readBoolean());
            default -> throw new IOException("a record of kind " + kind);
        };
    }

    private static List<InetAddress> readAddresses(DataInput in) throws IOException {
        int count = in.readInt();
        List<InetAddress> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[in.readUnsignedByte()];
            in.readFully(bytes);
            addresses.add(Addresses.of(bytes));
        }
        return addresses;
    }

    private static List<String> readTexts(DataInput in) throws IOException {
        int count = in.readInt();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }
}
