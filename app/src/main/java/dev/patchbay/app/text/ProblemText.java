package dev.patchbay.app.text;

import dev.patchbay.engine.status.Problem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The text of a problem in the language of the window. Commands print the helper's English.
public final class ProblemText {
    private ProblemText() {}

    public static String of(Problem problem) {
        List<String> words = problem.words();
        return switch (problem.kind()) {
            case BRIDGE_GONE -> Messages.of("problem.bridgeGone", words.get(0), words.get(1));
            case BRIDGE_RENAMED -> Messages.of("problem.bridgeRenamed", words.get(0), words.get(1), words.get(2));
            case BRIDGE_DOWN -> Messages.of("problem.bridgeDown", words.get(0), words.get(1));
            case BRIDGE_ADDRESS_LOST ->
                Messages.of("problem.bridgeAddressLost", words.get(0), words.get(1), words.get(2));
            case BRIDGE_ADDRESS_STRANGE ->
                Messages.of("problem.bridgeAddressStrange", words.get(0), words.get(1), words.get(2));
            case BRIDGE_SETTING_LOST ->
                Messages.of("problem.bridgeSettingLost", words.get(0), words.get(1), words.get(2));
            case BRIDGE_LEAVING -> Messages.of("problem.bridgeLeaving", words.get(0), words.get(1));
            case FORWARD_SETTING_LOST -> Messages.of("problem.forwardSettingLost", words.get(0), words.get(1));
            case NAMESPACE_GONE -> Messages.of("problem.namespaceGone", words.get(0), words.get(1));
            case LOOPBACK_LACKS_IPV6 -> Messages.of("problem.loopbackLacksIpv6", words.get(0));
            case LOOPBACK_HAS_IPV6 -> Messages.of("problem.loopbackHasIpv6", words.get(0));
            case CABLE_GONE -> Messages.of("problem.cableGone", words.get(0), words.get(1), words.get(2));
            case CABLE_GONE_FOR_GOOD ->
                Messages.of("problem.cableGoneForGood", words.get(0), words.get(1), words.get(2));
            case CABLE_RENAMED ->
                Messages.of("problem.cableRenamed", words.get(0), words.get(1), words.get(2), words.get(3));
            case CABLE_DOWN -> Messages.of("problem.cableDown", words.get(0), words.get(1), words.get(2));
            case CABLE_UNPLUGGED -> Messages.of("problem.cableUnplugged", words.get(0), words.get(1), words.get(2));
            case CABLE_NOT_WHOLE -> Messages.of("problem.cableNotWhole", words.get(0), words.get(1), words.get(2));
            case CABLE_LEAVING -> Messages.of("problem.cableLeaving", words.get(0), words.get(1), words.get(2));
            case DEFAULT_ROUTE_LOST -> Messages.of("problem.defaultRouteLost", words.get(0));
            case FILES_OLD -> Messages.of("problem.filesOld", words.get(0));
            case COMMAND_ENDED -> Messages.of("problem.commandEnded", words.get(0));
            case RULES_CHANGED -> Messages.of("problem.rulesChanged", words.getFirst(), rules(words));
            case FORWARDING_OFF -> Messages.of("problem.forwardingOff", words.get(0));
            case FLOW_ASTRAY -> Messages.of("problem.flowAstray");
            case FLOWS_ASTRAY -> Messages.of("problem.flowsAstray", words.get(0));
            case NAMES_UNKNOWN -> Messages.of("problem.namesUnknown");
            case STRAY_LINK -> Messages.of("problem.strayLink", words.get(0));
            case STRAY_NAMESPACE -> Messages.of("problem.strayNamespace", words.get(0));
            case STRAY_FILES -> Messages.of("problem.strayFiles", words.get(0));
            case UNREADABLE ->
                Messages.of("problem.unreadable", unreadable(words.get(2), Long.parseLong(words.get(3))), words.get(1));
            case WATCH_FAILING -> Messages.of("problem.watchFailing", words.get(0));
            case RECORDS_DAMAGED -> Messages.of("problem.recordsDamaged", words.get(0));
            case ENGINE_BRIDGE_GONE ->
                Messages.of("problem.engineBridgeGone", words.get(0), words.get(1), remedy(words, 2));
            case ENGINE_BRIDGE_DOWN -> Messages.of("problem.engineBridgeDown", words.get(0), words.get(1));
            case ENGINE_BRIDGE_ADDRESS_LOST ->
                Messages.of(
                        "problem.engineBridgeAddressLost", words.get(0), words.get(1), words.get(2), remedy(words, 3));
            case ENGINE_BRIDGE_READDRESSED ->
                Messages.of(
                        "problem.engineBridgeReaddressed",
                        words.get(0),
                        words.get(1),
                        words.get(2),
                        words.get(3),
                        remedy(words, 4));
            case ENGINE_CABLE_GONE ->
                Messages.of("problem.engineCableGone", words.get(0), words.get(1), words.get(2), remedy(words, 3));
            case ENGINE_CABLE_UNPLUGGED ->
                Messages.of("problem.engineCableUnplugged", words.get(0), words.get(1), words.get(2), words.get(3));
            case ENGINE_CABLE_DOWN -> Messages.of("problem.engineCableDown", words.get(0), words.get(1), words.get(2));
            case ENGINE_CANNOT_FORWARD -> Messages.of("problem.engineCannotForward");
            case ENGINE_PORT_OPEN -> Messages.of("problem.enginePortOpen", words.get(0), words.get(1), words.get(2));
            case ENGINE_PORT_SHADOWED ->
                Messages.of("problem.enginePortShadowed", words.get(0), words.get(1), words.get(2));
            case ENGINE_PORT_TAKEN -> Messages.of("problem.enginePortTaken", words.get(0), words.get(1), words.get(2));
            case ENGINE_PORT_DIVERTED ->
                Messages.of("problem.enginePortDiverted", words.get(0), words.get(1), words.get(2));
            case ENGINE_PORT_LOST ->
                Messages.of("problem.enginePortLost", words.get(0), words.get(1), remedy(words, 2));
            case ENGINE_PORT_BLOCKED ->
                Messages.of("problem.enginePortBlocked", words.get(0), words.get(1), remedy(words, 2));
            case ENGINE_MASQUERADE_LOST ->
                Messages.of("problem.engineMasqueradeLost", words.get(0), words.get(1), remedy(words, 2));
            case ENGINE_FORWARD_LOST ->
                Messages.of("problem.engineForwardLost", words.get(0), words.get(1), remedy(words, 2));
            case ENGINE_ISOLATION_LOST ->
                Messages.of("problem.engineIsolationLost", words.get(0), words.get(1), words.get(2), remedy(words, 3));
            case ENGINE_PORTS_UNCLOSED ->
                Messages.of("problem.enginePortsUnclosed", words.get(0), words.get(1), remedy(words, 2));
            case ENGINE_RULES_GONE -> Messages.of("problem.engineRulesGone", words.get(0));
            case ENGINE_NETNS_OLD ->
                Messages.of("problem.engineNetnsOld", words.get(0), words.get(1), remedy(words, 2));
            case ENGINE_NETNS_OWNER_GONE -> Messages.of("problem.engineNetnsOwnerGone", words.get(0), words.get(1));
        };
    }

