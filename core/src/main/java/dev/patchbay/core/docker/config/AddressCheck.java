package dev.patchbay.core.docker.config;

import dev.patchbay.core.docker.transport.SshAddress;
import dev.patchbay.core.docker.transport.TlsFiles;
import dev.patchbay.engine.net.PortRange;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Checks an address without connecting to the engine.
final class AddressCheck {
    private AddressCheck() {}

    /// @param tls the files for TLS; null for none
    /// @return the obstacle; empty for none
    static String of(String address, @Nullable TlsFiles tls) {
        if (address.startsWith("ssh:")) {
            return ssh(address);
        }
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            return "`" + address + "` is no address: write unix:///PATH, tcp://HOST:PORT or ssh://USER@HOST";
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        return switch (scheme) {
            case "unix" -> socket(Path.of(uri.getPath()));
            case "tcp" -> tcp(address, uri, tls);
            default ->
                "Patchbay knows unix://, tcp:// and ssh://, not " + (scheme.isEmpty() ? address : scheme + "://");
        };
    }

    private static String ssh(String address) {
        return SshAddress.of(address).isPresent()
                ? ""
                : "`" + address
                        + "` is no address: write ssh://USER@HOST:PORT/PATH, where all but the host may be left out,"
                        + " and no password";
    }

    private static String tcp(String address, URI uri, @Nullable TlsFiles tls) {
        if (uri.getHost() == null) {
            return "`" + address + "` names no host: write tcp://HOST:PORT";
        }
        if (uri.getPort() == 0 || uri.getPort() > PortRange.MAX_PORT) {
            return "`" + address + "` has no port of TCP: it is one from 1 to " + PortRange.MAX_PORT;
        }
        return tls == null ? "" : tls.problem();
    }

    private static String socket(Path socket) {
        if (!Files.exists(socket)) {
            return "there is no socket " + socket + ": is the engine running?";
        }
        return Files.isWritable(socket)
                ? ""
                : "permission denied on " + socket + ": `sudo usermod -aG docker $USER`, then log in again";
    }
}
