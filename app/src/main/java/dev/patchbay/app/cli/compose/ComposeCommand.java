package dev.patchbay.app.cli.compose;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.compose.ComposeFile;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.ProjectReadResult;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.status.PlannedStep;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The base of `plan`, `apply` and `down`: reads the files, finds the project, and shows the difference.
abstract class ComposeCommand extends CliCommand {
    private static final String COMPOSE_FILE = "COMPOSE_FILE";

    @Option(
            names = {"-p", "--project-name"},
            paramLabel = "NAME",
            description = "Name of the project (default: what the file says, else its directory's)")
    @Nullable
    String projectName;

    @Option(names = "--steps", description = "Also print the exact steps and the lines that equal them")
    boolean steps;

    ComposeCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.atLeast(0);
    }

    Project project() throws RefusedException, UsageException {
        return switch (ComposeFile.read(files(), session.environment(), projectName)) {
            case ProjectReadResult.Read(Project project) -> project;
            case ProjectReadResult.Refused(Refusal refusal) -> throw new RefusedException(refusal);
        };
    }

    /// The files that are named, else those of `COMPOSE_FILE`, else the directory's own.
    private List<Path> files() throws RefusedException {
        List<String> named = arguments;
        String variable = session.environment().getOrDefault(COMPOSE_FILE, "");
        if (named.isEmpty() && !variable.isEmpty()) {
            named = List.of(variable.split(File.pathSeparator));
        }
        try {
            List<Path> files = named.isEmpty()
                    ? ComposeFile.defaultFiles(Path.of(""))
                    : named.stream().map(Path::of).toList();
            if (files.isEmpty()) {
                throw new RefusedException(new Refusal(
                        "compose-file",
                        "no configuration file provided: not found",
                        "Name the file, or go where a compose.yaml is."));
            }
            return files;
        } catch (InvalidPathException e) {
            throw RefusedException.of("compose-file", "no such file: " + e.getMessage());
        }
    }

    ProjectDifference difference(Project project, ComposeGoal aim) throws EngineException, RefusedException {
        return host().compareProject(project, aim);
    }

    /// The steps that the difference takes; an exception when it cannot be made, so that nobody is asked in vain.
    List<PlannedStep> preview(ProjectDifference difference) throws EngineException, RefusedException {
        return difference.isEmpty()
                ? List.of()
                : done(host().preview(difference.change())).steps();
    }

    static Outcome.Done done(Outcome outcome) throws RefusedException {
        return switch (outcome) {
            case Outcome.Done done -> done;
            case Outcome.Refused(Refusal refusal) -> {
                String advice = refusal.advice().isEmpty() ? "" : " " + refusal.advice();
                throw new RefusedException(
                        new Refusal(refusal.code(), refusal.sentence(), "Nothing is changed." + advice));
            }
        };
    }

    void show(ProjectDifference difference) {
        difference.items().forEach(item -> print(item.toString()));
        if (difference.isEmpty()) {
            print("Nothing to do.");
        }
        difference.notes().forEach(note -> printError("note: " + note));
    }

    void show(List<PlannedStep> planned) {
        if (steps && !planned.isEmpty()) {
            printSteps(planned);
        }
    }
}
