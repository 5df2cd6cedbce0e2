package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.verb.Arguments;
import dev.patchbay.app.cli.verb.ExitCode;
import dev.patchbay.app.cli.verb.RefusedException;
import dev.patchbay.app.cli.verb.Session;
import dev.patchbay.app.cli.verb.UsageException;
import dev.patchbay.app.cli.verb.Verb;
import dev.patchbay.core.docker.driver.NetworkDriver;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `host driver`: serves until this process is ended.
@Command(
        name = "driver",
        description = "Be the network driver `patchbay` of this machine's Docker, until Ctrl+C",
        customSynopsis = "patchbay host driver")
public final class HostDriver extends Verb {
    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    HostDriver(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, RefusedException, UsageException {
        Arguments.none(arguments);
        Machine machine = Machine.here(HelperCommand.standard());
        try (NetworkDriver driver = NetworkDriver.open(NetworkDriver.PLUGINS, machine)) {
            // Ctrl+C ends the process, and nothing but this runs any more.
            Runtime.getRuntime().addShutdownHook(new Thread(driver::close));
            print("Docker has the network driver patchbay now: docker network create -d patchbay NAME");
            session.out().flush();
            new CountDownLatch(1).await();
        } catch (Mistake mistake) {
            throw new RefusedException("", mistake.refusal());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.DONE;
    }
}
