package dev.patchbay.app.viewmodel;

import dev.patchbay.app.canvas.Selected;
import dev.patchbay.core.rules.RuleColumns;
import dev.patchbay.core.rules.RuleMeaning;
import dev.patchbay.engine.protocol.KernelRule;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;

/// A rule of the kernel as a row: its counters move, the rest stays.
public final class RuleRow {
    private final KernelRule rule;
    private final RuleColumns columns;
    private final RuleMeaning meaning;
    private final boolean firstOfChain;
    private final ReadOnlyLongWrapper packets = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper bytes = new ReadOnlyLongWrapper();
    private final ReadOnlyDoubleWrapper rate = new ReadOnlyDoubleWrapper();

    RuleRow(KernelRule rule, RuleMeaning meaning, boolean firstOfChain) {
        this.rule = rule;
        this.columns = RuleColumns.of(rule);
        this.meaning = meaning;
        this.firstOfChain = firstOfChain;
        packets.set(rule.packets());
        bytes.set(rule.bytes());
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

    public ReadOnlyLongProperty packets() {
        return packets.getReadOnlyProperty();
    }

    public ReadOnlyLongProperty bytes() {
        return bytes.getReadOnlyProperty();
    }

    /// Bytes per second.
    public ReadOnlyDoubleProperty rate() {
        return rate.getReadOnlyProperty();
    }

    /// The most particular thing that the rule is about.
    public Selected subject() {
        if (meaning.binding() != null) {
            return new Selected.PortSelected(meaning.binding());
        }
        if (meaning.container() != null) {
            return new Selected.ContainerSelected(meaning.container());
        }
        return meaning.network() == null ? new Selected.Nothing() : new Selected.NetworkSelected(meaning.network());
    }

    /// The rule is about this thing, or about something within it.
    public boolean concerns(Selected selected) {
        return switch (selected) {
            case Selected.Nothing _, Selected.HostSelected _ -> false;
            case Selected.NetworkSelected(var network) -> network.equals(meaning.network());
            case Selected.ContainerSelected(var container) -> container.equals(meaning.container());
            case Selected.PortSelected(var port) -> port.equals(meaning.binding());
        };
    }

    boolean same(KernelRule other) {
        return rule.family() == other.family()
                && rule.table().equals(other.table())
                && rule.chain().equals(other.chain())
                && rule.number() == other.number()
                && rule.specification().equals(other.specification());
    }

    /// @param seconds since the counters were read before; 0 when that is unknown
    void count(long newPackets, long newBytes, double seconds) {
        long grown = newBytes - bytes.get();
        rate.set(seconds <= 0 || grown < 0 ? 0 : grown / seconds);
        packets.set(newPackets);
        bytes.set(newBytes);
    }
}
