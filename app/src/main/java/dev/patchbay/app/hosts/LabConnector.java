package dev.patchbay.app.hosts;

import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.lab.LabHost;
import dev.patchbay.core.resolver.ResolverCommandLine;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.lab.Lab;
import java.time.Duration;
import java.util.Map;

/// How window and command line come to the Lab: the one of the state directory that the environment names.
public final class LabConnector {
    private static final System.Logger LOG = System.getLogger(LabConnector.class.getName());

    /// A person in front of a window does not wait as long as a script: it says that the helper is silent, and asks
    /// again by itself.
    private static final Duration WINDOW_SILENCE = Duration.ofMillis(2500);

    private LabConnector() {}

    public static Lab of(Map<String, String> environment) throws EngineException {
        return new Lab(
                StateDirectory.of(environment),
                HelperCommand.ofThisProgram().withResolver(ResolverCommandLine.arguments()));
    }

    /// The Lab, after starting what is down, or why this machine cannot have a Lab; blocks until the
    /// helper answers.
    public static HostOpener.Result start(Map<String, String> environment) throws EngineException {
        return start(of(environment).up(WINDOW_SILENCE));
    }

    private static HostOpener.Result start(HelperStart start) throws EngineException {
        return switch (start) {
            case HelperStart.Ready ready -> new HostOpener.Result.Opened(LabHost.connect(ready.socket()));
            case HelperStart.Unavailable unavailable -> new HostOpener.Result.Unavailable(unavailable.refusal());
        };
    }

    /// Begins with [#start], which then has less to wait for and says what is in the way.
    public static void startInBackground(Map<String, String> environment) {
        Thread.ofPlatform().daemon().name("lab").start(() -> {
            try {
                of(environment).up();
            } catch (EngineException e) {
                LOG.log(System.Logger.Level.DEBUG, "the Lab is not started ahead", e);
            }
        });
    }

    /// As [#start], for callers to whom a machine without a Lab is a failure.
    public static ConnectedHost open(Map<String, String> environment) throws EngineException {
        return switch (start(of(environment).up())) {
            case HostOpener.Result.Opened there -> there.connected();
            case HostOpener.Result.Unavailable not ->
                throw new EngineException(
                        "start the Lab",
                        not.refusal().sentence() + " " + not.refusal().advice());
        };
    }

    /// Ends the Lab; its records stay.
    public static void down(Map<String, String> environment) throws EngineException {
        of(environment).down();
    }
}
