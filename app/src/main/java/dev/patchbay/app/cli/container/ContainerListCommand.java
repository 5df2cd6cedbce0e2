package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.FilterOptions;
import dev.patchbay.app.cli.command.Listing;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.app.cli.text.GoText;
import dev.patchbay.app.cli.text.HumanDuration;
import dev.patchbay.app.cli.text.PortsColumn;
import dev.patchbay.core.filter.ContainerFilters;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.ContainerSize;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `ps`, newest container first.
@Command(name = "ps", description = "List containers", customSynopsis = "patchbay ps [OPTIONS]")
public final class ContainerListCommand extends CliCommand {
    private static final int COMMAND_WIDTH = 20;
    private static final int MOUNT_WIDTH = 15;
    private static final List<String> COLUMNS =
            List.of("ID", "Image", "Command", "RunningFor", "Status", "Ports", "Names");

    @Option(
            names = {"-a", "--all"},
            description = "Show all containers (default shows just running)")
    boolean all;

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "FILTER",
            description = "Filter output based on conditions provided")
    List<String> filters = new ArrayList<>();

    @Option(
            names = {"-n", "--last"},
            paramLabel = "COUNT",
            description = "Show n last created containers (includes all states)")
    int last = -1;

    @Option(
            names = {"-l", "--latest"},
            description = "Show the latest created container (includes all states)")
    boolean latest;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only display container IDs")
    boolean quiet;

    @Option(names = "--no-trunc", description = "Don't truncate output")
    boolean noTruncation;

    @Option(
            names = {"-s", "--size"},
            description = "Display total file sizes")
    boolean size;

    @Option(names = "--format", paramLabel = "FORMAT", description = "Pretty-print containers using a Go template")
    String format = "";

    public ContainerListCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws EngineException, RefusedException, CommandRefusedException, UsageException {
        Listing listing = Listing.of(quiet && format.isEmpty() ? "{{.ID}}" : format, headings(), columns());
        Map<String, List<String>> wanted = FilterOptions.of(filters, "-f, --filter");
        Topology topology = host().topology();
        Map<Id, ContainerSize> sizes = size || format.contains(".Size") ? host().containerSizes() : Map.of();
        Predicate<Container> filter = ContainerFilters.read(wanted, topology);
        long count = latest ? 1 : last;
        boolean everyState = all || count > 0 || wanted.containsKey("status");
        List<Listing.Row> rows = topology.containers().reversed().stream()
                .filter(container -> everyState || isUp(container))
                .filter(filter)
                .limit(count > 0 ? count : Long.MAX_VALUE)
                .map(container -> new Listing.Row(row(container, topology, sizes), container.labels()))
                .toList();
        listing.lines(rows).forEach(this::printText);
        return ExitCode.DONE;
    }

    private List<String> columns() {
        return size ? Stream.concat(COLUMNS.stream(), Stream.of("Size")).toList() : COLUMNS;
    }

    @Override
    protected String errorPrefix() {
        return CommandRefusedException.DAEMON_PREFIX;
    }

    /// A container that waits for its restart counts as running.
    private static boolean isUp(Container container) {
        return container.running() || container.state() == Container.State.RESTARTING;
    }

    private static SequencedMap<String, String> headings() {
        SequencedMap<String, String> headings = new LinkedHashMap<>();
        headings.put("ID", "CONTAINER ID");
        headings.put("Image", "IMAGE");
        headings.put("Command", "COMMAND");
        headings.put("CreatedAt", "CREATED AT");
        headings.put("RunningFor", "CREATED");
        headings.put("State", "STATE");
        headings.put("Status", "STATUS");
        headings.put("Ports", "PORTS");
        headings.put("Names", "NAMES");
        headings.put("Labels", "LABELS");
        headings.put("Networks", "NETWORKS");
        headings.put("LocalVolumes", "LOCAL VOLUMES");
        headings.put("Mounts", "MOUNTS");
        headings.put("Size", "SIZE");
        return headings;
    }

    private SequencedMap<String, String> row(Container container, Topology topology, Map<Id, ContainerSize> sizes) {
        String command = container.command().stream()
                .map(word -> word.contains(" ") ? "'" + word + "'" : word)
                .collect(Collectors.joining(" "));
        SequencedMap<String, String> row = new LinkedHashMap<>();
        row.put("ID", noTruncation ? container.id().value() : container.id().shortForm());
        row.put("Image", container.image());
        row.put("Command", GoText.quote(noTruncation ? command : GoText.ellipsis(command, COMMAND_WIDTH)));
        row.put("CreatedAt", GoText.time(container.created().truncatedTo(ChronoUnit.SECONDS)));
        row.put("RunningFor", durationSince(container.created()) + " ago");
        row.put("State", container.state().name().toLowerCase(Locale.ROOT));
        row.put("Status", status(container));
        row.put("Ports", PortsColumn.of(container));
        row.put("Names", container.name());
        row.put("Labels", GoText.labels(container.labels()));
        row.put("Networks", networks(container, topology));
        row.put(
                "LocalVolumes",
                Long.toString(container.mounts().stream()
                        .filter(mount -> mount.driver().equals("local"))
                        .count()));
        row.put("Mounts", mounts(container));
        row.put("Size", size(sizes.getOrDefault(container.id(), ContainerSize.NOTHING)));
        return row;
    }

    private String mounts(Container container) {
        return container.mounts().stream()
                .map(mount -> noTruncation ? mount.label() : GoText.ellipsis(mount.label(), MOUNT_WIDTH))
                .collect(Collectors.joining(","));
    }

    private static String size(ContainerSize size) {
        String own = GoText.size(size.writableBytes());
        return size.totalBytes() == 0 ? own : own + " (virtual " + GoText.size(size.totalBytes()) + ")";
    }

    private static String networks(Container container, Topology topology) {
        if (container.networkMode().equals("none") || container.networkMode().equals("host")) {
            return container.networkMode();
        }
        return container.endpoints().stream()
                .map(endpoint -> topology.network(endpoint.network()))
                .filter(Objects::nonNull)
                .map(Network::name)
                .sorted()
                .collect(Collectors.joining(","));
    }

    private String status(Container container) {
        return switch (container.state()) {
            case CREATED -> "Created";
            case RUNNING -> "Up " + durationSince(container.startedAt()) + health(container.health());
            case PAUSED -> "Up " + durationSince(container.startedAt()) + " (Paused)";
            case REMOVING -> "Removal In Progress";
            case DEAD -> "Dead";
            case RESTARTING ->
                "Restarting (" + container.exitCode() + ") " + durationSince(container.finishedAt()) + " ago";
            case EXITED -> "Exited (" + container.exitCode() + ") " + durationSince(container.finishedAt()) + " ago";
        };
    }

    private static String health(Container.Health health) {
        return switch (health) {
            case NONE -> "";
            case STARTING -> " (health: starting)";
            case HEALTHY -> " (healthy)";
            case UNHEALTHY -> " (unhealthy)";
        };
    }

    private String durationSince(@Nullable Instant instant) {
        return HumanDuration.of(
                instant == null
                        ? Duration.ZERO
                        : Duration.between(instant, session.clock().instant()));
    }
}
