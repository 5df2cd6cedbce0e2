package dev.patchbay.engine.os;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The kernel's id of the present boot.
public final class BootId {
    private BootId() {}

    public static String current() throws EngineException {
        Path file = Path.of("/proc/sys/kernel/random/boot_id");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new EngineException("read the boot id", "cannot read " + file, e);
        }
    }
}
