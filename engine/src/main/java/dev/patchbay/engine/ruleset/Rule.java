package dev.patchbay.engine.ruleset;

import dev.patchbay.engine.net.Family;
import java.util.regex.Pattern;

/// A rule that must exist, spelled as `iptables-save` spells it, so that the two compare as text.
///
/// @param specification what follows `-A CHAIN`, as `-i pb-78553fab25ef -o pb-78553fab25ef -j ACCEPT`
public record Rule(Chain chain, String specification, Placement placement) {
    /// Addresses, ports, link names and options need no more than this. No quote and no line break can ever get
    /// through: in a script for `iptables-restore` a line break starts a command of its own.
    private static final Pattern ALLOWED_CHARACTERS = Pattern.compile("[A-Za-z0-9 !,./:_\\[\\]-]+");

    /// Where in its chain a rule goes.
    public enum Placement {
        /// Before the rules of others, newer objects above older ones: rules of networks.
        HEAD,
        /// After the rules of others, newer objects below older ones: rules of ports.
        TAIL
    }

    public Rule {
        if (!ALLOWED_CHARACTERS.matcher(specification).matches()) {
            throw new IllegalArgumentException("not a rule of ours");
        }
    }

    static Rule head(Family family, String table, String chain, String specification) {
        return new Rule(new Chain(family, table, chain), specification, Placement.HEAD);
    }

    static Rule tail(Family family, String table, String chain, String specification) {
        return new Rule(new Chain(family, table, chain), specification, Placement.TAIL);
    }
}
