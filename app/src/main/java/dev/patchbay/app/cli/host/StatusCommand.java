package dev.patchbay.app.cli.host;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.OutputFormat;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.app.hosts.HostChoice;
import dev.patchbay.app.hosts.LabConnector;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.RootlessEngine;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.lab.LabStatus;
import dev.patchbay.engine.status.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `status`, and `lab status`; does not start the Lab.
@Command(
        name = "status",
        description = "Say whether the host is up, and what is in it",
        customSynopsis = {"patchbay status [OPTIONS]", "patchbay lab status [OPTIONS]"})
public final class StatusCommand extends CliCommand {
    private final boolean ofLab;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "json, or a Go template")
    String format = "";

    private StatusCommand(CliSession session, boolean ofLab) {
        super(session);
        this.ofLab = ofLab;
    }

    static StatusCommand ofLab(CliSession session) {
        return new StatusCommand(session, true);
    }

    public static StatusCommand ofSelectedHost(CliSession session) {
        return new StatusCommand(session, false);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException, UsageException {
        List<Problem> problems = new ArrayList<>();
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        boolean silent = false;
        if (!ofLab && !session.hostName().equals(HostChoice.LAB)) {
            status.put("Host", session.hostName());
            addCounts(status, problems);
        } else {
            LabStatus.State state = addLabState(status);
            silent = state == LabStatus.State.HELPER_NOT_RESPONDING;
            if (state == LabStatus.State.UP) {
                addCounts(status, problems);
            }
        }
        if (format.isEmpty()) {
            status.properties()
                    .forEach(field -> print("%-12s %s"
                            .formatted(field.getKey() + ":", field.getValue().asText())));
            problems.forEach(problem -> print("Problem:     " + problem.sentence()));
        } else {
            printText(OutputFormat.of(format).apply(status));
        }
        if (silent) {
            throw new EngineException(
                    "ask the helper",
                    "it does not answer: `kill -CONT " + status.get("HelperPid").asLong()
                            + "` lets it go on if it is stopped, `patchbay lab down` ends it");
        }
        return ExitCode.DONE;
    }

    private LabStatus.State addLabState(ObjectNode status) throws EngineException {
        LabStatus lab = LabConnector.of(session.environment()).status();
        status.put("State", lab.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        status.put("Directory", lab.directory().toString());
        status.put("AnchorPid", lab.anchorPid());
        status.put("HelperPid", lab.helperPid());
        return lab.state();
    }

    private static String drivers(RootlessEngine rootless) {
        List<String> drivers = new ArrayList<>();
        if (!rootless.networkDriver().isEmpty()) {
            drivers.add("network driver " + rootless.networkDriver());
        }
        if (!rootless.portDriver().isEmpty()) {
            drivers.add("port driver " + rootless.portDriver());
        }
        return drivers.isEmpty() ? "yes" : String.join(", ", drivers);
    }

    /// @param problems the problems that are found are added here
    private void addCounts(ObjectNode status, List<Problem> problems) throws EngineException {
        Topology topology = host().topology();
        status.put("Revision", topology.revision());
        if (topology.host().rootless() instanceof RootlessEngine rootless) {
            status.put("Rootless", drivers(rootless));
        }
        status.put("Networks", topology.networks().size());
        status.put("Containers", topology.containers().size());
        status.put(
                "Running",
                topology.containers().stream().filter(Container::running).count());
        status.put(
                "Ports",
                topology.containers().stream()
                        .mapToInt(container -> container.ports().size())
                        .sum());
        problems.addAll(topology.problems());
        status.put("Problems", topology.problems().size());
        status.put("AutoRepair", topology.autoRepair());
    }
}
