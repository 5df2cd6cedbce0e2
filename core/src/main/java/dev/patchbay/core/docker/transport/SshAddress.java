package dev.patchbay.core.docker.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address of an engine behind ssh, as `ssh://me@far.example:2222/run/user/1000/docker.sock`.
///
/// @param user empty for the one of ssh's configuration
/// @param host a name, also one of ssh's configuration, or an address
/// @param port empty for the one of ssh's configuration
/// @param socket of the engine there; empty for the default of Docker's client there
public record SshAddress(String user, String host, String port, String socket) {
    /// Not parsed as a URI: names in ssh's configuration may contain an underscore.
    private static final Pattern FORM = Pattern.compile("ssh://(?:(?<user>[^@:/?#\\s]+)@)?"
            + "(?<host>[^@:/?#\\[\\]\\s]+|\\[[0-9A-Fa-f:.]+(?:%\\w+)?])(?::(?<port>\\d{1,5}))?(?<socket>/[^?#\\s]*)?");

    public static Optional<SshAddress> of(String address) {
        Matcher matcher = FORM.matcher(address);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String socket = part(matcher, "socket");
        return Optional.of(new SshAddress(
                part(matcher, "user"),
                part(matcher, "host").replaceAll("[\\[\\]]", ""),
                part(matcher, "port"),
                socket.equals("/") ? "" : socket));
    }

    private static String part(Matcher matcher, String name) {
        return Optional.ofNullable(matcher.group(name)).orElse("");
    }

    /// The command with which a person logs in.
    String loginCommand() {
        return "ssh " + (port.isEmpty() ? "" : "-p " + port + " ") + (user.isEmpty() ? "" : user + "@") + host;
    }

    /// Arguments for ssh, after its options, that connect to the engine over standard input and output.
    ///
    /// The remote shell splits the command, so the socket is quoted. `--` precedes the host, which could
    /// otherwise be read as an option.
    List<String> sshArguments() {
        List<String> words = new ArrayList<>();
        if (!user.isEmpty()) {
            words.addAll(List.of("-l", user));
        }
        if (!port.isEmpty()) {
            words.addAll(List.of("-p", port));
        }
        words.addAll(List.of("--", host, "docker"));
        if (!socket.isEmpty()) {
            words.addAll(List.of("--host", "'unix://" + socket.replace("'", "'\\''") + "'"));
        }
        words.addAll(List.of("system", "dial-stdio"));
        return words;
    }
}
