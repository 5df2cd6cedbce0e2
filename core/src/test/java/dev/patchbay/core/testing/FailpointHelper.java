package dev.patchbay.core.testing;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.converge.StepWatch;
import dev.patchbay.engine.helper.HelperProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The helper with failpoints: the file `failpoint` in its directory arms one.
///
/// `kill N` ends the process at the N-th boundary from then on, as SIGKILL would; `fail N` makes that step fail. What
/// was
/// hit is appended to `failpoints-hit`.
public final class FailpointHelper {
    private FailpointHelper() {}

    public static void main(String[] arguments) {
        System.exit(HelperProcess.run(arguments, new Failpoints(Path.of(arguments[1]))));
    }

    private static final class Failpoints implements StepWatch {
        private final Path armed;
        private final Path hit;
        private int passed;

        Failpoints(Path directory) {
            this.armed = directory.resolve("failpoint");
            this.hit = directory.resolve("failpoints-hit");
        }

        @Override
        public void reached(String boundary) throws EngineException {
            try {
                if (!Files.exists(armed)) {
                    passed = 0;
                    return;
                }
                String[] words = Files.readString(armed).strip().split(" ");
                passed++;
                if (passed != Integer.parseInt(words[1])) {
                    return;
                }
                Files.delete(armed);
                Files.write(
                        hit,
                        List.of(boundary),
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.APPEND);
                passed = 0;
                if (words[0].equals("kill")) {
                    Runtime.getRuntime().halt(137);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw new EngineException(boundary, "failed as told");
        }
    }
}
