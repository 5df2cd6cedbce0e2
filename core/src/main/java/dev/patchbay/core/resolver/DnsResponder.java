package dev.patchbay.core.resolver;

import dev.patchbay.engine.dns.NetworkMember;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Decides how to respond to a query: with an answer from the directory, with an error, or by forwarding
/// it.
///
/// It behaves as Docker's embedded server, except that a query of any type for one of our names never
/// leaves the host, and that a container with only internal networks gets an error instead of a
/// forwarded query.
final class DnsResponder {
    static final int TTL_SECONDS = 600;
    /// Passes any network unfragmented, as recommended since DNS flag day 2020.
    static final int LARGEST_DATAGRAM = 1232;

    private static final int SMALLEST_DATAGRAM = 512;
    /// With the name as a pointer to that of the question.
    private static final int ADDRESS_RECORD_BYTES = 28;

    private static final int EDNS_VERSION = 0;

    private final NameDirectory directory;

    DnsResponder(NameDirectory directory) {
        this.directory = directory;
    }

    sealed interface Decision {
        record Answer(Message message) implements Decision {}

        /// @param client the member that sent the query
        record Forward(Message question, NetworkMember client) implements Decision {}
    }

    /// @param client null when no member has the source address
    Decision decide(Message query, @Nullable NetworkMember client) {
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            return errorDecision(query, Rcode.NOTIMP);
        }
        Record question = query.getQuestion();
        if (question == null || query.getHeader().getCount(Section.QUESTION) != 1) {
            return errorDecision(query, Rcode.FORMERR);
        }
        OPTRecord options = query.getOPT();
        if (options != null && options.getVersion() != EDNS_VERSION) {
            return errorDecision(query, Rcode.BADVERS);
        }
        if (client == null || question.getDClass() != DClass.IN) {
            return errorDecision(query, Rcode.REFUSED);
        }
        return question.getType() == Type.PTR ? reverse(query, client) : forward(query, client);
    }

    private Decision forward(Message query, NetworkMember client) {
        Record question = query.getQuestion();
        String name = text(question.getName());
        List<InetAddress> addresses = directory.addresses(client, serviceOwner(name));
        boolean forAddresses = question.getType() == Type.A || question.getType() == Type.AAAA;
        if (addresses == null) {
            return forAddresses && client.bareNamesLocal() && name.indexOf('.') < 0
                    ? new Decision.Answer(response(query))
                    : forwardOrFail(query, client);
        }
        Message response = response(query);
        if (forAddresses) {
            int length = question.getType() == Type.A ? 4 : 16;
            for (InetAddress address : addresses) {
                if (address.getAddress().length == length) {
                    response.addRecord(addressRecord(question, address), Section.ANSWER);
                }
            }
        }
        return new Decision.Answer(response);
    }

    /// For a service name, as `_http._tcp.web01`, the name of its host.
    private static String serviceOwner(String name) {
        String owner = name;
        while (owner.startsWith("_") && owner.indexOf('.') > 0) {
            owner = owner.substring(owner.indexOf('.') + 1);
        }
        return owner;
    }

    private Decision reverse(Message query, NetworkMember client) {
        Record question = query.getQuestion();
        try {
            String name = directory.reverseLookup(client, ReverseMap.fromName(question.getName()));
            if (name != null) {
                Message response = response(query);
                response.addRecord(
                        new PTRRecord(question.getName(), DClass.IN, TTL_SECONDS, Name.fromString(name, Name.root)),
                        Section.ANSWER);
                return new Decision.Answer(response);
            }
        } catch (UnknownHostException | TextParseException e) {
            // No address, or a network whose name is no valid domain, so there is no name to return.
            return forwardOrFail(query, client);
        }
        return forwardOrFail(query, client);
    }

    private static Decision forwardOrFail(Message query, NetworkMember client) {
        return client.reachesOutside() ? new Decision.Forward(query, client) : errorDecision(query, Rcode.SERVFAIL);
    }

    private static Record addressRecord(Record question, InetAddress address) {
        return question.getType() == Type.A
                ? new ARecord(question.getName(), DClass.IN, TTL_SECONDS, address)
                : new AAAARecord(question.getName(), DClass.IN, TTL_SECONDS, address);
    }

    private static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }

    private static Decision.Answer errorDecision(Message query, int code) {
        return new Decision.Answer(errorResponse(query, code));
    }

    static Message errorResponse(Message query, int code) {
        Message response = response(query);
        response.getHeader().setRcode(code & 0xf);
        OPTRecord options = query.getOPT();
        if (options != null) {
            response.removeAllRecords(Section.ADDITIONAL);
            response.addRecord(new OPTRecord(LARGEST_DATAGRAM, code >> 4, EDNS_VERSION), Section.ADDITIONAL);
        }
        return response;
    }

    /// The response to a packet that is no valid message, but long enough to be answered.
    static Message formatError(int id, int opcode) {
        Message response = new Message(id);
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setOpcode(opcode);
        response.getHeader().setRcode(Rcode.FORMERR);
        return response;
    }

    private static Message response(Message query) {
        Message response = new Message(query.getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.RA);
        response.getHeader().setOpcode(query.getHeader().getOpcode());
        if (query.getHeader().getFlag(Flags.RD)) {
            response.getHeader().setFlag(Flags.RD);
        }
        for (Record question : query.getSection(Section.QUESTION)) {
            response.addRecord(question, Section.QUESTION);
        }
        if (query.getOPT() != null) {
            response.addRecord(new OPTRecord(LARGEST_DATAGRAM, Rcode.NOERROR, EDNS_VERSION), Section.ADDITIONAL);
        }
        return response;
    }

    /// The response within this length: as many addresses as fit, and the truncation flag if some are
    /// missing. The library would drop all, and not every client repeats the query over TCP.
    static byte[] truncated(Message response, int longest) {
        byte[] whole = response.toWire();
        while (whole.length > longest && !response.getSection(Section.ANSWER).isEmpty()) {
            List<Record> answers = List.copyOf(response.getSection(Section.ANSWER));
            int tooMany = Math.ceilDiv(whole.length - longest, ADDRESS_RECORD_BYTES);
            answers.subList(Math.max(0, answers.size() - tooMany), answers.size())
                    .forEach(record -> response.removeRecord(record, Section.ANSWER));
            response.getHeader().setFlag(Flags.TC);
            whole = response.toWire();
        }
        return whole;
    }

    /// Maximum length of the response to this query over UDP.
    static int maxLength(Message query) {
        OPTRecord options = query.getOPT();
        return options == null
                ? SMALLEST_DATAGRAM
                : Math.clamp(options.getPayloadSize(), SMALLEST_DATAGRAM, LARGEST_DATAGRAM);
    }
}
