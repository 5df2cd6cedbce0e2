package dev.patchbay.core.docker.transport;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.os.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Opens connections as Docker's own client does: `ssh HOST docker system dial-stdio`, with the person's
/// configuration, agent and known hosts. ssh ends with its standard input, so also with this program.
record SshDialer(SshAddress address) implements Dialer {
    private static final System.Logger LOG = System.getLogger(SshDialer.class.getName());
    private static final int SECONDS_TO_END = 5;
    private static final Duration STDERR_TIMEOUT = Duration.ofSeconds(2);

    /// No questions, since a window has no terminal, and keep-alives that detect a lost machine within a
    /// minute. A shared connection of the person is used, but none of these becomes the shared one,
    /// which would end the person's shells with it.
    private static final List<String> OPTIONS = List.of(
            "-T",
            "-o",
            "BatchMode=yes",
            "-o",
            "ControlMaster=no",
            "-o",
            "ConnectTimeout=30",
            "-o",
            "ServerAliveInterval=15");

    @Override
    public Connection connect() throws IOException {
        List<String> line = new ArrayList<>();
        try {
            line.add(Programs.require("ssh"));
        } catch (EngineException e) {
            throw new IOException("OpenSSH's `ssh` is not installed here", e);
        }
        line.addAll(OPTIONS);
        line.addAll(address.sshArguments());
        Process process = new ProcessBuilder(line).start();
        AtomicReference<String> last = new AtomicReference<>("");
        Thread hearing = Thread.ofPlatform()
                .daemon()
                .name("docker-ssh")
                .start(() -> readStderr(process.errorReader(StandardCharsets.UTF_8), last));
        return new SshConnection(address, process, hearing, last);
    }

    private static void readStderr(BufferedReader lines, AtomicReference<String> last) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    last.set(line.strip());
                }
            }
        } catch (IOException ended) {
            LOG.log(System.Logger.Level.DEBUG, "ssh says no more", ended);
        }
    }

    /// @param stderrReader ends with ssh's error output, unless a process of its configuration keeps
    ///     that open
    private record SshConnection(
            SshAddress address, Process process, Thread stderrReader, AtomicReference<String> lastStderrLine)
            implements Connection {
        @Override
        public InputStream in() {
            return process.getInputStream();
        }

        @Override
        public OutputStream out() {
            return process.getOutputStream();
        }

        @Override
        public String failureReason(IOException cause) {
            return failureReason();
        }

        @Override
        public String failureReason() {
            try {
                if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS) || process.exitValue() == 0) {
                    return "";
                }
                stderrReader.join(STDERR_TIMEOUT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "";
            }
            return sentence(lastStderrLine.get());
        }

        private String sentence(String message) {
            String login = "`" + address.loginCommand() + "`";
            String words = message.isEmpty()
                    ? login + " ended with " + process.exitValue()
                    : "ssh says: " + message.replaceFirst("\\.$", "");
            if (message.contains("Permission denied")) {
                return words + ". " + login + " has to get in without a question: give your key to the agent"
                        + " (`ssh-add`) and its public half to the other side (`ssh-copy-id`)";
            }
            if (message.contains("Host key verification failed")) {
                return words + ". Call " + login + " once yourself, which shows the key of the other side and asks";
            }
            return message.contains("not found")
                    ? words + ". Docker's command has to be there: `docker system dial-stdio` leads to the engine"
                    : words;
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
