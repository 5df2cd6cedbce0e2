package dev.patchbay.core.packet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.packet.HookVerdict.Kind;
import dev.patchbay.core.packet.NftExpression.Candidate;
import dev.patchbay.core.packet.NftExpression.NamedSet;
import dev.patchbay.core.packet.RuleStatement.Effect;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parses statements of libnftables-json(5). The verdict of one that is not known is unknown.
final class NftStatementParser {
    /// Statements that change neither the path of a packet nor anything that is derived.
    private static final Set<String> IGNORED = Set.of(
            "counter",
            "log",
            "continue",
            "flow",
            "dup",
            "last",
            "ct helper",
            "ct timeout",
            "ct expectation",
            "secmark");
    /// Statements that match or not, according to packets that were before.
    private static final Set<String> DEPEND_ON_TRAFFIC =
            Set.of("limit", "quota", "ct count", "connlimit", "meter", "set", "map");
    /// Fields of a packet that rules or routes look at.
    private static final Set<String> PATH_FIELDS = Set.of("saddr", "daddr", "sport", "dport");

    private static final Effect.NoMatch NO_MATCH = new Effect.NoMatch();
    private static final Effect.End UNKNOWN = new Effect.End(Kind.UNKNOWN, "");

    private final Map<String, NamedSet> sets;

    NftStatementParser(Map<String, NamedSet> sets) {
        this.sets = sets;
    }

    List<RuleStatement> parse(JsonNode expressions) {
        List<RuleStatement> statements = new ArrayList<>();
        expressions.forEach(expression -> statements.add(statement(expression)));
        return statements;
    }

    private RuleStatement statement(JsonNode node) {
        String name = node.isObject() && !node.isEmpty() ? node.fieldNames().next() : node.asText();
        JsonNode details = node.path(name);
        if (IGNORED.contains(name)) {
            return next();
        }
        if (DEPEND_ON_TRAFFIC.contains(name)) {
            return RuleStatement.match((_, _) -> Ternary.MAYBE);
        }
        return switch (name) {
            case "match" ->
                RuleStatement.match(
                        (packet, context) -> expression(packet, context).matches(details));
            case "vmap" -> (packet, context) -> lookUp(expression(packet, context), details, packet);
            case "mangle" -> mangle(details.path("key"), details.path("value"));
            case "notrack" -> (packet, _) -> List.of(new Effect.Next(packet.notTracked()));
            case "dnat" -> translation(Kind.DNAT, details);
            case "snat" -> translation(Kind.SNAT, details);
            case "redirect" -> redirect(details);
            case "xt" ->
                details.path("type").asText().equals("match")
                        ? RuleStatement.match((_, _) -> Ternary.MAYBE)
                        : RuleStatement.always(UNKNOWN);
            default -> {
                Effect verdict = verdict(node);
                yield verdict == null ? next() : RuleStatement.always(verdict);
            }
        };
    }

    private NftExpression expression(Packet packet, MatchContext context) {
        return new NftExpression(packet, context, sets);
    }

    private static RuleStatement next() {
        return (packet, _) -> List.of(new Effect.Next(packet));
    }

    /// A verdict, by itself or in a map; null for `continue`.
    private static @Nullable Effect verdict(JsonNode node) {
        String name = node.isObject() && !node.isEmpty() ? node.fieldNames().next() : node.asText();
        String target = node.path(name).path("target").asText();
        return switch (name) {
            case "accept" -> new Effect.End(Kind.ACCEPTED, "");
            case "drop" -> new Effect.End(Kind.DROPPED, "");
            case "reject" -> new Effect.End(Kind.REJECTED, "");
            case "masquerade" -> new Effect.End(Kind.MASQUERADED, "");
            case "return" -> new Effect.Return();
            case "jump" -> new Effect.Jump(target);
            case "goto" -> new Effect.Goto(target);
            case "continue" -> null;
            default -> UNKNOWN;
        };
    }

    private static List<Effect> lookUp(NftExpression expression, JsonNode map, Packet packet) {
        List<Effect> effects = new ArrayList<>();
        for (Candidate candidate : expression.lookUp(map.path("key"), map.path("data"))) {
            JsonNode data = candidate.data();
            Effect verdict = data == null ? NO_MATCH : verdict(element(data));
            effects.add(verdict == null ? new Effect.Next(packet) : verdict);
        }
        return effects;
    }

    /// The value of an element that has a comment or a timeout.
    private static JsonNode element(JsonNode data) {
        return data.has("elem") ? data.path("elem").path("val") : data;
    }

    private RuleStatement mangle(JsonNode key, JsonNode value) {
        if (PATH_FIELDS.contains(key.path("payload").path("field").asText())) {
            return RuleStatement.always(UNKNOWN);
        }
        boolean ofPacket = key.path("meta").path("key").asText().equals("mark");
        boolean ofConnection = key.path("ct").path("key").asText().equals("mark");
        if (!ofPacket && !ofConnection) {
            return next();
        }
        return (packet, context) -> {
            List<Effect> effects = new ArrayList<>();
            for (NftOperand operand : expression(packet, context).values(value)) {
                MarkBits known = NftExpression.bits(operand);
                MarkBits mark = known == null ? MarkBits.UNKNOWN : known;
                if (operand instanceof NftOperand.Absent) {
                    effects.add(NO_MATCH);
                } else {
                    effects.add(new Effect.Next(ofPacket ? packet.withMark(mark) : packet.withConnectionMark(mark)));
                }
            }
            return effects;
        };
    }

    private static RuleStatement redirect(JsonNode details) {
        JsonNode port = details.path("port");
        return RuleStatement.always(
                port.isMissingNode() || port.isIntegralNumber()
                        ? new Effect.End(Kind.REDIRECTED, port.isMissingNode() ? "" : port.asText())
                        : UNKNOWN);
    }

    private RuleStatement translation(Kind kind, JsonNode details) {
        String family = details.path("family").asText();
        JsonNode address = details.path("addr");
        JsonNode port = details.path("port");
        return (packet, context) -> {
            if (!family.isEmpty() && family.equals("ip") != (packet.family() == Family.IPV4)) {
                return List.of(new Effect.Next(packet));
            }
            if (!address.has("map")) {
                return List.of(translation(kind, packet, address, port));
            }
            JsonNode map = address.get("map");
            return expression(packet, context).lookUp(map.path("key"), map.path("data")).stream()
                    .map(candidate ->
                            candidate.data() == null ? NO_MATCH : mapped(kind, packet, candidate.data(), port))
                    .toList();
        };
    }

    private static Effect mapped(Kind kind, Packet packet, JsonNode data, JsonNode port) {
        JsonNode value = element(data);
        JsonNode both = value.path("concat");
        return both.size() == 2
                ? translation(kind, packet, both.get(0), both.get(1))
                : translation(kind, packet, value, port);
    }

    /// With a port alone the address stays.
    private static Effect translation(Kind kind, Packet packet, JsonNode address, JsonNode port) {
        boolean stays = address.isMissingNode();
        boolean anyPort = port.isMissingNode();
        if (!(stays || address.isTextual()) || !(anyPort || port.isIntegralNumber())) {
            return UNKNOWN;
        }
        String kept = Addresses.format(kind == Kind.DNAT ? packet.destination() : packet.source());
        String to = stays ? kept : address.textValue();
        if (anyPort) {
            return new Effect.End(kind, to);
        }
        return new Effect.End(kind, (to.contains(":") ? "[" + to + "]" : to) + ":" + port.asInt());
    }
}
