package dev.patchbay.app.cli.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import picocli.CommandLine.Command;

/// `wait`: prints exit codes as commands end.
@Command(
        name = "wait",
        description = "Block until one or more containers stop, then print their exit codes",
        customSynopsis = "patchbay wait CONTAINER [CONTAINER...]")
public final class ContainerWaitCommand extends CliCommand {
    public ContainerWaitCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.atLeast(1);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException {
        int result = ExitCode.DONE;
        for (String name : arguments) {
            try {
                print(exitCode(name));
                session.out().flush();
            } catch (RefusedException e) {
                session.err().println(new CommandRefusedException(e.refusal()).text());
                result = ExitCode.REFUSED;
            }
        }
        return result;
    }

    private String exitCode(String name) throws EngineException, RefusedException {
        BlockingQueue<Optional<HostEvent>> happened = new LinkedBlockingQueue<>();
        // Starts to watch before it reads the state, so that it misses no end.
        try (AutoCloseable _ =
                host().events(event -> happened.add(Optional.of(event)), _ -> happened.add(Optional.empty()))) {
            JsonNode container = host().inspectContainer(name);
            JsonNode state = container.path("State");
            if (!state.path("Running").asBoolean()) {
                return state.path("ExitCode").asText();
            }
            String id = container.path("Id").asText();
            while (true) {
                HostEvent event = happened.take()
                        .orElseThrow(() -> new EngineException("wait for " + name, "the helper went away"));
                if (event.id().value().equals(id) && event.action().equals("die")) {
                    return event.attributes().getOrDefault("exitCode", "");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("wait for " + name, "interrupted", e);
        } catch (EngineException | RefusedException e) {
            throw e;
        } catch (Exception e) {
            throw new EngineException("wait for " + name, String.valueOf(e.getMessage()), e);
        }
    }
}
