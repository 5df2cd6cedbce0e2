package dev.patchbay.core.packet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.packet.NftOperand.Absent;
import dev.patchbay.core.packet.NftOperand.Concatenation;
import dev.patchbay.core.packet.NftOperand.DataType;
import dev.patchbay.core.packet.NftOperand.Flags;
import dev.patchbay.core.packet.NftOperand.Link;
import dev.patchbay.core.packet.NftOperand.Numeric;
import dev.patchbay.core.packet.NftOperand.Unknown;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Evaluates expressions of libnftables-json(5) for one packet.
final class NftExpression {
    /// A set or a map of a table.
    ///
    /// @param elements of a map pairs of key and value
    /// @param changing whether packets change it, or time does
    record NamedSet(JsonNode elements, boolean changing) {}

    /// A value that a map may give.
    ///
    /// @param data null when the map has no such key
    record Candidate(@Nullable JsonNode data) {}

    /// A number with more possible values is not looked up one by one.
    private static final int MAX_VALUES = 256;

    private static final Set<String> OTHER_PROTOCOLS = Set.of("udplite", "dccp", "ah", "esp", "comp", "igmp");

    private final Packet packet;
    private final MatchContext context;
    private final Map<String, NamedSet> sets;

    NftExpression(Packet packet, MatchContext context, Map<String, NamedSet> sets) {
        this.packet = packet;
        this.context = context;
        this.sets = sets;
    }

    /// A `match` statement.
    Ternary matches(JsonNode match) {
        NftOperand left = evaluate(match.path("left"));
        JsonNode right = match.path("right");
        if (left instanceof Absent) {
            return Ternary.NO;
        }
        return switch (match.path("op").asText()) {
            case "==" -> equal(left, right);
            case "!=" -> equal(left, right).negatedIf(true);
            case "in" -> intersects(left, right);
            case "!" -> intersects(left, right).negatedIf(true);
            case "<" -> compare(left, right, -1, false);
            case "<=" -> compare(left, right, -1, true);
            case ">" -> compare(left, right, 1, false);
            case ">=" -> compare(left, right, 1, true);
            default -> Ternary.MAYBE;
        };
    }

    private Ternary equal(NftOperand left, JsonNode right) {
        // Older versions of nft print `ct state a,b` so, where one of them is enough.
        return right.isArray() && left instanceof Flags flags && flags.type() == DataType.CT_STATE
                ? intersects(left, right)
                : contains(left, right);
    }

    private Ternary intersects(NftOperand left, JsonNode right) {
        if (left instanceof Flags(DataType type, MarkBits bits) && !isSet(right)) {
            BigInteger mask = constant(type, right);
            return mask == null ? Ternary.MAYBE : bits.intersects(mask.longValue());
        }
        return contains(left, right);
    }

    private static boolean isSet(JsonNode node) {
        return node.has("set") || (node.isTextual() && node.textValue().startsWith("@"));
    }

    private Ternary compare(NftOperand left, JsonNode right, int wanted, boolean orEqual) {
        NftOperand value = exact(left);
        if (!(value instanceof Numeric number)) {
            return Ternary.MAYBE;
        }
        BigInteger limit = constant(number.type(), right);
        if (limit == null) {
            return Ternary.MAYBE;
        }
        Ternary first = ordered(number.first(), limit, wanted, orEqual);
        return first == ordered(number.last(), limit, wanted, orEqual) ? first : Ternary.MAYBE;
    }

    private static Ternary ordered(BigInteger value, BigInteger limit, int wanted, boolean orEqual) {
        int order = value.compareTo(limit);
        return Ternary.of(order == 0 ? orEqual : Integer.signum(order) == wanted);
    }

    /// Flags without unknown bits are a number.
    private static NftOperand exact(NftOperand operand) {
        return operand instanceof Flags(DataType type, MarkBits bits) && bits.unknown() == 0
                ? Numeric.of(type, bits.value())
                : operand;
    }

