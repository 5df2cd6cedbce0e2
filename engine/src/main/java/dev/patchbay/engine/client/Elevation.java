package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.os.Programs;
import dev.patchbay.engine.os.TrustedInstallation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Asks a person for root, to start this machine's helper: always the installed one, from a fixed path,
/// without arguments of the person.
public enum Elevation {
    /// Asks on the terminal.
    SUDO("sudo"),
    /// Asks in a dialog of the desktop, with the text of the package's policy.
    PKEXEC("pkexec");

    /// The path that the package installs and the policy names.
    public static final Path HELPER = Path.of("/usr/lib/patchbay/helper/patchbay-helper");

    /// Only these variables of the person are passed on: the language and the terminal of the question.
    private static final Set<String> PASSED_VARIABLES = Set.of("LANG", "LC_ALL", "LC_MESSAGES", "TERM");

    private static final int SUDO_DENIED = 1;
    private static final int PKEXEC_DISMISSED = 126;
    private static final int PKEXEC_DENIED = 127;

    private static final String PROMPT = "[sudo] Patchbay's helper needs root; password of %p: ";

    private final String program;

    Elevation(String program) {
        this.program = program;
    }

    /// `sudo` on a terminal, otherwise `pkexec` on a desktop; empty when nobody can be asked.
    public static Optional<Elevation> choose(Map<String, String> environment, boolean terminal) {
        boolean desktop = !environment.getOrDefault("DISPLAY", "").isEmpty()
                || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
        if (terminal && Programs.find(SUDO.program).isPresent()) {
            return Optional.of(SUDO);
        }
        return terminal || desktop ? Optional.of(PKEXEC) : Optional.empty();
    }

    /// The command line that starts the helper as root.
    List<String> commandLine() throws EngineException {
        String path = Programs.require(program);
        return switch (this) {
            case SUDO -> List.of(path, "-p", PROMPT, "--", HELPER.toString());
            case PKEXEC -> List.of(path, HELPER.toString());
        };
    }

    /// The obstacle, found without asking; empty for none.
    public Optional<Refusal> refusal() throws EngineException {
        Optional<Refusal> files = fileRefusal();
        if (files.isPresent()) {
            return files;
        }
        return Programs.find(program).isPresent()
                ? Optional.empty()
                : Optional.of(StartRefusals.missingProgram(program));
    }

    /// An obstacle for every user: the helper is not installed, or another user than root can change it.
    static Optional<Refusal> fileRefusal() throws EngineException {
        if (!Files.isExecutable(HELPER)) {
            return Optional.of(StartRefusals.notInstalled(HELPER));
        }
        try {
            return TrustedInstallation.firstUntrusted(HELPER).map(StartRefusals::untrustedFiles);
        } catch (IOException e) {
            throw EngineException.of("look at " + HELPER, e);
        }
    }

    /// Asks, and starts the helper. Blocks until the helper answers or the person declines.
    Optional<Refusal> start() throws EngineException {
        Optional<Refusal> obstacle = refusal();
        if (obstacle.isPresent()) {
            return obstacle;
        }
        ProcessBuilder builder =
                new ProcessBuilder(commandLine()).directory(Path.of("/").toFile());
        builder.environment().keySet().retainAll(PASSED_VARIABLES);
        builder.environment().put("PATH", Programs.PATH);
        builder.redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.PIPE);
        try {
            Process asking = builder.start();
            try (BufferedReader errors = asking.errorReader()) {
                String lastWords =
                        errors.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
                return outcome(asking.waitFor(), lastWords.strip());
            }
        } catch (IOException e) {
            throw EngineException.of("start " + program, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("start " + program, "interrupted", e);
        }
    }

    private Optional<Refusal> outcome(int exitCode, String lastWords) {
        if (exitCode == 0) {
            return Optional.empty();
        }
        boolean declined = switch (this) {
            case SUDO -> exitCode == SUDO_DENIED;
            case PKEXEC -> exitCode == PKEXEC_DISMISSED || exitCode == PKEXEC_DENIED;
        };
        return Optional.of(
                declined ? StartRefusals.rootDeclined(lastWords) : StartRefusals.helperNotStarted(lastWords));
    }
}
