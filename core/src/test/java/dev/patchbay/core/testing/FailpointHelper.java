package dev.patchbay.core.testing;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.daemon.DaemonProcess;
import dev.patchbay.engine.step.StepObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// The helper with failpoints: the file `failpoint` in its directory arms one.
///
/// `kill N` ends the process at the N-th boundary from then on, as SIGKILL would; `fail N` makes the step behind that
/// boundary fail. A third word makes each arming a new one. Hit, the file is deleted, and the boundary's name is
/// appended to `failpoints-hit`.
public final class FailpointHelper {
    /// Nothing can fail here: what was asked is written down.
    private static final Set<String> BEYOND_FAILURE = Set.of("committed", "mended");

    private FailpointHelper() {}

    public static void main(String[] arguments) {
        System.exit(DaemonProcess.run(arguments, new Failpoints(Path.of(arguments[1]))));
    }

    private static final class Failpoints implements StepObserver {
        private final Path file;
        private final Path hit;
        private String armed = "";
        private int passed;

        Failpoints(Path directory) {
            this.file = directory.resolve("failpoint");
            this.hit = directory.resolve("failpoints-hit");
        }

        @Override
        public void reached(String boundary) throws EngineException {
            try {
                if (isHere(boundary)) {
                    Files.writeString(hit, boundary + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    Files.delete(file);
                    if (armed.startsWith("kill")) {
                        Runtime.getRuntime().halt(137);
                    }
                    throw new EngineException(boundary, "failed as told");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean isHere(String boundary) throws IOException {
            String now = Files.exists(file) ? Files.readString(file).strip() : "";
            if (!now.equals(armed)) {
                armed = now;
                passed = 0;
            }
            if (now.isEmpty() || (now.startsWith("fail") && BEYOND_FAILURE.contains(boundary))) {
                return false;
            }
            passed++;
            return passed == Integer.parseInt(now.split(" ")[1]);
        }
    }
}
