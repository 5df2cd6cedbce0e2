package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.FilterOptions;
import dev.patchbay.app.cli.command.Listing;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.app.cli.text.GoText;
import dev.patchbay.app.cli.text.NaturalOrder;
import dev.patchbay.core.filter.NetworkFilters;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `network ls`.
@Command(name = "ls", aliases = "list", description = "List networks", customSynopsis = "patchbay network ls [OPTIONS]")
public final class NetworkListCommand extends CliCommand {
    private static final List<String> COLUMNS = List.of("ID", "Name", "Driver", "Scope");

    @Option(
            names = {"-q", "--quiet"},
            description = "Only display network IDs")
    boolean quiet;

    @Option(names = "--no-trunc", description = "Do not truncate the output")
    boolean noTruncation;

    @Option(names = "--format", paramLabel = "FORMAT", description = "Pretty-print networks using a Go template")
    String format = "";

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "FILTER",
            description = "Provide filter values (e.g. 'driver=bridge')")
    List<String> filters = new ArrayList<>();

    NetworkListCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws EngineException, RefusedException, CommandRefusedException, UsageException {
        Listing listing = Listing.of(quiet && format.isEmpty() ? "{{.ID}}" : format, headings(), COLUMNS);
        Map<String, List<String>> wanted = FilterOptions.of(filters, "-f, --filter");
        Topology topology = host().topology();
        List<Listing.Row> rows = topology.networks().stream()
                .filter(NetworkFilters.read(wanted, topology))
                .sorted(Comparator.comparing(Network::name, NaturalOrder.OF_NAMES))
                .map(network -> new Listing.Row(row(network), network.labels()))
                .toList();
        listing.lines(rows).forEach(this::printText);
        return ExitCode.DONE;
    }

    @Override
    protected String errorPrefix() {
        return CommandRefusedException.DAEMON_PREFIX;
    }

    private static SequencedMap<String, String> headings() {
        SequencedMap<String, String> headings = new LinkedHashMap<>();
        headings.put("ID", "NETWORK ID");
        headings.put("Name", "NAME");
        headings.put("Driver", "DRIVER");
        headings.put("Scope", "SCOPE");
        headings.put("IPv6", "IPV6");
        headings.put("Internal", "INTERNAL");
        headings.put("Labels", "LABELS");
        headings.put("CreatedAt", "CREATED AT");
        return headings;
    }

    private SequencedMap<String, String> row(Network network) {
        SequencedMap<String, String> row = new LinkedHashMap<>();
        row.put("ID", noTruncation ? network.id().value() : network.id().shortForm());
        row.put("Name", network.name());
        row.put("Driver", network.driver() + (network.attached() ? " (by Patchbay)" : ""));
        row.put("Scope", network.driver().scope());
        row.put("IPv6", String.valueOf(network.ipv6()));
        row.put("Internal", String.valueOf(network.internal()));
        row.put("Labels", GoText.labels(network.labels()));
        row.put("CreatedAt", GoText.time(network.created()));
        return row;
    }
}
