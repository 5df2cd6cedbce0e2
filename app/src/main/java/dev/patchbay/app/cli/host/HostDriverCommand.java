package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.docker.driver.DriverSwitch;
import dev.patchbay.core.docker.driver.RemoteDriver;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.Machine;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/// `host driver`: serves the network driver until this process ends; `on` and `off` switch one in the
/// background.
@Command(
        name = "driver",
        description = "Be the network driver `patchbay` of this machine's Docker: until Ctrl+C, or in the background",
        customSynopsis = "patchbay host driver [on|off]")
public final class HostDriverCommand extends CliCommand {
    private static final String SERVING_MESSAGE =
            "Docker has the network driver patchbay now: docker network create -d patchbay NAME";

    HostDriverCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.between(0, 1);
    }

    @Override
    protected int execute() throws EngineException, RefusedException, UsageException {
        Machine machine = Machine.here(HelperCommand.ofThisProgram());
        switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "" -> serve(machine);
            case "on" -> {
                DriverSwitch.of(machine).on();
                print(SERVING_MESSAGE);
            }
            case "off" -> {
                DriverSwitch.of(machine).off();
                print("Docker's networks that Patchbay made stay; no container starts on them without the driver.");
            }
            default -> throw new UsageException("unknown \"" + arguments.getFirst() + "\": on, off or nothing");
        }
        return ExitCode.DONE;
    }

    private void serve(Machine machine) throws EngineException, RefusedException {
        try (RemoteDriver driver = RemoteDriver.open(RemoteDriver.PLUGINS, machine)) {
            // Ctrl+C ends the process, and only this hook still runs.
            Runtime.getRuntime().addShutdownHook(new Thread(driver::close));
            print(SERVING_MESSAGE);
            session.out().flush();
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
