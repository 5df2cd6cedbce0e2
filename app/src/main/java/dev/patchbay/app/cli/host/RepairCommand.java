package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.host.HostCapability;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.status.PlannedStep;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `repair`: changes the kernel to match the records, and puts rules of Docker back that are gone. It does not touch
/// other objects of others, and it cannot be undone.
@Command(
        name = "repair",
        description = "Change the kernel back to what the records say, after somebody changed it",
        customSynopsis = {"patchbay repair [--dry-run]", "patchbay repair --auto on|off"})
public final class RepairCommand extends ChangeCommand {
    @Option(
            names = "--auto",
            paramLabel = "on|off",
            description = "Repair by itself, as soon as something is seen to be wrong, or no longer")
    @Nullable
    String auto;

    public RepairCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws EngineException, RefusedException, UsageException {
        if (auto != null) {
            host().autoRepair(parseOnOff(auto));
            return ExitCode.DONE;
        }
        if (host().topology().host().rootless() != null) {
            host().require(HostCapability.KERNEL);
        }
        List<PlannedStep> steps = host().repair(dryRun());
        Topology topology = host().topology();
        if (topology.driftCoverage() == Topology.DriftCoverage.EVERYTHING) {
            printSteps(steps);
        } else {
            printEngineRepair(steps, topology);
        }
        return ExitCode.DONE;
    }

    /// On an engine's host Patchbay's own records are repaired, and rules of Docker that are gone.
    private void printEngineRepair(List<PlannedStep> steps, Topology topology) {
        if (steps.isEmpty()) {
            print(
                    switch (topology.driftCoverage()) {
                        case EVERYTHING, ENGINE_RULES ->
                            "Nothing to do for what Patchbay has recorded. Of the engine's own rules, those of bridge"
                                    + " networks and published ports were checked.";
                        case RECORDS ->
                            "Nothing to do for what Patchbay has recorded. The engine's own rules were not checked.";
                        case NOTHING -> "Nothing was checked: the kernel of this host cannot be read from here.";
                    });
        } else {
            printSteps(steps);
        }
        topology.problems().stream()
                .filter(problem -> problem.steps().isEmpty())
                .forEach(problem -> print("Problem: " + problem.sentence()));
    }

    private boolean parseOnOff(String word) throws UsageException {
        if (dryRun() || !(word.equals("on") || word.equals("off"))) {
            throw new UsageException(
                    dryRun()
                            ? "--auto and --dry-run do not go together"
                            : "invalid argument \"" + word + "\" for \"--auto\" flag: on or off");
        }
        return word.equals("on");
    }
}
