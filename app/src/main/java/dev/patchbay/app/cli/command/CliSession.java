package dev.patchbay.app.cli.command;

import dev.patchbay.app.cli.text.TerminalText;
import dev.patchbay.app.hosts.HostChoice;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.engine.EngineException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One run of the command line: its streams, its environment, and the host, which is opened when first
/// needed. Belongs to one thread.
public final class CliSession implements AutoCloseable {
    /// The variable that replaces `--host`.
    public static final String HOST_VARIABLE = "PATCHBAY_HOST";

    private final BufferedReader in;
    private final PrintWriter rawOut;
    private final PrintWriter rawErr;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Clock clock;
    private final Map<String, String> environment;
    private final ControllerOpener opener;
    private final boolean attached;
    private final Instant startedAt;
    private @Nullable ConnectedHost host;
    private String hostName;

    /// @param attached whether `out` and `err` are the streams of this process, so that a child may
    ///     inherit them
    public CliSession(
            Reader in,
            PrintWriter out,
            PrintWriter err,
            Clock clock,
            Map<String, String> environment,
            ControllerOpener opener,
            boolean attached) {
        this.in = new BufferedReader(in);
        this.rawOut = out;
        this.rawErr = err;
        this.out = escapingWriter(out);
        this.err = escapingWriter(err);
        this.clock = clock;
        this.environment = Map.copyOf(environment);
        this.opener = opener;
        this.attached = attached;
        this.startedAt = clock.instant();
        this.hostName = this.environment.getOrDefault(HOST_VARIABLE, HostChoice.LAB);
    }

    /// A new session with the same streams and a connection of its own.
    public CliSession fork() {
        CliSession another = new CliSession(in, rawOut, rawErr, clock, environment, opener, attached);
        another.hostName = hostName;
        return another;
    }

    /// The next line of the input; empty at its end.
    public String readLine() {
        try {
            return Objects.requireNonNullElse(in.readLine(), "");
        } catch (IOException e) {
            return "";
        }
    }

    private static PrintWriter escapingWriter(PrintWriter writer) {
        return new PrintWriter(TerminalText.escapingWriter(writer), true);
    }

    /// The stream for results; control characters are escaped.
    public PrintWriter out() {
        return out;
    }

    /// The stream for everything else; control characters are escaped.
    public PrintWriter err() {
        return err;
    }

    /// The stream for the output of a person's own command, which is not escaped.
    public PrintWriter rawOut() {
        return rawOut;
    }

    /// The same stream as bytes, for the output of a container.
    public OutputStream outBytes() {
        return bytes(rawOut, FileDescriptor.out);
    }

    public OutputStream errBytes() {
        return bytes(rawErr, FileDescriptor.err);
    }

    private OutputStream bytes(PrintWriter writer, FileDescriptor own) {
        writer.flush();
        if (attached) {
            return new FileOutputStream(own);
        }
        return new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                writer.print(new String(bytes, offset, length, StandardCharsets.UTF_8));
            }

            @Override
            public void flush() {
                writer.flush();
            }
        };
    }

    public Clock clock() {
        return clock;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public boolean attached() {
        return attached;
    }

    /// Selects the host. Must be called before the host is used.
    public void selectHost(String name) {
        hostName = name;
    }

    public String hostName() {
        return hostName;
    }

    public ConnectedHost host() throws EngineException {
        if (host == null) {
            host = opener.open(hostName);
        }
        return host;
    }

    /// Whether a change of this title is in the host's activity since the session began. Opens the host
    /// again.
    public boolean wasApplied(String title) throws EngineException {
        if (host != null) {
            host.close();
            host = null;
        }
        return host().topology().activity().stream()
                .anyMatch(entry -> entry.title().equals(title) && !entry.at().isBefore(startedAt));
    }

    @Override
    public void close() {
        out.flush();
        err.flush();
        if (host != null) {
            host.close();
        }
    }
}
