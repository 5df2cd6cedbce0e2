package dev.patchbay.app.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.app.cli.text.GoJson;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Prints inspect documents, as one array or each through a template. Found objects are printed even
/// when others are not found. Like Docker it prints an empty array, and an empty line when nothing was
/// asked for.
public abstract class AbstractInspectCommand extends CliCommand {
    /// A kind of object that a name may stand for.
    @FunctionalInterface
    public interface Kind {
        ObjectNode inspect(ConnectedHost host, String name) throws EngineException, RefusedException;
    }

    private final String noun;
    private final List<Kind> kinds;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "Format the output using the given Go template")
    String format = "";

    /// @param noun for `No such …`
    /// @param kinds in the order in which they are tried
    protected AbstractInspectCommand(CliSession session, String noun, List<Kind> kinds) {
        super(session);
        this.noun = noun;
        this.kinds = List.copyOf(kinds);
    }

    /// The kinds that the options allow.
    protected List<Kind> kinds() throws UsageException {
        return kinds;
    }

    protected String noun() {
        return noun;
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.atLeast(1);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException, UsageException {
        OutputFormat template = format.isEmpty() ? null : OutputFormat.of(format);
        List<Kind> tried = kinds();
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        List<String> errors = new ArrayList<>();
        for (String name : arguments) {
            ObjectNode document = document(tried, name, errors);
            if (document != null) {
                found.add(document);
            }
        }
        if (template == null) {
            printText(GoJson.indented(found));
        } else {
            printText(String.join(System.lineSeparator(), lines(template, found, errors)));
        }
        errors.forEach(session.err()::println);
        return errors.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private static List<String> lines(OutputFormat template, ArrayNode found, List<String> errors) {
        List<String> lines = new ArrayList<>();
        for (var document : found) {
            try {
                lines.add(template.apply(document));
            } catch (CommandRefusedException e) {
                errors.add(e.text());
            }
        }
        return lines;
    }

    private @Nullable ObjectNode document(List<Kind> tried, String name, List<String> errors)
            throws EngineException, CommandRefusedException {
        for (Kind kind : tried) {
            try {
                return kind.inspect(host(), name);
            } catch (RefusedException e) {
                Refusal refusal = e.refusal();
                if (!refusal.code().endsWith("-not-found")) {
                    errors.add(new CommandRefusedException(refusal).text());
                    return null;
                }
            }
        }
        errors.add("Error: No such " + noun() + ": " + name);
        return null;
    }
}
