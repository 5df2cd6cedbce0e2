package dev.patchbay.core.rules;

import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.KernelRule;

/// A rule of iptables or of nft.
public sealed interface FirewallRule {
    /// `filter`, `inet netavark`.
    String table();

    String chain();

    /// Its position in the chain, from 1.
    int number();

    RuleMeaning meaning(Topology topology);

    /// The command that appends it, to be pasted into a shell.
    String command();

    /// The command that deletes it.
    String deletion();

    record OfIptables(KernelRule rule) implements FirewallRule {
        @Override
        public String table() {
            return rule.table();
        }

        @Override
        public String chain() {
            return rule.chain();
        }

        @Override
        public int number() {
            return rule.number();
        }

        @Override
        public RuleMeaning meaning(Topology topology) {
            return RuleMeaning.of(rule, topology);
        }

        @Override
        public String command() {
            return RuleCommand.of(rule);
        }

        @Override
        public String deletion() {
            return command().replaceFirst(" -A ", " -D ");
        }
    }

    /// @param handle the kernel's number of it within its table
    record OfNft(NftRule rule, long handle) implements FirewallRule {
        @Override
        public String table() {
            return rule.table().family() + " " + rule.table().name();
        }

        @Override
        public String chain() {
            return rule.chain();
        }

        @Override
        public int number() {
            return rule.number();
        }

        @Override
        public RuleMeaning meaning(Topology topology) {
            return rule.meaning(topology);
        }

        @Override
        public String command() {
            return "nft add rule " + table() + " " + chain() + " " + rule.text();
        }

        @Override
        public String deletion() {
            return "nft delete rule " + table() + " " + chain() + " handle " + handle;
        }
    }
}
