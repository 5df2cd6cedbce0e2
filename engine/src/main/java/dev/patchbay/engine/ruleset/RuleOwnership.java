package dev.patchbay.engine.ruleset;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.Match;
import dev.patchbay.engine.rule.RuleOption;
import dev.patchbay.engine.rule.RuleParser;
import dev.patchbay.engine.rule.RuleSpec;
import dev.patchbay.engine.spec.DriverSettings;
import dev.patchbay.engine.spec.NetworkSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Distinguishes our rules in the kernel from those of others, also our rules for networks that no
/// longer exist, and those of others from rules as Docker writes them.
///
/// A bridge of ours in a rule does not make the rule ours, since a person may add rules for it. The rule
/// must also be one that the layout has in that chain, apart from the names of bridge and subnet.
public final class RuleOwnership {
    private static final String ENGINE_CHAIN = "DOCKER";
    private static final String ENGINE_USER_CHAIN = "DOCKER-USER";

    /// The options of Docker's rules, and the modules that have them.
    private static final Set<String> ENGINE_OPTIONS = Set.of(
            "-s",
            "-d",
            "-i",
            "-o",
            "-p",
            "-m",
            "-j",
            "--dport",
            "--src-type",
            "--dst-type",
            "--ctstate",
            "--to-destination");

    private static final Set<String> ENGINE_MODULES = Set.of("tcp", "udp", "sctp", "addrtype", "conntrack");

    /// What Docker writes into built-in chains beside jumps to its own.
    private static final Map<String, Set<String>> ENGINE_TARGETS = Map.of(
            "raw PREROUTING", Set.of("DROP"),
            "filter FORWARD", Set.of("ACCEPT", "DROP"),
            "nat POSTROUTING", Set.of("MASQUERADE"));

    private static final Pattern BRIDGES = Pattern.compile(Ownership.BRIDGE_NAMES);
    private static final String SAMPLE_BRIDGE = "patchbay0";
    private static final Map<Family, Cidr> SAMPLE_SUBNETS =
            Map.of(Family.IPV4, Cidr.of("192.0.2.0/24"), Family.IPV6, Cidr.of("2001:db8::/64"));
    private static final Map<Chain, Set<RuleSpec>> SAMPLES = Stream.of(Family.values())
            .flatMap(family ->
                    Stream.of(true, false).flatMap(icc -> RuleLayout.of(family, sample(family, icc)).stream()))
            .collect(Collectors.groupingBy(
                    rule -> LegacyLayout.placeOf(rule.chain()), Collectors.mapping(Rule::spec, Collectors.toSet())));

    private final Map<Chain, Set<String>> desired;
    private final Map<Chain, Set<String>> recordedRules;

    public RuleOwnership(Ruleset desired, Ruleset record) {
        this.desired = byChain(desired);
        this.recordedRules = byChain(record);
    }

    public boolean isOwn(Chain chain, String specification) {
        if (chain.isOwn()) {
            return true;
        }
        boolean wanted = desired.getOrDefault(chain, Set.of()).contains(specification);
        boolean recorded = recordedRules.getOrDefault(chain, Set.of()).contains(specification);
        if (chain.isUsers()) {
            // A person could have written the same rule, so it counts as ours only if it is recorded.
            return recorded && !wanted;
        }
        return wanted
                || recorded
                || jumpsToOwnChain(chain, specification)
                || isLikeSample(chain, RuleParser.parse(chain, specification));
    }

    /// Whether only Docker writes to a chain of this name.
    static boolean isEngineChain(String name) {
        return !isEngineUserChain(name) && (name.equals(ENGINE_CHAIN) || name.startsWith(ENGINE_CHAIN + "-"));
    }

    /// Whether it is the chain that Docker leaves to the person.
    static boolean isEngineUserChain(String name) {
        return name.equals(ENGINE_USER_CHAIN);
    }

