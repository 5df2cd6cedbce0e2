package dev.patchbay.app.cli.host;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.OutputFormat;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.app.cli.text.TextTable;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.Remedy;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `explain`: why one peer can, or cannot, reach another.
@Command(
        name = "explain",
        description = {
            "Say hop by hop whether A can reach B, and what would help if not",
            "",
            "A is a container, host, outside or an address. B is the same, and :PORT[/PROTO]; without a port it is",
            "pinged.",
            "Exit code 0 when B is reached, 1 when it is not, or when that cannot be told."
        },
        customSynopsis = "patchbay explain [OPTIONS] A B[:PORT[/PROTO]]")
public final class ExplainCommand extends CliCommand {
    @Option(
            names = "--probe",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Send a packet as well, from where A is (default true)")
    boolean probe;

    @Option(
            names = {"-6", "--ipv6"},
            description = "By addresses of IPv6")
    boolean ipv6;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "json, or a Go template")
    String format = "";

    public ExplainCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(2);
    }

    @Override
    protected int execute() throws EngineException, RefusedException, CommandRefusedException, UsageException {
        OutputFormat template = format.isEmpty() ? null : OutputFormat.of(format);
        ReachabilityRequest inquiry = new ReachabilityRequest(arguments.getFirst(), arguments.getLast(), ipv6, probe);
        TracedPath path = host().explain(inquiry);
        if (template == null) {
            printPath(path);
        } else {
            printText(template.apply(document(path)));
        }
        return path.verdict() == Verdict.REACHABLE ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private void printPath(TracedPath path) throws EngineException {
        print(path.title() + ": " + lowerCaseName(path.verdict()));
        List<List<String>> rows = path.hops().stream()
                .map(hop -> List.of(
                        "  " + (hop.status() == Hop.Status.FAILS ? "FAILS" : lowerCaseName(hop.status())),
                        lowerCaseName(hop.evidence()),
                        hop.title().toString(),
                        hop.detail().toString()))
                .toList();
        List<String> lines = TextTable.lines(rows);
        for (int i = 0; i < lines.size(); i++) {
            Hop hop = path.hops().get(i);
            print(lines.get(i).stripTrailing());
            if (hop.status() != Hop.Status.OK && !hop.sentence().isEmpty()) {
                print("            " + hop.sentence());
            }
        }
        Remedy remedy = path.remedy();
        if (remedy != null) {
            String command = command(remedy);
            print(remedy.text() + (command.isEmpty() ? "." : ":"));
            if (!command.isEmpty()) {
                print("    " + command);
            }
        }
    }

    private ObjectNode document(TracedPath path) throws EngineException {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("Title", path.title().toString());
        document.put("Verdict", lowerCaseName(path.verdict()));
        ArrayNode hops = document.putArray("Hops");
        for (Hop hop : path.hops()) {
            ObjectNode node = hops.addObject();
            node.put("Stage", lowerCaseName(hop.stage()));
            node.put("Mark", lowerCaseName(hop.status()));
            node.put("Kind", lowerCaseName(hop.evidence()));
            node.put("Title", hop.title().toString());
            node.put("Detail", hop.detail().toString());
            node.put("Sentence", hop.sentence().toString());
            ArrayNode rules = node.putArray("Rules");
            hop.rules().forEach(rule -> rules.add(rule.command()));
        }
        Remedy remedy = path.remedy();
        if (remedy == null) {
            document.putNull("Remedy");
        } else {
            document.putObject("Remedy").put("Words", remedy.text().toString()).put("Command", command(remedy));
        }
        return document;
    }

    /// The command of the remedy; empty when there is none, or it would be refused.
    private String command(Remedy remedy) throws EngineException {
        return switch (remedy) {
            case Remedy.ByHand _ -> "";
            case Remedy.ByRepair _ -> "patchbay repair";
            case Remedy.ByChange help ->
                switch (host().preview(help.change())) {
                    case Outcome.Done done -> done.title();
                    case Outcome.Refused _ -> "";
                };
        };
    }

    private static String lowerCaseName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
