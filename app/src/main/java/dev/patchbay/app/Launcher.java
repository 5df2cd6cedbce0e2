package dev.patchbay.app;

import dev.patchbay.app.cli.Cli;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.text.TerminalText;
import dev.patchbay.app.hosts.HostConnector;
import dev.patchbay.app.text.Language;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.window.PatchbayApp;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Application;

/// The main class: starts the command line if there is a command, otherwise the window.
///
/// It is no JavaFX Application, so JavaFX may be on the class path, and commands do not load it.
public final class Launcher {
    private static final String WITHOUT_DISPLAY =
            "every command works without one, as `patchbay tour` or `patchbay --help`.";
    /// JavaFX warns at every start that it was loaded from the class path, which is intended.
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    /// This library logs every connection that it retries.
    private static final Logger DOCKER_TRANSPORT = Logger.getLogger("com.github.dockerjava");

    private Launcher() {}

    public static void main(String[] words) {
        Map<String, String> environment = System.getenv();
        DOCKER_TRANSPORT.setLevel(Level.SEVERE);
        Optional<String> host = Cli.windowHost(environment, words);
        System.exit(host.isPresent() ? window(environment, host.get()) : command(environment, words));
    }

    private static int command(Map<String, String> environment, String[] words) {
        PrintWriter err = writer(FileDescriptor.err);
        CliSession session = new CliSession(
                new InputStreamReader(System.in, StandardCharsets.UTF_8),
                writer(FileDescriptor.out),
                err,
                Clock.systemUTC(),
                environment,
                name -> HostConnector.open(environment, name, line -> err.println(TerminalText.escape(line))),
                true);
        return Cli.run(session, words);
    }

    /// @param host to show; empty for the one that was shown last
    private static int window(Map<String, String> environment, String host) {
        Optional<String> unknown =
                host.isEmpty() ? Optional.empty() : HostConnector.unknownHostMessage(environment, host);
        if (unknown.isPresent()) {
            writer(FileDescriptor.err).println(TerminalText.escape(unknown.get()));
            return ExitCode.USAGE;
        }
        if (environment.getOrDefault("DISPLAY", "").isEmpty()
                && environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty()) {
            writer(FileDescriptor.err)
                    .println("There is no display for the window (neither DISPLAY nor WAYLAND_DISPLAY is set); "
                            + WITHOUT_DISPLAY);
            return ExitCode.USAGE;
        }
        Language language = Language.forEnvironment(environment, Locale.getDefault(Locale.Category.DISPLAY));
        Messages.setLanguage(language);
        // JavaFX's own texts, such as the menu of a text field, have the language of the window.
        Locale.setDefault(language.locale());
        // Charts use AWT's shapes and fonts; AWT's own connection to the display would disturb GTK.
        System.setProperty("java.awt.headless", "true");
        JAVAFX.setLevel(Level.SEVERE);
        try {
            Application.launch(PatchbayApp.class, host);
            return ExitCode.DONE;
        } catch (UnsupportedOperationException e) {
            // JavaFX throws this when the display cannot be opened.
            writer(FileDescriptor.err)
                    .println("The window cannot be shown (" + e.getMessage() + "); " + WITHOUT_DISPLAY);
            return ExitCode.USAGE;
        }
    }

    /// Always UTF-8, as Docker writes.
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