    /// Whether a rule is such as Docker writes: in a chain of its own, or in a built-in one a jump to these or a rule
    /// about one bridge or one address. A person may have written one like it.
    static boolean isOfEngine(Chain chain, String specification) {
        if (isEngineUserChain(chain.name()) || specification.indexOf('\n') >= 0) {
            return false;
        }
        List<RuleOption> options = RuleOption.parse(specification);
        if (!options.stream()
                .allMatch(option -> ENGINE_OPTIONS.contains(option.name())
                        && (!option.name().equals("-m") || ENGINE_MODULES.contains(option.value())))) {
            return false;
        }
        String target = options.stream()
                .filter(option -> option.name().equals("-j"))
                .map(RuleOption::value)
                .findFirst()
                .orElse("");
        if (isEngineChain(target) || isEngineUserChain(target)) {
            return true;
        }
        if (isEngineChain(chain.name())) {
            return Set.of("ACCEPT", "DROP", "RETURN", "DNAT").contains(target);
        }
        return ENGINE_TARGETS
                        .getOrDefault(chain.table() + " " + chain.name(), Set.of())
                        .contains(target)
                && options.stream().anyMatch(option -> Set.of("-i", "-o", "-d").contains(option.name()));
    }

    /// A jump to our chain, with any matches: while it exists the chain cannot be deleted.
    private static boolean jumpsToOwnChain(Chain chain, String specification) {
        return RuleOption.parse(specification).stream()
                .filter(option -> option.name().equals("-j"))
                .map(option -> new Chain(chain.family(), chain.table(), option.value()))
                .anyMatch(Chain::isOwn);
    }

    private static boolean isLikeSample(Chain chain, @Nullable RuleSpec rule) {
        if (rule == null) {
            return false;
        }
        // Only the name of the first bridge: the layout has no rule between two networks.
        return rule.matches().stream()
                .map(RuleOwnership::link)
                .filter(link ->
                        link.equals(SAMPLE_BRIDGE) || BRIDGES.matcher(link).matches())
                .findFirst()
                .map(bridge -> new RuleSpec(
                        rule.matches().stream()
                                .map(match -> asInSample(match, bridge, chain.family()))
                                .toList(),
                        rule.target()))
                .filter(SAMPLES.getOrDefault(chain, Set.of())::contains)
                .isPresent();
    }

    private static String link(Match match) {
        return switch (match) {
            case Match.In(String link, boolean _) -> link;
            case Match.Out(String link, boolean _) -> link;
            default -> "";
        };
    }

    private static Match asInSample(Match match, String bridge, Family family) {
        return switch (match) {
            case Match.In(String link, boolean negated)
            when link.equals(bridge) -> new Match.In(SAMPLE_BRIDGE, negated);
            case Match.Out(String link, boolean negated)
            when link.equals(bridge) -> new Match.Out(SAMPLE_BRIDGE, negated);
            case Match.Source(Cidr _, boolean negated) ->
                new Match.Source(Objects.requireNonNull(SAMPLE_SUBNETS.get(family)), negated);
            default -> match;
        };
    }

    /// The rules by chain, in the present and in the legacy layout.
    private static Map<Chain, Set<String>> byChain(Ruleset rules) {
        Map<Chain, Set<String>> result = new HashMap<>();
        for (Rule rule : rules.rules()) {
            for (Chain chain : List.of(rule.chain(), LegacyLayout.placeOf(rule.chain()))) {
                result.computeIfAbsent(chain, _ -> new HashSet<>()).add(rule.specification());
            }
        }
        return result;
    }

    private static NetworkSpec sample(Family family, boolean icc) {
        Cidr subnet = Objects.requireNonNull(SAMPLE_SUBNETS.get(family));
        return new NetworkSpec(
                new Id("0".repeat(64)),
                "sample",
                Instant.EPOCH,
                Driver.BRIDGE,
                SAMPLE_BRIDGE,
                List.of(new Pool(subnet, subnet.address(), null, Map.of(), false, false)),
                false,
                false,
                false,
                icc ? DriverSettings.DEFAULT : DriverSettings.DEFAULT.withoutIcc(),
                false,
                List.of(),
                "",
                Map.of(),
                Map.of(),
                Map.of(),
                false);
    }
}
