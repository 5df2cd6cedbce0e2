package dev.patchbay.core.naming;

import dev.patchbay.core.refusal.ContainerMistakes;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.ExposedPort;
import dev.patchbay.engine.spec.Workload;
import java.util.List;
import java.util.regex.Pattern;

/// What the name of an image means in a Lab, which has no images: a built-in workload or a command of this machine.
///
/// @param command what inspect and `ps` show
/// @param exposed the ports that a container of it declares without being asked
public record Image(Workload workload, List<String> command, List<ExposedPort> exposed) {
    private static final Pattern HTTPD =
            Pattern.compile("(docker\\.io/)?(library/)?httpd(:\\w[\\w.-]{0,127})?(@sha256:[0-9a-f]{64})?");
    private static final Pattern HOST = Pattern.compile("host(:\\w[\\w.-]{0,127})?");
    private static final List<String> FOREGROUND = List.of("httpd-foreground");

    public Image {
        command = List.copyOf(command);
        exposed = List.copyOf(exposed);
    }

    public static Image resolve(String name, List<String> command) throws Mistake {
        if (HTTPD.matcher(name).matches()) {
            List<ExposedPort> web = List.of(new ExposedPort(80, Protocol.TCP));
            return command.isEmpty() || command.equals(FOREGROUND)
                    ? new Image(new Workload.Web(), FOREGROUND, web)
                    : new Image(words(command), command, web);
        }
        if (HOST.matcher(name).matches()) {
            if (command.isEmpty()) {
                throw ContainerMistakes.noCommand();
            }
            return new Image(words(command), command, List.of());
        }
        throw ContainerMistakes.unknownImage(name);
    }

    private static Workload words(List<String> command) throws Mistake {
        try {
            return new Workload.Command(command);
        } catch (IllegalArgumentException e) {
            throw ContainerMistakes.invalid("invalid command: it contains a NUL character");
        }
    }
}
