package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.Listing;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.app.hosts.HostChoice;
import dev.patchbay.core.docker.config.DockerHost;
import dev.patchbay.core.docker.config.DockerHosts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `host ls`: the hosts that `--host` takes. It asks no engine.
@Command(
        name = "ls",
        aliases = "list",
        description = "List hosts that networks can be managed on",
        customSynopsis = "patchbay host ls [OPTIONS]")
public final class HostListCommand extends CliCommand {
    private static final List<String> COLUMNS = List.of("Name", "Address", "Origin", "Obstacle");

    @Option(
            names = {"-q", "--quiet"},
            description = "Only display names")
    boolean quiet;

    @Option(names = "--format", paramLabel = "FORMAT", description = "Pretty-print hosts using a Go template")
    String format = "";

    HostListCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws CommandRefusedException, UsageException {
        Listing listing = Listing.of(quiet && format.isEmpty() ? "{{.Name}}" : format, headings(), COLUMNS);
        List<Listing.Row> rows = new ArrayList<>();
        rows.add(row(new DockerHost(HostChoice.LAB, "-", "Patchbay's private namespace", "")));
        new DockerHosts(session.environment()).all().forEach(host -> rows.add(row(host)));
        listing.lines(rows).forEach(this::printText);
        return ExitCode.DONE;
    }

    private static SequencedMap<String, String> headings() {
        SequencedMap<String, String> headings = new LinkedHashMap<>();
        headings.put("Name", "NAME");
        headings.put("Address", "ADDRESS");
        headings.put("Origin", "FROM");
        headings.put("Obstacle", "IN THE WAY");
        headings.put("Current", "CURRENT");
        return headings;
    }

    private Listing.Row row(DockerHost host) {
        SequencedMap<String, String> row = new LinkedHashMap<>();
        row.put("Name", host.name() + (format.isEmpty() && !quiet && isCurrent(host) ? " *" : ""));
        row.put("Address", host.address());
        row.put("Origin", host.origin());
        row.put("Obstacle", host.problem());
        row.put("Current", String.valueOf(isCurrent(host)));
        return new Listing.Row(row, Map.of());
    }

    private boolean isCurrent(DockerHost host) {
        return host.name().equals(session.hostName());
    }
}
