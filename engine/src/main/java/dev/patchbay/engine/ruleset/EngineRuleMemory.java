package dev.patchbay.engine.ruleset;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.firewall.Edit;
import dev.patchbay.engine.firewall.RuleCache;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.kernel.GoneRule;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.RuleOption;
import dev.patchbay.engine.rule.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rules of Docker that were read from the kernel since this process started, in their order, and which of
/// them are gone. Only such a rule can be put back, by its number: no text of a client reaches a chain of an engine.
///
/// Whether the engine still wants a gone rule is not known here. A rule is forgotten when a bridge that it names is
/// deleted, also when another one has its name since, and when Docker starts or ends: it writes all its rules when it
/// starts, perhaps others than before. One caller at a time.
public final class EngineRuleMemory {
    /// Of both families. The rules of each removed container are gone; those that are gone for the longest time are
    /// forgotten.
    static final int MAX_GONE = 2000;

    private static final String LOOPBACK = "lo";

    /// Reads all links of the host.
    @FunctionalInterface
    public interface LinkReader {
        List<Link> read() throws EngineException;
    }

    /// A rule of a chain in which Docker has rules.
    ///
    /// @param links indexes by name of the links that it names, when it was last in force
    /// @param ofEngine whether Docker writes such a rule; others only tell the order
    /// @param goneSince grows from one comparison to the next; 0 while the rule is in force
    private record KnownRule(
            long number, String specification, Map<String, Integer> links, boolean ofEngine, long goneSince) {
        boolean gone() {
            return goneSince > 0;
        }

        KnownRule inForce(Map<String, Integer> present) {
            Map<String, Integer> named = new HashMap<>();
            if (ofEngine) {
                linkNames().forEach(name -> named.put(name, present.getOrDefault(name, 0)));
            }
            return new KnownRule(number, specification, named, ofEngine, 0);
        }

        KnownRule asGone(long comparison) {
            return gone() ? this : new KnownRule(number, specification, links, ofEngine, comparison);
        }

        private List<String> linkNames() {
            return RuleOption.parse(specification).stream()
                    .filter(option ->
                            option.name().equals("-i") || option.name().equals("-o"))
                    .map(RuleOption::value)
                    .toList();
        }

        boolean hasLinks(Map<String, Integer> present) {
            return links.entrySet().stream()
                    .allMatch(link -> link.getValue() > 0 && link.getValue().equals(present.get(link.getKey())));
        }

        String target() {
            return RuleOption.parse(specification).stream()
                    .filter(option -> option.name().equals("-j"))
                    .map(RuleOption::value)
                    .findFirst()
                    .orElse("");
        }
    }

    private final Map<Chain, List<KnownRule>> known = new LinkedHashMap<>();
    private final Map<Family, Set<Chain>> present = new EnumMap<>(Family.class);
    private final Map<Family, Map<String, Integer>> lastBridges = new EnumMap<>(Family.class);
    /// A number of another process must not be one of this process by chance.
    private long nextNumber = ThreadLocalRandom.current().nextLong(1, 1L << 40) << 12;
    private long comparisons;
    private @Nullable Object engineRun;

    /// Compares with rules that were just read.
    ///
    /// @param rules of one family
    /// @param run equal as long as Docker is not started or ended; read after the rules
    /// @param reader asked only when rules differ from those of the last call, or some are gone
    public void observe(Family family, RuleCache rules, Object run, LinkReader reader) throws EngineException {
        compare(family, rules, reader);
        if (engineRun != null && !engineRun.equals(run)) {
            forget(KnownRule::gone);
        }
        engineRun = run;
    }

    private void compare(Family family, RuleCache rules, LinkReader reader) throws EngineException {
        Set<Chain> chains = new LinkedHashSet<>(
                rules.chains().keySet().stream().filter(isWatched(rules)).toList());
        Set<Chain> now = Set.copyOf(chains);
        boolean unchanged = now.equals(present.put(family, now));
        known.keySet().stream().filter(chain -> chain.family() == family).forEach(chains::add);
        unchanged &= chains.stream().allMatch(chain -> isUnchanged(chain, rules));
        if (unchanged && chains.stream().noneMatch(this::hasGone)) {
            return;
        }
        Map<String, Integer> bridges = reader.read().stream()
                .filter(link -> link.kind().equals("bridge") || link.name().equals(LOOPBACK))
                .collect(Collectors.toMap(Link::name, Link::index));
        if (bridges.equals(lastBridges.put(family, bridges)) && unchanged) {
            return;
        }
        comparisons++;
        for (Chain chain : chains) {
            known.put(
                    chain,
                    merge(
                            chain,
                            known.getOrDefault(chain, List.of()),
                            rules.rulesOf(chain).stream()
                                    .map(RuleCache.CachedRule::specification)
                                    .toList(),
                            bridges));
        }
        forgetSurplus();
        Set<Chain> targets = new HashSet<>();
        known.forEach((chain, all) ->
                all.forEach(rule -> targets.add(new Chain(chain.family(), chain.table(), rule.target()))));
        known.entrySet()
                .removeIf(entry -> entry.getKey().family() == family
                        && entry.getValue().isEmpty()
                        && !rules.hasChain(entry.getKey())
                        && !targets.contains(entry.getKey()));
    }

    private void forgetSurplus() {
        List<KnownRule> gone = known.values().stream()
                .flatMap(List::stream)
                .filter(KnownRule::gone)
                .sorted(Comparator.comparingLong(KnownRule::goneSince))
                .toList();
        if (gone.size() > MAX_GONE) {
            Set<Long> surplus = gone.stream()
                    .limit(gone.size() - MAX_GONE)
                    .map(KnownRule::number)
                    .collect(Collectors.toSet());
            forget(rule -> surplus.contains(rule.number()));
        }
    }

