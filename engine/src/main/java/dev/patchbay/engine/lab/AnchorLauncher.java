package dev.patchbay.engine.lab;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.StartRefusals;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.os.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Creates a Lab's namespaces and the process that holds them.
final class AnchorLauncher {
    private static final List<String> REQUIRED_PROGRAMS =
            List.of("setsid", "unshare", "nsenter", "setpriv", "ip", "mount", "iptables", "busybox");
    private static final int START_SECONDS = 30;
    private static final long CAP_SYS_ADMIN = 1L << 21;

    private AnchorLauncher() {}

    /// The missing program, checked before anything is started; empty for none.
    static Optional<Refusal> missingProgram() {
        List<String> missing = REQUIRED_PROGRAMS.stream()
                .filter(name -> Programs.find(name).isEmpty())
                .toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of(StartRefusals.missingPrograms(missing));
    }

    /// Starts the first process of new namespaces, or returns why the kernel refuses them.
    static LaunchResult start() throws EngineException {
        boolean userNamespace = !maySetUpNamespaces();
        List<String> words = new ArrayList<>(List.of(Programs.require("setsid"), Programs.require("unshare")));
        if (userNamespace) {
            words.addAll(List.of("--user", "--map-root-user"));
        }
        words.addAll(List.of("--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"));
        words.addAll(List.of(Programs.require("sh"), "-s"));
        try {
            Process unshare = Programs.builder(words).redirectErrorStream(true).start();
            try (OutputStream input = unshare.getOutputStream()) {
                input.write(script());
            } catch (IOException e) {
                // It ended before it read all; its output is read next.
            }
            List<String> lines = new ArrayList<>();
            CompletableFuture<Void> limit = CompletableFuture.runAsync(
                    () -> kill(unshare), CompletableFuture.delayedExecutor(START_SECONDS, TimeUnit.SECONDS));
            try (BufferedReader output = unshare.inputReader()) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    if (line.equals("ready")) {
                        return new LaunchResult.Running(firstProcess(unshare));
                    }
                    lines.add(line);
                }
            } finally {
                limit.cancel(false);
            }
            return new LaunchResult.Refused(
                    StartRefusals.namespacesForbidden(Path.of("/proc/sys"), userNamespace, lines));
        } catch (IOException e) {
            throw EngineException.of("start the Lab", e);
        }
    }

    /// Kills it to end its output, which it does not end itself.
    private static void kill(Process unshare) {
        unshare.descendants().forEach(ProcessHandle::destroyForcibly);
        unshare.destroyForcibly();
    }

    sealed interface LaunchResult {
        record Running(ProcessIdentity anchor) implements LaunchResult {}

        record Refused(Refusal refusal) implements LaunchResult {}
    }

    private static ProcessIdentity firstProcess(Process unshare) throws EngineException {
        try (Stream<ProcessHandle> children = unshare.toHandle().children()) {
            return children.findFirst()
                    .flatMap(child -> ProcessIdentity.of(child.pid()))
                    .orElseThrow(() -> new EngineException("start the Lab", "its first process ended at once"));
        }
    }

    // Root in a container may lack the right, and then needs a user namespace as other users do.
    private static boolean maySetUpNamespaces() throws EngineException {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("CapEff:"))
                    .mapToLong(line -> Long.parseUnsignedLong(
                            line.substring(line.indexOf(':') + 1).strip(), 16))
                    .anyMatch(rights -> (rights & CAP_SYS_ADMIN) != 0);
        } catch (IOException e) {
            throw EngineException.of("read the rights of this process", e);
        }
    }

    private static byte[] script() throws IOException, EngineException {
        try (InputStream script = AnchorLauncher.class.getResourceAsStream("anchor.sh")) {
            if (script == null) {
                throw new EngineException("start the Lab", "the program is incomplete: anchor.sh");
            }
            return script.readAllBytes();
        }
    }
}
