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

/// Connects the window and the command line to the Lab in the state directory that the environment
/// names.
public final class LabConnector {
    private static final System.Logger LOG = System.getLogger(LabConnector.class.getName());

    /// Shorter than for a script: the window reports a silent helper, and asks again by itself.
    private static final Duration WINDOW_SILENCE = Duration.ofMillis(2500);

    private LabConnector() {}

    public static Lab of(Map<String, String> environment) throws EngineException {
        return new Lab(
                StateDirectory.of(environment),
                HelperCommand.ofThisProgram().withResolver(ResolverCommandLine.arguments()));
    }

    /// Starts what is not running, and connects to the Lab; or returns the reason why this machine
    /// cannot have a Lab. Blocks until the helper answers.
    public static HostOpener.Result start(Map<String, String> environment) throws EngineException {
        return start(of(environment).up(WINDOW_SILENCE));
    }

    private static HostOpener.Result start(HelperStart start) throws EngineException {
        return switch (start) {
            case HelperStart.Ready ready -> new HostOpener.Result.Opened(LabHost.connect(ready.socket()));
            case HelperStart.Unavailable unavailable -> new HostOpener.Result.Unavailable(unavailable.refusal());
        };
    }

    /// Starts in the background what [#start] needs, so that it waits less. Problems are left to
    /// [#start].
    public static void startInBackground(Map<String, String> environment) {
        Thread.ofPlatform().daemon().name("lab").start(() -> {
            try {
                of(environment).up();
            } catch (EngineException e) {
                LOG.log(System.Logger.Level.DEBUG, "the Lab is not started ahead", e);
            }
        });
    }

    /// As [#start], but throws when this machine cannot have a Lab.
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
