package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.app.cli.text.NftListing;
import dev.patchbay.app.cli.text.RuleListing;
import dev.patchbay.core.host.HostCapability;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.net.Family;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `rules`: the kernel's rules of all owners.
@Command(
        name = "rules",
        description = "List the kernel's rules with their counters, owners and meanings",
        customSynopsis = "patchbay rules [OPTIONS]")
public final class RulesCommand extends CliCommand {
    private static final Set<String> TABLES = Set.of("nat", "filter", "raw");

    private static final String NAT = "nat";

    /// The table argument for rules that iptables does not show.
    private static final String NFT = "nft";

    @Option(
            names = {"-t", "--table"},
            paramLabel = "TABLE",
            description = "nat, filter or raw; nft for what iptables does not show, as the rules of firewalld and"
                    + " Podman 5. Without it nat, or nft where nat is empty")
    @Nullable
    String table;

    @Option(
            names = {"-6", "--ipv6"},
            description = "The rules of ip6tables instead of iptables")
    boolean ipv6;

    @Option(names = "--plain", description = "Only what 'iptables -L -n -v' or nft says")
    boolean plain;

    public RulesCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException, RefusedException, UsageException {
        if (table != null && !table.equals(NFT) && !TABLES.contains(table)) {
            throw new UsageException(
                    "invalid argument \"" + table + "\" for \"-t, --table\" flag: nat, filter, raw or nft");
        }
        Topology topology = host().topology();
        host().require(HostCapability.KERNEL);
        HostRules rules = host().counters();
        Family family = ipv6 ? Family.IPV6 : Family.IPV4;
        String shown = table == null ? usualTable(rules, family) : table;
        if (shown.equals(NFT)) {
            NftListing.lines(rules.tables(), topology, plain).forEach(this::printText);
            return ExitCode.DONE;
        }
        RuleListing.lines(rules, family, shown, topology, plain).forEach(this::printText);
        if (table == null && !rules.tables().isEmpty()) {
            printError("note: nft has rules besides these: patchbay rules -t nft");
        }
        return ExitCode.DONE;
    }

    private static String usualTable(HostRules rules, Family family) {
        boolean empty = rules.rules().stream()
                .noneMatch(rule -> rule.family() == family && rule.table().equals(NAT));
        return empty && !rules.tables().isEmpty() ? NFT : NAT;
    }
}
