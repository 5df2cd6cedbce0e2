package dev.patchbay.app;

import dev.patchbay.core.HelperController;
import dev.patchbay.core.NetworkController;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.Lab;
import dev.patchbay.engine.client.LabDirectory;
import dev.patchbay.engine.client.LabStart;
import dev.patchbay.engine.client.LabStatus;
import dev.patchbay.engine.protocol.Request;
import java.nio.file.Path;
import java.util.Map;

/// How window and command line come to the Lab: the one of the state directory that the environment names.
public final class Labs {
    private static final System.Logger LOG = System.getLogger(Labs.class.getName());

    private Labs() {}

    public static Lab lab(Map<String, String> environment) throws EngineException {
        return new Lab(LabDirectory.of(environment), HelperCommand.standard());
    }

    /// The Lab's controller, after starting what is down; blocks until the helper answers. A machine that cannot have
    /// a Lab is an [EngineException] with the reason and the advice.
    public static NetworkController open(Map<String, String> environment) throws EngineException {
        return switch (lab(environment).up()) {
            case LabStart.Ready ready -> HelperController.connect(ready.socket());
            case LabStart.Unavailable unavailable ->
                throw new EngineException(
                        "start the Lab",
                        unavailable.refusal().sentence() + " "
                                + unavailable.refusal().advice());
        };
    }

    /// Ends the Lab; its records stay.
    public static void down(Map<String, String> environment) throws EngineException {
        Lab lab = lab(environment);
        if (lab.status().state() == LabStatus.State.UP) {
            askToStop(LabDirectory.of(environment).socket());
        }
        lab.down();
    }

    /// So that the helper closes its journal; nothing is lost when it does not answer any more.
    private static void askToStop(Path socket) {
        try (HelperClient client = HelperClient.connect(socket)) {
            client.call(new Request.Hello());
            client.call(new Request.Stop());
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.DEBUG, "the helper did not stop by itself", e);
        }
    }
}
