package dev.patchbay.engine.os;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Reads and writes settings below `/proc/sys`; those of `net` belong to the calling thread's network
/// namespace.
public final class Sysctl {
    private static final int MAX_LENGTH = 4096;

    private Sysctl() {}

    /// @return null when this kernel has no such setting
    public static @Nullable String read(SysctlName name) throws EngineException {
        // Read with one call: for a numeric setting the kernel returns nothing on the second one
        // (kernel/sysctl.c), and Files.readString reads a single byte first.
        try (InputStream in = Files.newInputStream(name.path())) {
            return new String(in.readNBytes(MAX_LENGTH), StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw failure("read sysctl " + name, e);
        }
    }

    /// A setting with its intended value.
    public record Assignment(SysctlName name, String value) {

        /// Refuses a setting of all links.
        public void write() throws EngineException {
            String step = "set sysctl " + this;
            if (name.isOfEveryLink()) {
                throw new EngineException(step, "it is not a setting of one link", Errno.EINVAL, null);
            }
            try {
                Files.write(name.path(), (value + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw failure(step, e);
            }
        }

        /// Whether the kernel has the setting with another value.
        public boolean isChanged() throws EngineException {
            String present = read(name);
            return present != null && !present.equals(value);
        }

        public String commandLine() {
            return "sysctl -w " + this;
        }

        @Override
        public String toString() {
            return name + "=" + value;
        }
    }

    private static EngineException failure(String step, IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> new EngineException(step, "this kernel has no such setting", Errno.ENOENT, e);
            case AccessDeniedException _ -> new EngineException(step, "permission denied", Errno.EACCES, e);
            default -> new EngineException(step, String.valueOf(e.getMessage()), e);
        };
    }
}
