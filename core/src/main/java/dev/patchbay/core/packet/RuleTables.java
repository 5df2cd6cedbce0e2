package dev.patchbay.core.packet;

import dev.patchbay.core.packet.HookVerdict.Kind;
import dev.patchbay.core.packet.NftTableParser.NftTable;
import dev.patchbay.core.packet.RuleStatement.ChainRule;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.KernelTable;
import dev.patchbay.engine.net.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// The parsed rules of one family, of iptables and of nft, which can be evaluated for packets.
public final class RuleTables {
    /// When the kernel calls a chain that does not translate.
    public enum Phase {
        /// Before the translation of the hook; at a hook without translation, all chains.
        BEFORE_NAT,
        AFTER_NAT
    }

    /// A table of iptables, and where its built-in chains are called.
    private enum Builtin {
        RAW(-300, NetfilterHook.PREROUTING, NetfilterHook.OUTPUT),
        MANGLE(-150, NetfilterHook.values()),
        NAT(-100, NetfilterHook.PREROUTING, NetfilterHook.INPUT, NetfilterHook.OUTPUT, NetfilterHook.POSTROUTING),
        FILTER(0, NetfilterHook.INPUT, NetfilterHook.FORWARD, NetfilterHook.OUTPUT),
        SECURITY(50, NetfilterHook.INPUT, NetfilterHook.FORWARD, NetfilterHook.OUTPUT);

        private final int priority;
        private final List<NetfilterHook> hooks;

        Builtin(int priority, NetfilterHook... hooks) {
            this.priority = priority;
            this.hooks = List.of(hooks);
        }
    }

    private final List<KernelRule> iptablesRules;
    /// The rules of each chain of each table.
    private final Map<String, Map<String, List<ChainRule>>> rules = new HashMap<>();
    private final List<BaseChain> baseChains = new ArrayList<>();
    private final List<BaseChain.OnLink> onLinks = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    public RuleTables(HostRules sample, Family family) {
        List<KernelChain> chains = sample.chains().stream()
                .filter(chain -> chain.family() == family)
                .toList();
        iptablesRules = sample.rules().stream()
                .filter(rule -> rule.family() == family)
                .sorted(Comparator.comparingInt(KernelRule::number))
                .toList();
        sample.tables().forEach(table -> addNft(table, family));
        Map<String, Set<String>> names = new HashMap<>();
        chains.forEach(chain ->
                names.computeIfAbsent(chain.table(), _ -> new HashSet<>()).add(chain.name()));
        for (KernelRule rule : iptablesRules) {
            Set<String> ofTable = names.getOrDefault(rule.table(), Set.of());
            rules.computeIfAbsent(rule.table(), _ -> new HashMap<>())
                    .computeIfAbsent(rule.chain(), _ -> new ArrayList<>())
                    .add(new IptablesRuleParser(ofTable::contains).parse(rule));
        }
        for (Builtin builtin : Builtin.values()) {
            builtin.hooks.forEach(hook -> addIptables(builtin, hook, chains));
        }
        baseChains.sort(Comparator.comparingInt(BaseChain::priority));
    }

    private void addIptables(Builtin builtin, NetfilterHook hook, List<KernelChain> chains) {
        String table = builtin.name().toLowerCase(Locale.ROOT);
        List<KernelChain> found = chains.stream()
                .filter(chain -> chain.table().equals(table) && chain.name().equals(hook.name()))
                .toList();
        boolean otherFilters = at(hook).anyMatch(other -> !other.translates());
        if (found.isEmpty()
                && builtin == Builtin.FILTER
                && otherFilters
                && rulesOf(table, hook.name()).isEmpty()) {
            return;
        }
        boolean sourceNat = hook == NetfilterHook.INPUT || hook == NetfilterHook.POSTROUTING;
        baseChains.add(new BaseChain(
                table,
                hook.name(),
                false,
                hook,
                builtin == Builtin.NAT && sourceNat ? -builtin.priority : builtin.priority,
                builtin == Builtin.NAT,
                builtin == Builtin.MANGLE && hook == NetfilterHook.OUTPUT,
                found.stream().anyMatch(chain -> chain.policy().equals("DROP"))));
    }

