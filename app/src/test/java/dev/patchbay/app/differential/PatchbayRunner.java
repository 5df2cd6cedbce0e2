package dev.patchbay.app.differential;

import dev.patchbay.app.cli.Cli;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.hosts.LabConnector;
import dev.patchbay.engine.EngineException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// Patchbay's command line in this JVM, on a real Lab of its own.
final class PatchbayRunner implements ContainerEngine {
    private final Map<String, String> environment;

    private PatchbayRunner(Map<String, String> environment) {
        this.environment = environment;
    }

    static PatchbayRunner start(Path directory) throws EngineException {
        PatchbayRunner engine = new PatchbayRunner(Map.of(
                "PATCHBAY_HOME", directory.toString(), "PATH", System.getenv("PATH"), "HOME", directory.toString()));
        engine.command(List.of("lab", "up")).line();
        engine.outside(ContainerEngine.mirror(directory.resolve("mirror"))).line();
        return engine;
    }

    @Override
    public CommandResult command(List<String> words, String answer) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CliSession session = new CliSession(
                new StringReader(answer),
                new PrintWriter(out),
                new PrintWriter(err),
                Clock.systemUTC(),
                environment,
                _ -> LabConnector.open(environment),
                false);
        int code = Cli.run(session, words.toArray(String[]::new));
        return new CommandResult(code, out.toString(), err.toString());
    }

    @Override
    public CommandResult onHost(String script) {
        return inLab(List.of("sh", "-c", script), false);
    }

    @Override
    public CommandResult outside(String script) {
        return inLab(List.of("sh", "-c", script), true);
    }

    @Override
    public CommandResult inside(String container, String script) {
        String namespace = field(container, "{{.NetworkSettings.SandboxKey}}");
        return inLab(List.of("nsenter", "--net=" + namespace, "--", "sh", "-c", script), false);
    }

    @Override
    public CommandResult within(String container, String script) {
        String pid = field(container, "{{.State.Pid}}");
        return inLab(List.of("nsenter", "--target", pid, "--all", "--", "sh", "-c", script), false);
    }

    private String field(String container, String format) {
        return command(List.of("container", "inspect", "--format", format, container))
                .line();
    }

    private CommandResult inLab(List<String> words, boolean outside) {
        try {
            return CommandResult.program(Map.of(), LabConnector.of(environment).command(words, outside));
        } catch (EngineException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            LabConnector.down(environment);
        } catch (EngineException e) {
            throw new IllegalStateException(e);
        }
    }
}
