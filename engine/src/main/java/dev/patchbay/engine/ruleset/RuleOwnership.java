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
/// longer exist.
///
/// A bridge of ours in a rule does not make the rule ours, since a person may add rules for it. The rule
/// must also be one that the layout has in that chain, apart from the names of bridge and subnet.
public final class RuleOwnership {
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
