package dev.patchbay.app.cli.host;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.FilterOptions;
import dev.patchbay.app.cli.command.OutputFormat;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.filter.TimestampParser;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `events`: prints events as they happen, and with `--since` also those that the helper remembers.
@Command(
        name = "events",
        description = "Get real time events from the Lab",
        customSynopsis = "patchbay events [OPTIONS]")
public final class EventsCommand extends CliCommand {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX");
    private static final Duration NO_END = Duration.ofDays(365_000);

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "FILTER",
            description = "Filter output based on conditions provided")
    List<String> filters = new ArrayList<>();

    @Option(names = "--since", paramLabel = "TIME", description = "Show all events created since timestamp")
    @Nullable
    String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Stream events until this timestamp")
    @Nullable
    String until;

    @Option(names = "--format", paramLabel = "FORMAT", description = "Format the output using the given Go template")
    String format = "";

    public EventsCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws EngineException, RefusedException, CommandRefusedException, UsageException {
        EventFilter filter = EventFilter.of(FilterOptions.of(filters, "-f, --filter"));
        boolean wholeDocument = format.equals("{{json .}}") || format.equals("json");
        OutputFormat template = format.isEmpty() || wholeDocument ? null : OutputFormat.of(format);
        Instant now = session.clock().instant();
        boolean ofThePast = since != null || until != null;
        Instant from = since == null ? Instant.MIN : TimestampParser.parse(since, now);
        Instant end = until == null ? now.plus(NO_END) : TimestampParser.parse(until, now);
        BlockingQueue<Optional<HostEvent>> happened = new LinkedBlockingQueue<>();
        // Starts to watch before it reads the past; an event in both is printed once.
        try (AutoCloseable _ =
                host().events(event -> happened.add(Optional.of(event)), _ -> happened.add(Optional.empty()))) {
            List<HostEvent> past = ofThePast ? host().events() : List.of();
            Instant told = past.isEmpty() ? Instant.MIN : past.getLast().at();
            for (HostEvent event : past) {
                if (!event.at().isBefore(from) && !event.at().isAfter(end) && filter.matches(event)) {
                    printEvent(event, template, wholeDocument);
                }
            }
            session.out().flush();
            while (true) {
                Optional<HostEvent> next = nextEvent(happened, end);
                if (next.isEmpty()) {
                    return ExitCode.DONE;
                }
                if (next.get().at().isAfter(told) && filter.matches(next.get())) {
                    printEvent(next.get(), template, wholeDocument);
                    session.out().flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.DONE;
        } catch (EngineException | CommandRefusedException e) {
            throw e;
        } catch (Exception e) {
            throw new EngineException("watch the host", String.valueOf(e.getMessage()), e);
        }
    }

    /// Docker's client says nothing before what is wrong with a time.
    @Override
    protected String errorPrefix() {
        return "";
    }

    /// The next event; empty when the time is over.
    private Optional<HostEvent> nextEvent(BlockingQueue<Optional<HostEvent>> happened, Instant end)
            throws InterruptedException, EngineException {
        long left = Duration.between(session.clock().instant(), end).toMillis();
        Optional<HostEvent> next = happened.poll(Math.max(0, left), TimeUnit.MILLISECONDS);
        if (next == null) {
            return Optional.empty();
        }
        if (next.isEmpty()) {
            throw new EngineException("watch the host", "the helper went away");
        }
        return next;
    }

    private void printEvent(HostEvent event, @Nullable OutputFormat template, boolean wholeDocument)
            throws CommandRefusedException {
        if (wholeDocument) {
            print(event.document().toString());
        } else if (template != null) {
            printText(template.apply(fields(event)));
        } else {
            print(eventLine(event));
        }
    }

    private String eventLine(HostEvent event) {
        String attributes = event.attributes().entrySet().stream()
                .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
                .collect(Collectors.joining(", "));
        return TIME.format(event.at().atZone(session.clock().getZone())) + " " + event.kind() + " " + event.action()
                + " " + event.id() + " (" + attributes + ")";
    }

    /// Fields by their names in Go's templates.
    private static ObjectNode fields(HostEvent event) {
        ObjectNode document = event.document();
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        Map.of("Status", "status", "ID", "id", "From", "from")
                .forEach((field, key) -> fields.put(field, document.path(key).asText()));
        fields.set("Type", document.path("Type"));
        fields.set("Action", document.path("Action"));
        fields.set("Actor", document.path("Actor"));
        fields.set("Scope", document.path("scope"));
        fields.set("Time", document.path("time"));
        fields.set("TimeNano", document.path("timeNano"));
        return fields;
    }
}