    private void addNft(KernelTable table, Family family) {
        boolean relevant = switch (table.family()) {
            case "ip" -> family == Family.IPV4;
            case "ip6" -> family == Family.IPV6;
            case "inet", "bridge", "netdev" -> true;
            default -> false;
        };
        if (!relevant) {
            return;
        }
        NftTable parsed = NftTableParser.parse(table);
        if (parsed == null) {
            unreadable.add(table.family() + " " + table.name());
            return;
        }
        rules.put(parsed.name(), parsed.rules());
        baseChains.addAll(parsed.baseChains());
        onLinks.addAll(parsed.onLinks());
    }

    /// Every rule of iptables, without an order.
    public List<KernelRule> rules() {
        return iptablesRules;
    }

    /// Tables of nft that could not be read, as `inet mine`.
    public List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    /// The chains for frames of bridges at a hook, in the kernel's order.
    public List<BaseChain> bridgeChains(NetfilterHook hook) {
        return baseChains.stream()
                .filter(chain -> chain.hook() == hook && chain.ofBridge())
                .toList();
    }

    /// Chains of nft for the packets of one link that have rules.
    public List<BaseChain.OnLink> onLinks() {
        return List.copyOf(onLinks);
    }

    /// The chains that filter or mark at a hook, in the kernel's order.
    public List<BaseChain> chains(NetfilterHook hook, Phase phase) {
        return at(hook).filter(chain ->
                        !chain.translates() && hook.isBeforeNat(chain.priority()) == (phase == Phase.BEFORE_NAT))
                .toList();
    }

    private Stream<BaseChain> at(NetfilterHook hook) {
        return baseChains.stream().filter(chain -> chain.hook() == hook && !chain.ofBridge());
    }

    /// The verdict of one chain with those that it calls.
    public HookVerdict evaluate(BaseChain chain, Packet packet, MatchContext context) {
        Function<String, List<ChainRule>> ofTable = name -> rulesOf(chain.table(), name);
        return new ChainTraversal(chain, ofTable, context).verdict(packet);
    }

    /// The verdict of the NAT chains of a hook: the first that translates decides.
    public HookVerdict translate(NetfilterHook hook, Packet packet, MatchContext context) {
        List<BaseChain> chains = at(hook).filter(BaseChain::translates).toList();
        boolean skipped = packet.reply() || packet.tracking().untracked();
        HookVerdict last = new HookVerdict(chains.getFirst(), Kind.ACCEPTED, "", List.of(), null, packet);
        for (int i = 0; i < chains.size() && !skipped; i++) {
            last = evaluate(chains.get(i), last.packet(), context);
            if (last.kind() != Kind.ACCEPTED) {
                return isCertain(last, chains.subList(i + 1, chains.size()), context)
                        ? last
                        : new HookVerdict(
                                last.chain(),
                                Kind.UNKNOWN,
                                "",
                                last.matchedRules(),
                                last.decidingRule(),
                                last.packet());
            }
        }
        return last;
    }

    /// The kernel calls chains of one priority in the reverse order of their creation, which is not known.
    private boolean isCertain(HookVerdict first, List<BaseChain> later, MatchContext context) {
        return later.stream()
                .filter(chain -> chain.priority() == first.chain().priority())
                .map(chain -> evaluate(chain, first.packet(), context))
                .allMatch(other -> other.kind() == Kind.ACCEPTED || other.hasSameEffect(first));
    }

    private List<ChainRule> rulesOf(String table, String chain) {
        return rules.getOrDefault(table, Map.of()).getOrDefault(chain, List.of());
    }
}
