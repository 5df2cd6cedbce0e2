package dev.patchbay.app.cli.text;

import dev.patchbay.core.model.Topology;
import dev.patchbay.core.rules.ChainRules;
import dev.patchbay.core.rules.RuleColumns;
import dev.patchbay.core.rules.RuleMeaning;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Lists a table of rules as `iptables -L -n -v` does. Owner, object and meaning follow each rule.
public final class RuleListing {
    private static final List<String> HEADINGS =
            List.of("pkts", "bytes", "target", "prot", "opt", "in", "out", "source", "destination", "");
    /// The widths of iptables; a longer name widens its column for the whole table.
    private static final List<Integer> WIDTHS = List.of(5, 5, 10, 4, 3, 6, 6, 20, 20, 0);

    private RuleListing() {}

    /// @param plain only the output of iptables
    public static List<String> lines(HostRules sample, Family family, String table, Topology topology, boolean plain) {
        List<ChainRules> chains = ChainRules.inTraversalOrder(sample, family, table);
        List<Integer> widths = widths(chains);
        List<String> lines = new ArrayList<>();
        for (ChainRules chain : chains) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(title(chain));
            lines.add(line(HEADINGS, widths));
            for (KernelRule rule : chain.rules()) {
                lines.add(line(cells(rule), widths));
                if (!plain) {
                    lines.add(meaning(RuleMeaning.of(rule, topology)));
                }
            }
        }
        return lines;
    }

    private static String title(ChainRules chain) {
        String what = chain.builtIn()
                ? "policy %s %s packets, %s bytes"
                        .formatted(
                                chain.chain().policy(),
                                count(chain.chain().packets()),
                                count(chain.chain().bytes()))
                : chain.references() + " references";
        return TerminalText.escape("Chain %s (%s)".formatted(chain.chain().name(), what));
    }

    /// The line below a rule.
    static String meaning(RuleMeaning meaning) {
        String subject = meaning.subject().isEmpty() ? "" : ", for " + meaning.subject();
        return TerminalText.escape("            └ " + meaning.owner() + subject + ": " + meaning.sentence());
    }

    private static List<Integer> widths(List<ChainRules> chains) {
        List<Integer> widths = new ArrayList<>(WIDTHS);
        for (ChainRules chain : chains) {
            for (KernelRule rule : chain.rules()) {
                List<String> cells = cells(rule);
                for (int column = 0; column < cells.size() - 1; column++) {
                    widths.set(
                            column,
                            Math.max(widths.get(column), cells.get(column).length()));
                }
            }
        }
        return widths;
    }

    private static List<String> cells(KernelRule rule) {
        RuleColumns columns = RuleColumns.of(rule);
        return Stream.of(
                        count(rule.packets()),
                        count(rule.bytes()),
                        columns.target(),
                        columns.protocol(),
                        columns.options(),
                        columns.in(),
                        columns.out(),
                        columns.source(),
                        columns.destination(),
                        columns.match())
                .map(TerminalText::escape)
                .toList();
    }

    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            int gap = widths.get(column) - cell.length();
            if (column < 2) { // the two counters are right-aligned
                line.repeat(' ', gap).append(cell).append(' ');
            } else {
                line.append(cell).repeat(' ', Math.max(0, gap)).append(' ');
            }
        }
        return line.toString().stripTrailing();
    }

    /// iptables' short form of large numbers: `120K`.
    private static String count(long number) {
        long shown = number;
        for (String unit : List.of("", "K", "M", "G")) {
            if (shown <= 99_999) {
                return shown + unit;
            }
            shown = (shown + 500) / 1000;
        }
        return shown + "T";
    }
}
