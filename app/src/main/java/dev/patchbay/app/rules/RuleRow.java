package dev.patchbay.app.rules;

import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.MessageText;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.rules.RuleColumns;
import dev.patchbay.core.rules.RuleMeaning;
import dev.patchbay.core.rules.RuleOwner;
import dev.patchbay.engine.kernel.KernelRule;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;

/// A row for a rule of the kernel. Only its counters change.
public final class RuleRow {
    /// A reading of the counters.
    record Counts(long packets, long bytes) {
        static final Counts NOTHING = new Counts(0, 0);
    }

    private final KernelRule rule;
    private final RuleColumns columns;
    private final RuleMeaning meaning;
    private final boolean firstOfChain;
    private final String searchText;
    private final ReadOnlyLongWrapper packets = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper bytes = new ReadOnlyLongWrapper();
    private final ReadOnlyDoubleWrapper rate = new ReadOnlyDoubleWrapper();
    private Counts total;
    private Counts baseline = Counts.NOTHING;

    RuleRow(KernelRule rule, RuleMeaning meaning, boolean firstOfChain) {
        this.rule = rule;
        this.columns = RuleColumns.of(rule);
        this.meaning = meaning;
        this.firstOfChain = firstOfChain;
        this.searchText = buildSearchText();
        this.total = new Counts(rule.packets(), rule.bytes());
        show();
    }

    private String buildSearchText() {
        return String.join(
                        " ",
                        List.of(
                                rule.family().iptablesCommand(),
                                chain(),
                                columns.target(),
                                columns.protocol(),
                                columns.in(),
                                columns.out(),
                                columns.source(),
                                columns.destination(),
                                columns.match(),
                                owner(),
                                meaning.subject()))
                .toLowerCase(Locale.ROOT);
    }

    public KernelRule rule() {
        return rule;
    }

    public RuleColumns columns() {
        return columns;
    }

    public RuleMeaning meaning() {
        return meaning;
    }

    /// The owner of the rule, as the window shows it.
    public String owner() {
        return owner(meaning);
    }

    static String owner(RuleMeaning meaning) {
        return meaning.owner() == RuleOwner.OTHER
                ? Messages.of("rules.owner.other")
                : meaning.owner().toString();
    }

    /// What the rule does to which packets, and why it exists.
    public String sentence() {
        return MessageText.of(meaning.sentence());
    }

    /// The name of the chain, followed by the family unless it is IPv4.
    public String chain() {
        return switch (rule.family()) {
            case IPV4 -> rule.chain();
            case IPV6 -> "IPv6 " + rule.chain();
        };
    }

    /// Whether the rule is the first of its chain.
    public boolean firstOfChain() {
        return firstOfChain;
    }

    /// Packets since the baseline.
    public ReadOnlyLongProperty packets() {
        return packets.getReadOnlyProperty();
    }

    /// Bytes since the baseline.
    public ReadOnlyLongProperty bytes() {
        return bytes.getReadOnlyProperty();
    }

    /// Bytes per second.
    public ReadOnlyDoubleProperty rate() {
        return rate.getReadOnlyProperty();
    }

    /// Packets as the kernel counts them.
    public long totalPackets() {
        return total.packets();
    }

    Counts total() {
        return total;
    }

    /// The most specific object that the rule is for.
    public Selection subject() {
        return subject(meaning);
    }

    static Selection subject(RuleMeaning meaning) {
        if (meaning.binding() != null) {
            return new Selection.OfPort(meaning.binding());
        }
        if (meaning.container() != null) {
            return new Selection.OfContainer(meaning.container());
        }
        return meaning.network() == null ? new Selection.None() : new Selection.OfNetwork(meaning.network());
    }

    /// Whether the rule is for this object or for a part of it.
    public boolean concerns(Selection selected) {
        return switch (selected) {
            case Selection.None _, Selection.OfHost _ -> false;
            case Selection.OfNetwork(var network) -> network.equals(meaning.network());
            case Selection.OfContainer(var container) -> container.equals(meaning.container());
            case Selection.OfPort(var port) -> port.equals(meaning.binding());
        };
    }

    /// Whether each of these words occurs in some column of the row.
    ///
    /// @param wanted in lower case
    boolean matches(List<String> wanted) {
        return wanted.stream().allMatch(searchText::contains);
    }

    boolean isSameRule(KernelRule other) {
        return identity().equals(identity(other)) && rule.number() == other.number();
    }

    /// Identifies this rule, whatever its position in the chain is.
    String identity() {
        return identity(rule);
    }

    private static String identity(KernelRule rule) {
        return rule.family() + " " + rule.table() + " " + rule.chain() + " " + rule.specification();
    }

    /// @param seconds since the previous reading; 0 when unknown
    void updateCounts(long newPackets, long newBytes, double seconds) {
        long grown = newBytes - total.bytes();
        rate.set(seconds <= 0 || grown < 0 ? 0 : grown / seconds);
        total = new Counts(newPackets, newBytes);
        show();
    }

    void setBaseline(Counts from) {
        baseline = from;
        show();
    }

    /// A rule that was replaced counts from 0 again, which is below its baseline.
    private void show() {
        boolean anew = total.packets() < baseline.packets() || total.bytes() < baseline.bytes();
        packets.set(anew ? total.packets() : total.packets() - baseline.packets());
        bytes.set(anew ? total.bytes() : total.bytes() - baseline.bytes());
    }
}
