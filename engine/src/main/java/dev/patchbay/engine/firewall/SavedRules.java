package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// All chains and rules of one family in the kernel with their counters, as `iptables-save -c` printed
/// them.
///
/// @param rules of one chain in their order, numbered from 1
/// @param unreadable lines that are not of this form
/// @param unreadableTables the names of tables that iptables cannot show, because somebody wrote a rule with nft
///     that it has no words for
public record SavedRules(
        List<KernelChain> chains, List<KernelRule> rules, List<Unreadable> unreadable, Set<String> unreadableTables) {
    private static final Pattern CHAIN = Pattern.compile(":(\\S+) (\\S+) \\[(\\d+):(\\d+)]");
    private static final Pattern RULE = Pattern.compile("\\[(\\d+):(\\d+)] -A (\\S+)(?: (.*))?", Pattern.DOTALL);

    /// What iptables-nft-save prints in the place of a table (nft_is_table_compatible in iptables/nft.c).
    private static final Pattern INCOMPATIBLE = Pattern.compile("# Table `(.+)' is incompatible, use 'nft' tool\\.");

    private static final Pattern IGNORED_LINE = Pattern.compile("(#.*|COMMIT|)", Pattern.DOTALL);
    private static final int MAX_SHOWN = 100;

    public SavedRules {
        chains = List.copyOf(chains);
        rules = List.copyOf(rules);
        unreadable = List.copyOf(unreadable);
        unreadableTables = Set.copyOf(unreadableTables);
    }

    public SavedRules(List<KernelChain> chains, List<KernelRule> rules) {
        this(chains, rules, List.of(), Set.of());
    }

    /// Reads what `iptables-save -c` prints, each line by itself.
    public static SavedRules parse(Family family, String text) {
        List<KernelChain> chains = new ArrayList<>();
        List<KernelRule> rules = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        Set<String> unreadableTables = new HashSet<>();
        Map<Chain, Integer> counts = new LinkedHashMap<>();
        String table = "";
        StringBuilder pending = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            pending.append(pending.isEmpty() ? "" : "\n").append(line);
            // A comment of somebody else's rule may hold line breaks, and they are printed as they are.
            if (pending.indexOf("[") == 0 && insideQuotes(pending)) {
                continue;
            }
            String whole = pending.toString();
            pending.setLength(0);
            Matcher chain = CHAIN.matcher(whole);
            Matcher rule = RULE.matcher(whole);
            Matcher incompatible = INCOMPATIBLE.matcher(whole);
            if (whole.startsWith("*")) {
                table = whole.substring(1);
            } else if (chain.matches()) {
                chains.add(new KernelChain(
                        family, table, chain.group(1), chain.group(2), number(chain.group(3)), number(chain.group(4))));
            } else if (rule.matches()) {
                int place = counts.merge(new Chain(family, table, rule.group(3)), 1, Integer::sum);
                String specification = rule.group(4);
                rules.add(new KernelRule(
                        family,
                        table,
                        rule.group(3),
                        place,
                        number(rule.group(1)),
                        number(rule.group(2)),
                        specification == null ? "" : specification));
            } else if (incompatible.matches()) {
                unreadableTables.add(incompatible.group(1));
                unreadable.add(new Unreadable(Unreadable.Kind.TABLE, unreadable(family, incompatible.group(1))));
            } else if (!IGNORED_LINE.matcher(whole).matches()) {
                unreadable.add(new Unreadable(Unreadable.Kind.RULE, EngineException.printable(whole, MAX_SHOWN)));
            }
        }
        if (!pending.isEmpty()) {
            unreadable.add(new Unreadable(Unreadable.Kind.RULE, EngineException.printable(pending, MAX_SHOWN)));
        }
        return new SavedRules(chains, rules, unreadable, unreadableTables);
    }

    static String unreadable(Family family, String table) {
        return family.iptablesCommand() + " has no words for a rule in table " + table + ", which was written with nft";
    }

    /// The chains that the kernel calls by itself.
    List<Chain> builtIn() {
        return chains.stream()
                .filter(chain -> !chain.policy().equals("-"))
                .map(SavedRules::chainOf)
                .toList();
    }

    /// The rules of each chain, in order; chains without any have an empty list.
    SequencedMap<Chain, List<KernelRule>> byChain() {
        SequencedMap<Chain, List<KernelRule>> result = new LinkedHashMap<>();
        chains.forEach(chain -> result.put(chainOf(chain), new ArrayList<>()));
        rules.forEach(rule -> result.computeIfAbsent(
                        new Chain(rule.family(), rule.table(), rule.chain()), chain -> new ArrayList<>())
                .add(rule));
        return result;
    }

    @Nullable
    KernelChain find(Chain chain) {
        return chains.stream()
                .filter(it -> chainOf(it).equals(chain))
                .findFirst()
                .orElse(null);
    }

    private static Chain chainOf(KernelChain chain) {
        return new Chain(chain.family(), chain.table(), chain.name());
    }

    private static boolean insideQuotes(CharSequence text) {
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                inside = !inside;
            }
        }
        return inside;
    }

    /// The kernel counts to 2^64.
    private static long number(String digits) {
        return Long.parseUnsignedLong(digits);
    }
}