    private void forget(Predicate<KnownRule> condition) {
        known.replaceAll((_, rules) -> rules.stream().filter(condition.negate()).toList());
    }

    private static Predicate<Chain> isWatched(RuleCache rules) {
        Set<String> tables = Set.of(Table.RAW.toString(), Table.FILTER.toString(), Table.NAT.toString());
        return chain -> tables.contains(chain.table())
                && (RuleOwnership.isEngineChain(chain.name())
                        || RuleOwnership.isEngineUserChain(chain.name())
                        || rules.builtIn().contains(chain));
    }

    private boolean hasGone(Chain chain) {
        return known.getOrDefault(chain, List.of()).stream().anyMatch(KnownRule::gone);
    }

    private boolean isUnchanged(Chain chain, RuleCache rules) {
        List<String> remembered = known.getOrDefault(chain, List.of()).stream()
                .filter(rule -> !rule.gone())
                .map(KnownRule::specification)
                .toList();
        return remembered.equals(rules.rulesOf(chain).stream()
                .map(RuleCache.CachedRule::specification)
                .toList());
    }

    /// The present rules of a chain, with each gone rule behind the rule that it was behind.
    private List<KnownRule> merge(
            Chain chain, List<KnownRule> remembered, List<String> actual, Map<String, Integer> bridges) {
        Map<String, Deque<KnownRule>> bySpecification = new HashMap<>();
        remembered.forEach(rule -> bySpecification
                .computeIfAbsent(rule.specification(), _ -> new ArrayDeque<>())
                .add(rule));
        List<KnownRule> inForce = new ArrayList<>();
        Set<Long> numbers = new HashSet<>();
        for (String specification : actual) {
            Deque<KnownRule> same = bySpecification.getOrDefault(specification, new ArrayDeque<>());
            KnownRule rule = same.isEmpty()
                    ? new KnownRule(
                            nextNumber++, specification, Map.of(), RuleOwnership.isOfEngine(chain, specification), 0)
                    : same.remove();
            inForce.add(rule.inForce(bridges));
            numbers.add(rule.number());
        }
        Map<Long, List<KnownRule>> goneBehind = new HashMap<>();
        long last = 0;
        for (KnownRule rule : remembered) {
            if (numbers.contains(rule.number())) {
                last = rule.number();
            } else if (rule.ofEngine() && rule.hasLinks(bridges)) {
                goneBehind.computeIfAbsent(last, _ -> new ArrayList<>()).add(rule.asGone(comparisons));
            }
        }
        List<KnownRule> merged = new ArrayList<>(goneBehind.getOrDefault(0L, List.of()));
        for (KnownRule rule : inForce) {
            merged.add(rule);
            merged.addAll(goneBehind.getOrDefault(rule.number(), List.of()));
        }
        return List.copyOf(merged);
    }

    /// The rules that are gone and could be put back. A jump to a chain of the person's that is gone as well is not
    /// among them.
    public List<GoneRule> gone() {
        List<GoneRule> gone = new ArrayList<>();
        known.forEach((chain, rules) -> rules.stream()
                .filter(rule -> rule.gone() && hasTarget(chain, rule))
                .forEach(rule -> gone.add(new GoneRule(
                        rule.number(), chain.family(), chain.table(), chain.name(), rule.specification()))));
        return gone;
    }

    private boolean hasTarget(Chain chain, KnownRule rule) {
        Chain target = new Chain(chain.family(), chain.table(), rule.target());
        return RuleOwnership.isEngineUserChain(target.name())
                ? present.getOrDefault(chain.family(), Set.of()).contains(target)
                : !RuleOwnership.isEngineChain(target.name()) || known.containsKey(target);
    }

    int chainCount() {
        return known.size();
    }

    /// Whether each of these is the number of a rule that was read and is not forgotten.
    public boolean knows(Set<Long> numbers) {
        Set<Long> all = known.values().stream()
                .flatMap(List::stream)
                .filter(KnownRule::ofEngine)
                .map(KnownRule::number)
                .collect(Collectors.toSet());
        return all.containsAll(numbers);
    }

    /// Puts rules back where they were; those that are in force stay as they are.
    ///
    /// @param rules that are in force now, as [#observe] was just told
    public RuleScript script(Family family, Set<Long> numbers, RuleCache rules) {
        List<Edit> edits = new ArrayList<>();
        for (Table table : Table.values()) {
            Set<Chain> missing = new LinkedHashSet<>();
            List<Edit> inserts = new ArrayList<>();
            for (Map.Entry<Chain, List<KnownRule>> entry : known.entrySet()) {
                Chain chain = entry.getKey();
                if (chain.family() != family || !chain.table().equals(table.toString())) {
                    continue;
                }
                int place = 0;
                for (KnownRule rule : entry.getValue()) {
                    if (!rule.gone()) {
                        place++;
                    } else if (numbers.contains(rule.number()) && hasTarget(chain, rule)) {
                        inserts.add(new Edit.Insert(chain, ++place, false, rule.specification(), 0, 0));
                        missing.add(chain);
                        missing.add(new Chain(family, chain.table(), rule.target()));
                    }
                }
            }
            missing.stream()
                    .filter(chain -> RuleOwnership.isEngineChain(chain.name()) && !rules.hasChain(chain))
                    .map(Edit.NewChain::new)
                    .forEach(edits::add);
            edits.addAll(inserts);
        }
        return new RuleScript(edits);
    }
}
