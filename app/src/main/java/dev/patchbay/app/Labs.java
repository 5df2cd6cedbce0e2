package dev.patchbay.app;

import dev.patchbay.core.NetworkController;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.Lab;
import dev.patchbay.engine.client.LabDirectory;
import dev.patchbay.engine.client.LabStart;
import java.util.Map;

/// How window and command line come to the Lab: the one of the state directory that the environment names.
public final class Labs {
    private Labs() {}

    public static Lab lab(Map<String, String> environment) throws EngineException {
        return new Lab(LabDirectory.of(environment), HelperCommand.standard());
    }

    /// The Lab's controller, after starting what is down; blocks until the helper answers. A machine that cannot have
    /// a Lab is an [EngineException] with the reason and the advice.
    public static NetworkController open(Map<String, String> environment) throws EngineException {
        switch (lab(environment).up()) {
            case LabStart.Ready ready ->
                throw new EngineException("open the Lab", "nothing speaks to " + ready.socket() + " yet");
            case LabStart.Unavailable unavailable ->
                throw new EngineException(
                        "start the Lab",
                        unavailable.refusal().sentence() + " "
                                + unavailable.refusal().advice());
        }
    }

    /// Ends the Lab; its records stay.
    public static void down(Map<String, String> environment) throws EngineException {
        lab(environment).down();
    }
}
