package dev.patchbay.core.naming;

import dev.patchbay.core.refusal.ContainerRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.Workload;
import java.util.List;
import java.util.regex.Pattern;

/// The meaning of an image name in a Lab, which has no images: a built-in workload or a command of this
/// machine.
///
/// @param command for inspect and `ps`
/// @param exposed the ports that its containers declare
public record LabImage(Workload workload, List<String> command, List<ExposedPort> exposed) {
    private static final Pattern HTTPD =
            Pattern.compile("(docker\\.io/)?(library/)?httpd(:\\w[\\w.-]{0,127})?(@sha256:[0-9a-f]{64})?");
    private static final Pattern HOST = Pattern.compile("host(:\\w[\\w.-]{0,127})?");
    private static final List<String> FOREGROUND = List.of("httpd-foreground");

    public LabImage {
        command = List.copyOf(command);
        exposed = List.copyOf(exposed);
    }

    public static LabImage resolve(String name, List<String> command) throws RefusedException {
        if (HTTPD.matcher(name).matches()) {
            List<ExposedPort> web = List.of(new ExposedPort(80, Protocol.TCP));
            return command.isEmpty() || command.equals(FOREGROUND)
                    ? new LabImage(new Workload.Web(), FOREGROUND, web)
                    : new LabImage(commandWorkload(command), command, web);
        }
        if (HOST.matcher(name).matches()) {
            if (command.isEmpty()) {
                throw ContainerRefusals.noCommand();
            }
            return new LabImage(commandWorkload(command), command, List.of());
        }
        throw ContainerRefusals.unknownImage(name);
    }

    private static Workload commandWorkload(List<String> command) throws RefusedException {
        try {
            return new Workload.Command(command);
        } catch (IllegalArgumentException e) {
            throw ContainerRefusals.invalid("invalid command: it contains a NUL character");
        }
    }
}
