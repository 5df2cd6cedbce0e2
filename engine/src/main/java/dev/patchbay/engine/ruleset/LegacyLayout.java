package dev.patchbay.engine.ruleset;

import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.OwnChain;
import dev.patchbay.engine.rule.Table;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The layout of version 0.1, in which the rules of networks were in built-in chains. A repair replaces
/// it with the present one, in one transaction for each table. It can be deleted when nobody updates
/// from 0.1 any more.
public final class LegacyLayout {
    private static final Map<Chain, Chain> PLACES = Stream.of(Family.values())
            .flatMap(family -> Map.of(
                    OwnChain.LOOPBACK.in(family), Chain.builtIn(family, Table.RAW, "PREROUTING"),
                    OwnChain.FORWARD.in(family), Chain.builtIn(family, Table.FILTER, "FORWARD"),
                    OwnChain.ISOLATION_3.in(family), OwnChain.ISOLATION_2.in(family),
                    OwnChain.POSTROUTING.in(family), Chain.builtIn(family, Table.NAT, "POSTROUTING"))
                    .entrySet()
                    .stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private LegacyLayout() {}

    /// The former chain of the rules that are now in this chain.
    public static Chain placeOf(Chain chain) {
        return PLACES.getOrDefault(chain, chain);
    }
}
