package dev.patchbay.engine.os;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Kernel settings under `/proc/sys`; those of `net` are of the calling thread's network namespace.
///
/// A key is written `net.ipv4.ip_forward`, or with slashes when a part of it holds a dot:
/// `net/ipv4/conf/eth0.100/route_localnet`. As with `sysctl`, the first separator tells which of the two it is.
public final class Sysctl {
    private static final Path ROOT = Path.of("/proc/sys");

    /// Settings of every link that there is, or of every later one.
    private static final Pattern ALL_LINKS = Pattern.compile("net/[^/]+/(?:conf|neigh)/(?:all|default)/.*");

    /// Those of them that are meant so: a host forwards as a whole, and a sandbox has no IPv6 at first.
    private static final Set<String> ALL_LINKS_ALLOWED =
            Set.of("net/ipv6/conf/all/forwarding", "net/ipv6/conf/all/disable_ipv6");

    private static final int MAX_LENGTH = 4096;

    private Sysctl() {}

    /// @return null when this kernel has no such setting
    public static @Nullable String read(String key) throws EngineException {
        Path path = path(key);
        // In one read: of a setting that is numbers, the kernel gives a second one nothing (kernel/sysctl.c), and
        // Files.readString begins with one byte.
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(MAX_LENGTH), StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw failure("read sysctl " + key, e);
        }
    }

    /// A link's setting is one of that link alone: `all` and `default` are refused, whatever made them a link's name.
    public static void write(String key, String value) throws EngineException {
        Path path = path(key);
        String relative = ROOT.relativize(path).toString();
        if (ALL_LINKS.matcher(relative).matches() && !ALL_LINKS_ALLOWED.contains(relative)) {
            throw new EngineException(
                    "set sysctl " + key + "=" + value, "it is not a setting of one link", Errno.EINVAL, null);
        }
        try {
            Files.write(path, (value + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failure("set sysctl " + key + "=" + value, e);
        }
    }

    /// One setting and what it is to be.
    public record Assignment(String key, String value) {
        public Assignment(SysctlKey key, String value) {
            this(key.key(), value);
        }

        public void write() throws EngineException {
            Sysctl.write(key, value);
        }

        /// Whether the kernel has the setting, with another value.
        public boolean isChanged() throws EngineException {
            String present = read(key);
            return present != null && !present.equals(value);
        }

        public String commandLine() {
            return "sysctl -w " + this;
        }

        @Override
        public String toString() {
            return key + "=" + value;
        }
    }

    private static Path path(String key) {
        int slash = key.indexOf('/');
        int dot = key.indexOf('.');
        boolean dotted = dot >= 0 && (slash < 0 || dot < slash);
        // As sysctl does it: in the dotted form a slash stands for a dot in a name.
        String path = dotted ? key.replace('/', '\0').replace('.', '/').replace('\0', '.') : key;
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException("invalid sysctl key: " + key);
            }
        }
        return ROOT.resolve(path);
    }

    private static EngineException failure(String step, IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> new EngineException(step, "this kernel has no such setting", Errno.ENOENT, e);
            case AccessDeniedException _ -> new EngineException(step, "permission denied", Errno.EACCES, e);
            default -> new EngineException(step, String.valueOf(e.getMessage()), e);
        };
    }
}
