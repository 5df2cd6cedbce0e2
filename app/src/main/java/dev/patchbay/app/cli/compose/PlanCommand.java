package dev.patchbay.app.cli.compose;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.app.cli.text.GoJson;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.status.PlannedStep;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `plan`: shows what `apply` would change.
@Command(
        name = "plan",
        description = "Show how the host differs from a Compose file; change nothing",
        customSynopsis = "patchbay plan [OPTIONS] [FILE...]")
public final class PlanCommand extends ComposeCommand {
    @Option(names = "--remove-orphans", description = "Also what the project has and the file no longer")
    boolean removeOrphans;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json")
    String format = "text";

    @Option(names = "--exit-code", description = "End with 1 when something differs, as 'git diff' does")
    boolean exitCode;

    public PlanCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws EngineException, RefusedException, UsageException {
        if (!format.equals("text") && !format.equals("json")) {
            throw new UsageException("invalid argument \"" + format + "\" for \"--format\" flag: text or json");
        }
        Project project = project();
        ProjectDifference difference =
                difference(project, removeOrphans ? ComposeGoal.UP_REMOVE_ORPHANS : ComposeGoal.UP);
        if (format.equals("json")) {
            printText(GoJson.indented(document(project, difference, preview(difference))));
        } else {
            show(difference);
            show(preview(difference));
        }
        return exitCode && !difference.isEmpty() ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private static ObjectNode document(Project project, ProjectDifference difference, List<PlannedStep> planned) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode document = json.objectNode();
        document.put("Project", project.name());
        ArrayNode changes = document.putArray("Changes");
        for (ProjectDifference.Item item : difference.items()) {
            ObjectNode change = changes.addObject();
            change.put("Action", item.kind().name().toLowerCase(Locale.ROOT));
            change.put("Kind", item.subject().toString());
            change.put("Name", item.name());
            texts(change.putArray("Details"), item.details());
        }
        texts(document.putArray("Notes"), difference.notes());
        ArrayNode steps = document.putArray("Steps");
        for (PlannedStep step : planned) {
            ObjectNode one = steps.addObject();
            one.put("Name", step.name());
            texts(one.putArray("Lines"), step.lines());
        }
        return document;
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
