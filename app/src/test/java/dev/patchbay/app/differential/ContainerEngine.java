package dev.patchbay.app.differential;

import java.nio.file.Path;
import java.util.List;

/// One of the two that are compared, with a host of its own whose `eth0` is 198.51.100.2 and an outside at
/// 198.51.100.1 where `http://198.51.100.1:9000/cgi-bin/sender` answers with the address it is asked from.
interface ContainerEngine extends AutoCloseable {
    /// A command as it is typed, without its first word `docker` or `patchbay`.
    default CommandResult command(List<String> words) {
        return command(words, "");
    }

    /// A command that is given this line when it asks.
    CommandResult command(List<String> words, String answer);

    /// A shell's line in the host's namespaces.
    CommandResult onHost(String script);

    CommandResult outside(String script);

    /// A shell's line in the network namespace of a running container, with the host's programs and files.
    CommandResult inside(String container, String script);

    /// A shell's line that a running container runs, with its own programs and files.
    CommandResult within(String container, String script);

    /// Serves the sender of a request to whoever asks from the outside's port 9000.
    static String mirror(Path directory) {
        return "mkdir -p " + directory
                + "/cgi-bin; printf '#!/bin/sh\\nprintf \"Content-Type: text/plain\\\\r\\\\n\\\\r\\\\n$REMOTE_ADDR\"'"
                + " >" + directory + "/cgi-bin/sender; chmod +x " + directory + "/cgi-bin/sender;"
                + " busybox httpd -p 198.51.100.1:9000 -h " + directory;
    }

    @Override
    void close();
}