    /// Whether a constant is the value, or has it: a set, a range, a prefix.
    private Ternary contains(NftOperand value, JsonNode constant) {
        if (constant.has("set")) {
            return anyOf(value, constant.get("set"));
        }
        if (constant.isTextual() && constant.textValue().startsWith("@")) {
            NamedSet named = sets.get(constant.textValue().substring(1));
            return named == null || named.changing() ? Ternary.MAYBE : anyOf(value, named.elements());
        }
        if (constant.has("elem")) {
            JsonNode element = constant.get("elem");
            return element.has("timeout") || element.has("expires")
                    ? contains(value, element.path("val")).and(Ternary.MAYBE)
                    : contains(value, element.path("val"));
        }
        return switch (value) {
            case Absent _ -> Ternary.NO;
            case Unknown _ -> Ternary.MAYBE;
            case Link(String name) -> isLink(name, constant);
            case Concatenation(List<NftOperand> parts) -> containsAll(parts, constant);
            case Flags(DataType type, MarkBits bits) -> flagsIn(type, bits, constant);
            case Numeric number -> numberIn(number, constant);
        };
    }

    private Ternary anyOf(NftOperand value, JsonNode elements) {
        Ternary any = Ternary.NO;
        for (JsonNode element : elements) {
            any = any.or(isWildcard(element) ? Ternary.YES : contains(value, element));
        }
        return value instanceof Absent ? Ternary.NO : any;
    }

    /// The element of a set or a map for everything else.
    private static boolean isWildcard(JsonNode element) {
        return element.isTextual() && element.textValue().equals("*");
    }

    private Ternary containsAll(List<NftOperand> parts, JsonNode constant) {
        JsonNode wanted = constant.path("concat");
        if (wanted.size() != parts.size()) {
            return Ternary.MAYBE;
        }
        Ternary all = Ternary.YES;
        for (int i = 0; i < parts.size(); i++) {
            all = all.and(contains(parts.get(i), wanted.get(i)));
        }
        return all;
    }

    private static Ternary isLink(String name, JsonNode constant) {
        if (constant.isBoolean()) {
            return Ternary.of(constant.booleanValue() != name.isEmpty());
        }
        if (constant.isNumber() || constant.asText().equals("0")) {
            return Ternary.of(constant.asInt() == 0 && name.isEmpty()); // the index of a link that is gone
        }
        String wanted = constant.asText();
        if (wanted.endsWith("\\*")) {
            return Ternary.of(name.equals(wanted.substring(0, wanted.length() - 2) + "*"));
        }
        return Ternary.of(
                wanted.endsWith("*")
                        ? name.startsWith(wanted.substring(0, wanted.length() - 1)) && !name.isEmpty()
                        : name.equals(wanted));
    }

    private Ternary flagsIn(DataType type, MarkBits bits, JsonNode constant) {
        BigInteger wanted = constant(type, constant);
        if (wanted != null) {
            return bits.equalTo(wanted.longValue());
        }
        return bits.unknown() == 0 ? numberIn(Numeric.of(type, bits.value()), constant) : Ternary.MAYBE;
    }

    private Ternary numberIn(Numeric number, JsonNode constant) {
        BigInteger low;
        BigInteger high;
        if (constant.has("range")) {
            low = constant(number.type(), constant.get("range").path(0));
            high = constant(number.type(), constant.get("range").path(1));
        } else if (constant.has("prefix")) {
            JsonNode prefix = constant.get("prefix");
            low = constant(number.type(), prefix.path("addr"));
            int width = prefix.path("addr").asText().contains(":") ? 128 : 32;
            int hostBits = width - prefix.path("len").asInt(width);
            high = low == null
                    ? null
                    : low.add(BigInteger.ONE.shiftLeft(hostBits)).subtract(BigInteger.ONE);
        } else {
            low = constant(number.type(), constant);
            high = low;
        }
        if (low == null || high == null) {
            return Ternary.MAYBE;
        }
        if (number.last().compareTo(low) < 0 || number.first().compareTo(high) > 0) {
            return Ternary.NO;
        }
        return number.first().compareTo(low) >= 0 && number.last().compareTo(high) <= 0 ? Ternary.YES : Ternary.MAYBE;
    }

