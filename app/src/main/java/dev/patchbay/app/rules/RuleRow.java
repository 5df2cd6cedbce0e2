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

/// A rule of the kernel as a row: its counters move, the rest stays.
public final class RuleRow {
    /// What the counters stood at.
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

    /// Whose rule it is, as a person reads it.
    public String owner() {
        return owner(meaning);
    }

    static String owner(RuleMeaning meaning) {
        return meaning.owner() == RuleOwner.OTHER
                ? Messages.of("rules.owner.other")
                : meaning.owner().toString();
    }

    /// What it does to which packet, and why it exists.
    public String sentence() {
        return MessageText.of(meaning.sentence());
    }

    /// The name of the chain, and of the family where it is not IPv4.
    public String chain() {
        return switch (rule.family()) {
            case IPV4 -> rule.chain();
            case IPV6 -> "IPv6 " + rule.chain();
        };
    }

    /// A new chain begins here.
    public boolean firstOfChain() {
        return firstOfChain;
    }

    /// Since the baseline.
    public ReadOnlyLongProperty packets() {
        return packets.getReadOnlyProperty();
    }

    /// Since the baseline.
    public ReadOnlyLongProperty bytes() {
        return bytes.getReadOnlyProperty();
    }

    /// Bytes per second.
    public ReadOnlyDoubleProperty rate() {
        return rate.getReadOnlyProperty();
    }

    /// As the kernel counts them.
    public long totalPackets() {
        return total.packets();
    }

    Counts total() {
        return total;
    }

    /// The most particular thing that the rule is about.
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

    /// The rule is about this thing, or about something within it.
    public boolean concerns(Selection selected) {
        return switch (selected) {
            case Selection.None _, Selection.OfHost _ -> false;
            case Selection.OfNetwork(var network) -> network.equals(meaning.network());
            case Selection.OfContainer(var container) -> container.equals(meaning.container());
            case Selection.OfPort(var port) -> port.equals(meaning.binding());
        };
    }

    /// Every one of these words stands somewhere in the row.
    ///
    /// @param wanted in lower case
    boolean matches(List<String> wanted) {
        return wanted.stream().allMatch(searchText::contains);
    }

    boolean isSameRule(KernelRule other) {
        return identity().equals(identity(other)) && rule.number() == other.number();
    }

    /// What tells this rule from others wherever it stands in its chain.
    String identity() {
        return identity(rule);
    }

    private static String identity(KernelRule rule) {
        return rule.family() + " " + rule.table() + " " + rule.chain() + " " + rule.specification();
    }

    /// @param seconds since the counters were read before; 0 when that is unknown
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

    /// A rule that was made anew counts from 0 again, below its baseline.
    private void show() {
        boolean anew = total.packets() < baseline.packets() || total.bytes() < baseline.bytes();
        packets.set(anew ? total.packets() : total.packets() - baseline.packets());
        bytes.set(anew ? total.bytes() : total.bytes() - baseline.bytes());
    }
}
