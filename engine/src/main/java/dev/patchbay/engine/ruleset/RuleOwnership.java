package dev.patchbay.engine.ruleset;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.OwnChain;
import dev.patchbay.engine.spec.DriverSettings;
import dev.patchbay.engine.spec.NetworkSpec;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tells our rules in the kernel from those of others, also ours of networks that no longer exist.
///
/// A bridge of ours in a rule does not make the rule ours: a person may well add some for it. It must also be,
/// but for the names of bridge and subnet, one that the layout has in that chain.
public final class RuleOwnership {
    private static final String SAMPLE_BRIDGE = "patchbay0";
    private static final Map<Family, String> SAMPLE_SUBNETS =
            Map.of(Family.IPV4, "192.0.2.0/24", Family.IPV6, "2001:db8::/64");
    private static final Pattern BRIDGE =
            Pattern.compile("(?<=-[io] )(?:" + Ownership.BRIDGE_NAMES + "|" + SAMPLE_BRIDGE + ")(?= )");
    private static final Pattern SUBNET = Pattern.compile("(?<=-s )[0-9a-f.:]+/[0-9]+");
    private static final Pattern JUMP = Pattern.compile(
            ".*-j (?:"
                    + Stream.of(OwnChain.values())
                            .filter(chain -> chain != OwnChain.USER)
                            .map(OwnChain::toString)
                            .distinct()
                            .collect(Collectors.joining("|"))
                    + ")",
            Pattern.DOTALL);
    private static final Map<Chain, Set<String>> LAYOUT_SHAPES = byChain(Stream.of(Family.values())
            .flatMap(family ->
                    Stream.of(true, false).flatMap(icc -> RuleLayout.of(family, sample(family, icc)).stream())));

    private final Map<Chain, Set<String>> desired;
    private final Map<Chain, Set<String>> recordedRules;

    public RuleOwnership(Ruleset desired, Ruleset record) {
        this.desired = byChain(desired.rules().stream());
        this.recordedRules = byChain(record.rules().stream());
    }

    public boolean isOwn(Chain chain, String specification) {
        if (chain.isOwn()) {
            return true;
        }
        boolean wanted = desired.getOrDefault(chain, Set.of()).contains(specification);
        boolean recorded = recordedRules.getOrDefault(chain, Set.of()).contains(specification);
        if (chain.isUsers()) {
            // The words of our rule there are anybody's, so one that equals it may be the person's.
            return recorded && !wanted;
        }
        return wanted
                || recorded
                || JUMP.matcher(specification).matches()
                || LAYOUT_SHAPES.getOrDefault(chain, Set.of()).contains(shape(chain.family(), specification));
    }

    private static String shape(Family family, String specification) {
        Matcher bridge = BRIDGE.matcher(specification);
        // Only the first bridge's name: a rule between two networks is none of the layout's.
        return bridge.find()
                ? SUBNET.matcher(specification.replace(bridge.group(), SAMPLE_BRIDGE))
                        .replaceAll(SAMPLE_SUBNETS.get(family))
                : "";
    }

    private static Map<Chain, Set<String>> byChain(Stream<Rule> rules) {
        return rules.collect(Collectors.groupingBy(
                Rule::chain, Collectors.mapping(Rule::specification, Collectors.toCollection(HashSet::new))));
    }

    private static NetworkSpec sample(Family family, boolean icc) {
        Cidr subnet = Cidr.of(Objects.requireNonNull(SAMPLE_SUBNETS.get(family)));
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
                false);
    }
}
