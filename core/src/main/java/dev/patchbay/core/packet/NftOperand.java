package dev.patchbay.core.packet;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The value of an expression of nft for one packet.
sealed interface NftOperand {
    /// A number from a range, of which only one is true.
    record Numeric(DataType type, BigInteger first, BigInteger last) implements NftOperand {
        static Numeric of(DataType type, long value) {
            return new Numeric(type, BigInteger.valueOf(value), BigInteger.valueOf(value));
        }

        boolean isExact() {
            return first.equals(last);
        }
    }

    record Flags(DataType type, MarkBits bits) implements NftOperand {}

    /// The name of a link; empty for none.
    record Link(String name) implements NftOperand {}

    record Concatenation(List<NftOperand> parts) implements NftOperand {
        public Concatenation {
            parts = List.copyOf(parts);
        }
    }

    /// The packet has no such field: the rule does not match, whatever the operator is.
    record Absent() implements NftOperand {}

    record Unknown() implements NftOperand {}

    /// What the constants of an expression may be called.
    enum DataType {
        NUMBER(Map.of()),
        ADDRESS(Map.of()),
        PROTOCOL(Map.of(
                "icmp", 1, "igmp", 2, "tcp", 6, "udp", 17, "dccp", 33, "gre", 47, "esp", 50, "ah", 51, "comp", 108)),
        FAMILY(Map.of("ipv4", 2, "ip", 2, "ipv6", 10, "ip6", 10)),
        ETHER_TYPE(Map.of("ip", 0x0800, "arp", 0x0806, "ip6", 0x86dd)),
        ICMP_TYPE(Map.of(
                "echo-reply",
                0,
                "destination-unreachable",
                3,
                "source-quench",
                4,
                "redirect",
                5,
                "echo-request",
                8,
                "router-advertisement",
                9,
                "router-solicitation",
                10,
                "time-exceeded",
                11,
                "parameter-problem",
                12)),
        ICMPV6_TYPE(Map.ofEntries(
                Map.entry("destination-unreachable", 1),
                Map.entry("packet-too-big", 2),
                Map.entry("time-exceeded", 3),
                Map.entry("parameter-problem", 4),
                Map.entry("echo-request", 128),
                Map.entry("echo-reply", 129),
                Map.entry("mld-listener-query", 130),
                Map.entry("mld-listener-report", 131),
                Map.entry("mld-listener-done", 132),
                Map.entry("mld-listener-reduction", 132),
                Map.entry("nd-router-solicit", 133),
                Map.entry("nd-router-advert", 134),
                Map.entry("nd-neighbor-solicit", 135),
                Map.entry("nd-neighbor-advert", 136),
                Map.entry("nd-redirect", 137),
                Map.entry("mld2-listener-report", 143))),
        CT_STATE(Map.of("invalid", 1, "established", 2, "related", 4, "new", 8, "untracked", 64)),
        CT_STATUS(Map.of(
                "expected", 1, "seen-reply", 2, "assured", 4, "confirmed", 8, "snat", 16, "dnat", 32, "dying", 512)),
        CT_DIRECTION(Map.of("original", 0, "reply", 1)),
        TCP_FLAGS(Map.of("fin", 1, "syn", 2, "rst", 4, "psh", 8, "ack", 16, "urg", 32, "ecn", 64, "cwr", 128)),
        ADDRESS_TYPE(Map.of(
                "unspec",
                0,
                "unicast",
                1,
                "local",
                2,
                "broadcast",
                3,
                "anycast",
                4,
                "multicast",
                5,
                "blackhole",
                6,
                "unreachable",
                7,
                "prohibit",
                8));

        private final Map<String, Integer> names;

        DataType(Map<String, Integer> names) {
            this.names = names;
        }

        /// Null for a name that is not known.
        @Nullable
        BigInteger constant(String text) {
            Integer named = names.get(text.toLowerCase(Locale.ROOT));
            if (named == null && this == PROTOCOL) {
                named = switch (text) {
                    case "sctp" -> 132;
                    case "udplite" -> 136;
                    case "ipv6-icmp", "icmpv6" -> 58;
                    default -> null;
                };
            }
            return named == null ? null : BigInteger.valueOf(named);
        }
    }
}