    /// Null for one that is not known.
    private @Nullable BigInteger constant(DataType type, JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.bigIntegerValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue() ? BigInteger.ONE : BigInteger.ZERO;
        }
        JsonNode alternatives = node.isArray() ? node : node.path("|");
        if (alternatives.isArray() && !alternatives.isEmpty()) {
            BigInteger all = BigInteger.ZERO;
            for (JsonNode alternative : alternatives) {
                BigInteger one = constant(type, alternative);
                if (one == null) {
                    return null;
                }
                all = all.or(one);
            }
            return all;
        }
        if (!node.isTextual()) {
            return null;
        }
        // Older versions of nft print ports of a set so that belong to no protocol.
        String text = node.textValue().replace(" [invalid type]", "");
        BigInteger named = type.constant(text);
        if (named != null) {
            return named;
        }
        try {
            return type == DataType.ADDRESS ? number(Addresses.parse(text)) : BigInteger.valueOf(Long.decode(text));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    /// Every value of a map that the packet may get.
    List<Candidate> lookUp(JsonNode key, JsonNode data) {
        return lookUp(evaluate(key), data);
    }

    private List<Candidate> lookUp(NftOperand key, JsonNode data) {
        if (key instanceof Absent) {
            return List.of(new Candidate(null));
        }
        if (key instanceof Numeric(DataType type, BigInteger first, BigInteger last)
                && !first.equals(last)
                && last.subtract(first).compareTo(BigInteger.valueOf(MAX_VALUES)) < 0) {
            Set<Candidate> all = new LinkedHashSet<>();
            for (BigInteger value = first; value.compareTo(last) <= 0; value = value.add(BigInteger.ONE)) {
                all.addAll(lookUp(new Numeric(type, value, value), data));
            }
            return List.copyOf(all);
        }
        NamedSet named = data.isTextual() ? sets.get(data.textValue().substring(1)) : null;
        JsonNode elements = named == null ? data.path("set") : named.elements();
        boolean changing = data.isTextual() && (named == null || named.changing());
        List<Candidate> candidates = new ArrayList<>();
        Candidate otherwise = new Candidate(null);
        for (JsonNode element : elements) {
            if (isWildcard(element.path(0))) {
                otherwise = new Candidate(element.get(1));
                continue;
            }
            Ternary is = contains(key, element.path(0));
            if (is == Ternary.YES && !changing) {
                return List.of(new Candidate(element.get(1)));
            }
            if (is != Ternary.NO) {
                candidates.add(new Candidate(element.get(1)));
            }
        }
        candidates.add(otherwise);
        return List.copyOf(candidates);
    }

    /// Every value that an expression may have: those of a map, or one.
    List<NftOperand> values(JsonNode expression) {
        if (!expression.has("map")) {
            return List.of(evaluate(expression));
        }
        JsonNode map = expression.get("map");
        return lookUp(map.path("key"), map.path("data")).stream()
                .map(candidate -> candidate.data() == null ? new Absent() : evaluate(candidate.data()))
                .toList();
    }

    NftOperand evaluate(JsonNode node) {
        if (node.isIntegralNumber() || node.isBoolean()) {
            BigInteger value = constant(DataType.NUMBER, node);
            return value == null ? new Unknown() : new Numeric(DataType.NUMBER, value, value);
        }
        if (node.isTextual()) {
            BigInteger value = constant(DataType.NUMBER, node);
            return value == null ? new Unknown() : new Numeric(DataType.NUMBER, value, value);
        }
        if (!node.isObject() || node.isEmpty()) {
            return new Unknown();
        }
        String name = node.fieldNames().next();
        JsonNode details = node.path(name);
        return switch (name) {
            case "payload" ->
                payload(details.path("protocol").asText(), details.path("field").asText());
            case "meta" -> meta(details.path("key").asText());
            case "ct" ->
                conntrack(details.path("key").asText(), details.path("dir").asText());
            case "fib" -> fib(details.path("result").asText(), words(details.path("flags")));
            case "concat" -> concatenation(details);
            case "numgen", "jhash", "symhash" -> {
                long offset = details.path("offset").asLong(0);
                yield new Numeric(
                        DataType.NUMBER,
                        BigInteger.valueOf(offset),
                        BigInteger.valueOf(
                                offset + Math.max(1, details.path("mod").asLong(1)) - 1));
            }
            case "exthdr" -> {
                // The packets that are derived have no extension headers.
                boolean asksForField = details.has("field");
                yield packet.family() == Family.IPV4 || asksForField ? new Absent() : Numeric.of(DataType.NUMBER, 0);
            }
            case "map" -> {
                List<NftOperand> values = values(node);
                yield values.size() == 1 ? values.getFirst() : new Unknown();
            }
            case "&", "|", "^", "<<", ">>" -> binary(name, details);
            default -> new Unknown();
        };
    }

    private static List<String> words(JsonNode node) {
        List<String> words = new ArrayList<>();
        (node.isArray() ? node : List.of(node)).forEach(word -> words.add(word.asText()));
        return words;
    }

    private NftOperand concatenation(JsonNode parts) {
        List<NftOperand> values = new ArrayList<>();
        for (JsonNode part : parts) {
            NftOperand value = evaluate(part);
            if (value instanceof Absent) {
                return value;
            }
            values.add(value);
        }
        return new Concatenation(values);
    }

    private NftOperand binary(String operator, JsonNode operands) {
        NftOperand result = evaluate(operands.path(0));
        for (int i = 1; i < operands.size(); i++) {
            result = binary(operator, result, operands.get(i));
        }
        return result;
    }

    private NftOperand binary(String operator, NftOperand left, JsonNode rightNode) {
        DataType type =
                left instanceof Flags flags ? flags.type() : left instanceof Numeric number ? number.type() : null;
        BigInteger constant = type == null ? null : constant(type, rightNode);
        NftOperand right = constant != null
                ? new Numeric(DataType.NUMBER, constant, constant)
                : rightNode.isObject() ? evaluate(rightNode) : new Unknown();
        if (left instanceof Absent || right instanceof Absent) {
            return new Absent();
        }
        if (type != null
                && left instanceof Numeric number
                && number.isExact()
                && right instanceof Numeric mask
                && mask.isExact()) {
            BigInteger value = number.first();
            BigInteger other = mask.first();
            BigInteger result = switch (operator) {
                case "&" -> value.and(other);
                case "|" -> value.or(other);
                case "^" -> value.xor(other);
                case "<<" -> value.shiftLeft(other.intValue());
                default -> value.shiftRight(other.intValue());
            };
            return new Numeric(type, result, result);
        }
        MarkBits bits = bits(left);
        MarkBits others = bits(right);
        if (type == null || bits == null || others == null) {
            return new Unknown();
        }
        return switch (operator) {
            case "&" -> new Flags(type, bits.and(others));
            case "|" -> new Flags(type, bits.or(others));
            case "^" -> new Flags(type, bits.xor(others));
            case "<<" ->
                others.unknown() == 0 ? new Flags(type, bits.shiftedLeft((int) others.value())) : new Unknown();
            default -> others.unknown() == 0 ? new Flags(type, bits.shiftedRight((int) others.value())) : new Unknown();
        };
    }

    /// Null for a value that is none of 32 bits.
    static @Nullable MarkBits bits(NftOperand operand) {
        if (operand instanceof Flags flags) {
            return flags.bits();
        }
        return operand instanceof Numeric number
                        && number.isExact()
                        && number.first().bitLength() <= 32
                ? MarkBits.of(number.first().longValue())
                : null;
    }

    private NftOperand payload(String protocol, String field) {
        return switch (protocol) {
            case "ip" -> packet.family() == Family.IPV4 ? ipv4(field) : new Absent();
            case "ip6" -> packet.family() == Family.IPV6 ? ipv6(field) : new Absent();
            case "tcp" -> packet.protocol() == Protocol.TCP ? transport(field) : new Absent();
            case "udp" -> packet.protocol() == Protocol.UDP ? transport(field) : new Absent();
            case "sctp" -> packet.protocol() == Protocol.SCTP ? transport(field) : new Absent();
            case "th" -> packet.protocol() == null ? new Unknown() : transport(field);
            case "ether" -> context.bridge() && field.equals("type") ? meta("protocol") : new Unknown();
            case "vlan" -> context.bridge() ? new Absent() : new Unknown();
            case "arp" -> new Absent();
            case "icmp" -> icmp(field, Family.IPV4, DataType.ICMP_TYPE, packet.reply() ? 0 : 8);
            case "icmpv6" -> icmp(field, Family.IPV6, DataType.ICMPV6_TYPE, packet.reply() ? 129 : 128);
            default -> OTHER_PROTOCOLS.contains(protocol) ? new Absent() : new Unknown();
        };
    }

    private NftOperand ipv4(String field) {
        return switch (field) {
            case "saddr" -> address(packet.source());
            case "daddr" -> address(packet.destination());
            case "protocol" -> protocol();
            case "version" -> Numeric.of(DataType.NUMBER, 4);
            // No fragments; the bit that forbids them may be set.
            case "frag-off" -> new Flags(DataType.NUMBER, new MarkBits(0, 0x4000));
            default -> new Unknown();
        };
    }

    private NftOperand ipv6(String field) {
        return switch (field) {
            case "saddr" -> address(packet.source());
            case "daddr" -> address(packet.destination());
            case "nexthdr" -> protocol();
            case "version" -> Numeric.of(DataType.NUMBER, 6);
            default -> new Unknown();
        };
    }

    private NftOperand transport(String field) {
        return switch (field) {
            case "dport" -> port(packet.destinationPort());
            case "sport" -> port(packet.sourcePort());
            case "flags" ->
                packet.protocol() == Protocol.TCP
                        // The kernel of the sender may ask for explicit congestion notification.
                        ? new Flags(DataType.TCP_FLAGS, new MarkBits(packet.reply() ? 0x12 : 0x02, 0xc0))
                        : new Unknown();
            default -> new Unknown();
        };
    }

    private NftOperand icmp(String field, Family family, DataType type, int value) {
        if (packet.protocol() != null || packet.family() != family) {
            return new Absent();
        }
        return switch (field) {
            case "type" -> Numeric.of(type, value);
            case "code" -> Numeric.of(DataType.NUMBER, 0);
            default -> new Unknown();
        };
    }

    private static NftOperand address(InetAddress address) {
        return new Numeric(DataType.ADDRESS, number(address), number(address));
    }

    private NftOperand port(int port) {
        return port != 0
                ? Numeric.of(DataType.NUMBER, port)
                : new Numeric(
                        DataType.NUMBER,
                        BigInteger.valueOf(context.ephemeralPorts().first()),
                        BigInteger.valueOf(context.ephemeralPorts().last()));
    }

    private NftOperand protocol() {
        return Numeric.of(DataType.PROTOCOL, packet.protocolNumber());
    }

    private NftOperand meta(String key) {
        boolean ipv4 = packet.family() == Family.IPV4;
        return switch (key) {
            case "l4proto" -> protocol();
            case "nfproto" -> Numeric.of(DataType.FAMILY, ipv4 ? 2 : 10);
            case "protocol" -> Numeric.of(DataType.ETHER_TYPE, ipv4 ? 0x0800 : 0x86dd);
            case "mark" -> new Flags(DataType.NUMBER, packet.mark());
            case "iif", "iifname" -> new Link(packet.in());
            case "oif", "oifname" -> new Link(packet.out());
            default -> new Unknown();
        };
    }

    private NftOperand conntrack(String key, String direction) {
        if (context.bridge()) {
            return new Unknown(); // bridges have a conntrack of their own, which is not always in use
        }
        Packet.Tracking tracking = packet.tracking();
        if (tracking.untracked() || !context.tracked()) {
            return key.equals("state")
                    ? new Flags(DataType.CT_STATE, MarkBits.of(tracking.untracked() ? 64 : 1))
                    : new Absent();
        }
        if (packet.isInvalid()) {
            return key.equals("state") ? new Flags(DataType.CT_STATE, MarkBits.of(1)) : new Absent();
        }
        if (tracking.answersUntracked() && !key.equals("state")) {
            return new Unknown();
        }
        if (!direction.isEmpty()) {
            return direction.equals("original") ? originalTuple(key, tracking) : new Unknown();
        }
        return switch (key) {
            case "state" -> new Flags(DataType.CT_STATE, MarkBits.of(packet.startsConnection() ? 8 : 2));
            case "direction" -> Numeric.of(DataType.CT_DIRECTION, packet.reply() ? 1 : 0);
            case "mark" -> new Flags(DataType.NUMBER, tracking.mark());
            case "status" -> {
                int seen = packet.reply() ? 2 | 8 : 0;
                int translated = (packet.snat() ? 16 : 0) | (packet.dnat() ? 32 : 0);
                yield new Flags(DataType.CT_STATUS, new MarkBits(seen | translated, packet.reply() ? 4 : 0));
            }
            case "l3proto" -> Numeric.of(DataType.FAMILY, packet.family() == Family.IPV4 ? 2 : 10);
            case "protocol" -> protocol();
            default -> new Unknown();
        };
    }

    private NftOperand originalTuple(String key, Packet.Tracking tracking) {
        boolean ipv4 = packet.family() == Family.IPV4;
        return switch (key) {
            case "saddr" -> address(tracking.source());
            case "daddr" -> address(tracking.destination());
            case "ip saddr" -> ipv4 ? address(tracking.source()) : new Absent();
            case "ip daddr" -> ipv4 ? address(tracking.destination()) : new Absent();
            case "ip6 saddr" -> ipv4 ? new Absent() : address(tracking.source());
            case "ip6 daddr" -> ipv4 ? new Absent() : address(tracking.destination());
            case "proto-src" -> packet.protocol() == null ? new Unknown() : port(tracking.sourcePort());
            case "proto-dst" -> packet.protocol() == null ? new Unknown() : port(tracking.destinationPort());
            case "l3proto" -> Numeric.of(DataType.FAMILY, ipv4 ? 2 : 10);
            case "protocol" -> protocol();
            default -> new Unknown();
        };
    }

    private NftOperand fib(String result, List<String> flags) {
        boolean ofSource = flags.contains("saddr");
        InetAddress address = ofSource ? packet.source() : packet.destination();
        if (result.equals("type")) {
            boolean local = context.isLocal(address);
            if (local && (flags.contains("iif") || flags.contains("oif"))) {
                return new Unknown(); // it matters to which link the address belongs
            }
            byte[] bytes = address.getAddress();
            boolean broadcast = bytes.length == 4 && Arrays.equals(bytes, new byte[] {-1, -1, -1, -1});
            return Numeric.of(DataType.ADDRESS_TYPE, local ? 2 : address.isMulticastAddress() ? 5 : broadcast ? 3 : 1);
        }
        MatchContext.Routes routes = context.routes();
        if (packet.in().equals("lo")) {
            return new Link("lo");
        }
        if (!result.startsWith("oif")
                || routes == null
                || packet.in().isEmpty()
                || flags.contains("oif")
                || context.isLocal(address)
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()) {
            return new Unknown();
        }
        String device = routes.device(
                address,
                ofSource ? packet.destination() : packet.source(),
                flags.contains("mark") ? packet.mark() : MarkBits.ZERO);
        if (device == null) {
            return new Unknown();
        }
        return new Link(flags.contains("iif") && !device.equals(packet.in()) ? "" : device);
    }
}
