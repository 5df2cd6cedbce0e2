package dev.patchbay.core.packet;

import dev.patchbay.core.packet.HookVerdict.Kind;
import dev.patchbay.core.packet.RuleTables.Entry;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.rule.RuleOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Traverses the chains of one hook with one packet. When it is unknown whether a rule matches, both
/// paths are followed; if they have the same verdict, that is the result.
final class ChainTraversal {
    /// Targets after which the traversal continues with the next rule.
    private static final Set<String> NON_TERMINAL_TARGETS = Set.of(
            "",
            "LOG",
            "NFLOG",
            "ULOG",
            "MARK",
            "CONNMARK",
            "CHECKSUM",
            "TCPMSS",
            "TOS",
            "DSCP",
            "CLASSIFY",
            "TRACE",
            "SECMARK",
            "CONNSECMARK",
            "TTL",
            "HL",
            "AUDIT",
            "SET",
            "RATEEST",
            "LED");
    /// Maximum number of forks in one traversal; beyond it the verdict is unknown.
    private static final int MAX_FORKS = 64;

    private final RuleTables tables;
    private final String table;
    private final String hook;
    private final RuleMatcher matcher;
    private int forks;

    /// The rest of a chain, and the calling chain to which a packet returns at its end.
    private record Frame(String chain, int next, @Nullable Frame caller) {
        Frame advanced() {
            return new Frame(chain, next + 1, caller);
        }
    }

    ChainTraversal(RuleTables tables, String table, String hook, RuleMatcher match) {
        this.tables = tables;
        this.table = table;
        this.hook = hook;
        this.matcher = match;
    }

    HookVerdict verdict() {
        return traverse(new Frame(hook, 0, null), List.of());
    }

    private HookVerdict traverse(Frame start, List<KernelRule> before) {
        List<KernelRule> met = new ArrayList<>(before);
        Frame frame = start;
        while (true) {
            List<Entry> lines = tables.lines(table, frame.chain());
            if (frame.next() >= lines.size()) {
                if (frame.caller() == null) {
                    return policy(met);
                }
                frame = frame.caller();
                continue;
            }
            Entry line = lines.get(frame.next());
            switch (matcher.evaluate(line.matches())) {
                case NO -> frame = frame.advanced();
                case YES -> {
                    met.add(line.rule());
                    HookVerdict end = terminalVerdict(line, met);
                    if (end != null) {
                        return end;
                    }
                    Frame next = next(frame, line);
                    if (next == null) {
                        return policy(met);
                    }
                    frame = next;
                }
                case MAYBE -> {
                    return traverseBoth(frame, line, met);
                }
            }
        }
    }

    private HookVerdict traverseBoth(Frame frame, Entry line, List<KernelRule> met) {
        HookVerdict without = traverseFork(frame.advanced(), met);
        List<KernelRule> with = new ArrayList<>(met);
        with.add(line.rule());
        HookVerdict end = terminalVerdict(line, with);
        if (end == null) {
            Frame next = next(frame, line);
            end = next == null ? policy(with) : traverseFork(next, with);
        }
        return end.hasSameEffect(without) ? without : new HookVerdict(Kind.UNKNOWN, "", with, line.rule());
    }

    private HookVerdict traverseFork(Frame frame, List<KernelRule> met) {
        return ++forks > MAX_FORKS ? new HookVerdict(Kind.UNKNOWN, "", met, null) : traverse(frame, met);
    }

    /// Where to continue after a rule without a verdict; null when the hook's policy decides.
    private @Nullable Frame next(Frame frame, Entry line) {
        if (line.target().equals("RETURN")) {
            return frame.caller();
        }
        if (tables.chain(table, line.target()) == null) {
            return frame.advanced();
        }
        return line.returnsHere()
                ? new Frame(line.target(), 0, frame.advanced())
                : new Frame(line.target(), 0, frame.caller());
    }

    /// Null when the traversal continues.
    private @Nullable HookVerdict terminalVerdict(Entry line, List<KernelRule> met) {
        if (NON_TERMINAL_TARGETS.contains(line.target())
                || line.target().equals("RETURN")
                || tables.chain(table, line.target()) != null) {
            return null;
        }
        Kind kind = switch (line.target()) {
            case "ACCEPT" -> Kind.ACCEPTED;
            case "DROP" -> Kind.DROPPED;
            case "REJECT" -> Kind.REJECTED;
            case "DNAT" -> Kind.DNAT;
            case "SNAT" -> Kind.SNAT;
            case "MASQUERADE" -> Kind.MASQUERADED;
            default -> Kind.UNKNOWN;
        };
        return new HookVerdict(kind, natArgument(line), met, line.rule());
    }

    private static String natArgument(Entry line) {
        return line.targetOptions().stream()
                .filter(option -> option.name().equals("--to-destination")
                        || option.name().equals("--to-source"))
                .map(RuleOption::value)
                .findFirst()
                .orElse("");
    }

    private HookVerdict policy(List<KernelRule> met) {
        KernelChain chain = tables.chain(table, hook);
        boolean drops = chain != null && chain.policy().equals("DROP");
        return new HookVerdict(drops ? Kind.DROPPED : Kind.ACCEPTED, "", met, null);
    }
}