    /// @param sentence place of the remedy's English sentence; its name and arguments follow
    private static String remedy(List<String> words, int sentence) {
        return switch (words.get(sentence + 1)) {
            case "command" -> Messages.of("problem.remedy.command", words.get(sentence + 2));
            case "restartKeeps" -> Messages.of("problem.remedy.restartKeeps");
            case "restartStops" -> Messages.of("problem.remedy.restartStops", words.get(sentence + 2));
            default -> words.get(sentence);
        };
    }

    /// @param kind the name of one of the engine's kinds of input
    private static String unreadable(String kind, long count) {
        return switch (kind) {
            case "LINK" -> Messages.count("problem.unreadable.link", count);
            case "ADDRESS" -> Messages.count("problem.unreadable.address", count);
            case "ROUTE" -> Messages.count("problem.unreadable.route", count);
            case "RULE" -> Messages.count("problem.unreadable.rule", count);
            case "TABLE" -> Messages.count("problem.unreadable.table", count);
            case "FLOW" -> Messages.count("problem.unreadable.flow", count);
            case "SOCKET" -> Messages.count("problem.unreadable.socket", count);
            case "CHAIN" -> Messages.count("problem.unreadable.chain", count);
            case "COUNTER" -> Messages.count("problem.unreadable.counter", count);
            case "SETTING" -> Messages.count("problem.unreadable.setting", count);
            default -> throw new IllegalArgumentException("unknown kind of input: " + kind);
        };
    }

    private static String rules(List<String> words) {
        long chains = Long.parseLong(words.get(2));
        long missing = Long.parseLong(words.get(3));
        long surplus = Long.parseLong(words.get(4));
        return Stream.of(
                        chains == 0 ? "" : Messages.count("problem.chainsGone", chains),
                        missing == 0 ? "" : Messages.count("problem.rulesMissing", missing),
                        surplus == 0 ? "" : Messages.count("problem.rulesSurplus", surplus))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
