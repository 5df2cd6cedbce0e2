package dev.patchbay.engine.rule;

import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.rule.Match.ConntrackState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A rule that we write. It contains only addresses, ports and names of links, and no other text of a
/// person, so none of its words can become a command of a script.
///
/// @param matches all of them must match; in the order of `iptables-save`
public record RuleSpec(List<Match> matches, Target target) {
    public RuleSpec {
        matches =
                matches.stream().sorted(Comparator.comparingInt(RuleSpec::rank)).toList();
    }

    /// iptables prints addresses first, then links, then the protocol, then further matches in the order
    /// in which they were given.
    private static int rank(Match match) {
        return switch (match) {
            case Match.Source _ -> 0;
            case Match.Destination _ -> 1;
            case Match.In _ -> 2;
            case Match.Out _ -> 3;
            case Match.Transport _ -> 4;
            case Match.SourcePorts _, Match.DestinationPorts _, Match.FromHost _, Match.ToHost _, Match.Conntrack _ ->
                5;
        };
    }

    /// What `iptables-save` prints after `-A CHAIN`: `-i pb-78553fab25ef -o pb-78553fab25ef -j ACCEPT`.
    public String text() {
        StringJoiner text = new StringJoiner(" ");
        matches.forEach(match -> text.add(match.text()));
        return text.add(target.text()).toString();
    }

    /// A rule that matches every packet.
    public static Builder match() {
        return new Builder(List.of());
    }

    /// Immutable, so that rules can share their first matches.
    public record Builder(List<Match> matches) {
        private Builder and(Match match) {
            List<Match> more = new ArrayList<>(matches);
            more.add(match);
            return new Builder(more);
        }

        public Builder from(Cidr prefix) {
            return and(new Match.Source(prefix, false));
        }

        public Builder notFrom(Cidr prefix) {
            return and(new Match.Source(prefix, true));
        }

        public Builder to(Cidr prefix) {
            return and(new Match.Destination(prefix, false));
        }

        public Builder notTo(Cidr prefix) {
            return and(new Match.Destination(prefix, true));
        }

        public Builder in(String link) {
            return and(new Match.In(link, false));
        }

        public Builder notIn(String link) {
            return and(new Match.In(link, true));
        }

        public Builder out(String link) {
            return and(new Match.Out(link, false));
        }

        public Builder notOut(String link) {
            return and(new Match.Out(link, true));
        }

        public Builder toPorts(Protocol protocol, PortRange ports) {
            return and(new Match.Transport(protocol)).and(new Match.DestinationPorts(protocol, ports));
        }

        public Builder fromPorts(Protocol protocol, PortRange ports) {
            return and(new Match.Transport(protocol)).and(new Match.SourcePorts(protocol, ports));
        }

        public Builder fromHost() {
            return and(new Match.FromHost());
        }

        public Builder toHost() {
            return and(new Match.ToHost());
        }

        public Builder established() {
            return conntrack(Set.of(ConntrackState.RELATED, ConntrackState.ESTABLISHED), false, null);
        }

        /// Packets of connections that came in through a published port.
        public Builder dnat() {
            return conntrack(Set.of(ConntrackState.DNAT), false, null);
        }

        public Builder notDnat() {
            return conntrack(Set.of(ConntrackState.DNAT), true, null);
        }

        public Builder dnatReply() {
            return conntrack(Set.of(ConntrackState.DNAT), false, Match.Direction.REPLY);
        }

        public Builder originallyTo(Cidr prefix) {
            return and(new Match.Conntrack(Set.of(), false, prefix, Match.Direction.ORIGINAL));
        }

        private Builder conntrack(Set<ConntrackState> states, boolean negated, Match.@Nullable Direction direction) {
            return and(new Match.Conntrack(states, negated, null, direction));
        }

        public RuleSpec accept() {
            return then(Target.Verdict.ACCEPT);
        }

        public RuleSpec drop() {
            return then(Target.Verdict.DROP);
        }

        public RuleSpec returns() {
            return then(Target.Verdict.RETURN);
        }

        public RuleSpec jump(OwnChain chain) {
            return then(new Target.Jump(chain));
        }

        public RuleSpec masquerade() {
            return then(new Target.Masquerade());
        }

        public RuleSpec then(Target target) {
            return new RuleSpec(matches, target);
        }
    }
}
