package dev.patchbay.engine.daemon;

import dev.patchbay.engine.step.StepObserver;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.BufferOverflowException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The helper with faults that no step foresees: the file `fault` in its directory arms one, and is gone once it hit.
///
/// `full N` fills the disk at the N-th boundary from then on, into the file `filler`; `unchecked N` throws an
/// unchecked exception there, `memory N` an [OutOfMemoryError].
public final class FaultyHelper {
    private FaultyHelper() {}

    public static void main(String[] arguments) {
        System.exit(DaemonProcess.run(arguments, new Faults(Path.of(arguments[1]))));
    }

    private static final class Faults implements StepObserver {
        private final Path directory;
        private String armed = "";
        private int left;

        Faults(Path directory) {
            this.directory = directory;
        }

        @Override
        public void reached(String boundary) {
            try {
                Path file = directory.resolve("fault");
                String fault = Files.exists(file) ? Files.readString(file) : "";
                if (fault.isEmpty() || boundary.equals("committed")) {
                    return;
                }
                if (!fault.equals(armed)) {
                    armed = fault;
                    left = Integer.parseInt(fault.split(" ")[1]);
                }
                if (--left == 0) {
                    armed = "";
                    Files.delete(file);
                    hit(fault.split(" ")[0]);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void hit(String kind) {
            switch (kind) {
                case "full" -> fill(directory.resolve("filler"));
                case "unchecked" -> throw new BufferOverflowException();
                case "memory" -> throw new OutOfMemoryError("as told");
                default -> throw new IllegalArgumentException(kind);
            }
        }
    }

    /// Leaves no page free on the disk of this file.
    static void fill(Path filler) {
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw new UncheckedIOException(full);
            }
        }
    }
}
