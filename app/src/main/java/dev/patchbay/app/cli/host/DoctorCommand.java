package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.hosts.LabConnector;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.lab.LabStatus;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// `doctor`: checks what this machine has of what Patchbay needs. It starts and changes nothing.
@Command(
        name = "doctor",
        description = "Check what this machine has of what Patchbay needs",
        customSynopsis = "patchbay doctor")
public final class DoctorCommand extends CliCommand {
    /// Program → Debian package.
    private static final SequencedMap<String, String> PROGRAMS = programs();

    /// Settings that forbid namespaces to ordinary users, with the value that forbids them.
    private static final Map<String, String> BLOCKING_SYSCTLS = Map.of(
            "user/max_user_namespaces", "0",
            "kernel/unprivileged_userns_clone", "0",
            "kernel/apparmor_restrict_unprivileged_userns", "1");

    /// @param needed whether there is no Lab without it
    private record Finding(String subject, boolean ok, boolean needed, String message) {
        String line() {
            return "%-8s %-16s %s".formatted(ok ? "ok" : needed ? "missing" : "note", subject, message);
        }
    }

    public DoctorCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws EngineException {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        PROGRAMS.forEach((program, debianPackage) -> findings.add(program(program, debianPackage)));
        findings.add(namespaces());
        findings.add(display());
        LabStatus status = LabConnector.of(session.environment()).status();
        findings.add(lab(status));
        if (status.state() == LabStatus.State.UP) {
            host().topology().problems().forEach(problem -> findings.add(problem(problem)));
        }
        findings.forEach(finding -> print(finding.line()));
        return findings.stream().anyMatch(finding -> finding.needed() && !finding.ok())
                ? ExitCode.REFUSED
                : ExitCode.DONE;
    }

    private static Finding problem(Problem problem) {
        return new Finding(
                problem.kind() == ProblemKind.RECORDS_DAMAGED ? "records" : "kernel",
                false,
                false,
                problem.sentence() + (problem.steps().isEmpty() ? "" : ": `patchbay repair` puts it right"));
    }

    private static SequencedMap<String, String> programs() {
        SequencedMap<String, String> programs = new LinkedHashMap<>();
        programs.put("unshare", "util-linux");
        programs.put("nsenter", "util-linux");
        programs.put("ip", "iproute2");
        programs.put("iptables", "iptables");
        programs.put("iptables-restore", "iptables");
        programs.put("busybox", "busybox");
        programs.put("curl", "curl");
        return programs;
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        return new Finding(
                "java",
                feature >= 25,
                true,
                Runtime.version() + (feature >= 25 ? "" : ": Patchbay needs Java 25, as from https://adoptium.net"));
    }

    private Finding program(String program, String debianPackage) {
        String path = session.environment().getOrDefault("PATH", "");
        Optional<Path> found = Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/sbin", "/sbin", "/usr/bin"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
        return new Finding(
                program,
                found.isPresent(),
                true,
                found.map(Path::toString).orElse("Install it: sudo apt-get install " + debianPackage));
    }

    private static Finding namespaces() {
        if (System.getProperty("user.name").equals("root")) {
            return new Finding("namespaces", true, true, "Root needs no user namespace");
        }
        List<String> cures = BLOCKING_SYSCTLS.entrySet().stream()
                .filter(setting -> setting.getValue().equals(sysctl(setting.getKey())))
                .map(setting -> "sudo sysctl -w " + setting.getKey().replace('/', '.') + "="
                        + (setting.getValue().equals("1")
                                ? "0"
                                : setting.getKey().startsWith("user") ? "15000" : "1"))
                .sorted()
                .toList();
        return cures.isEmpty()
                ? new Finding("namespaces", true, true, "This user may make them")
                : new Finding("namespaces", false, true, "Forbidden to ordinary users: " + String.join("; ", cures));
    }

    private static String sysctl(String name) {
        try {
            return Files.readString(Path.of("/proc/sys", name)).strip();
        } catch (IOException e) {
            return ""; // a kernel without this setting does not forbid by it
        }
    }

    private Finding display() {
        String wayland = session.environment().getOrDefault("WAYLAND_DISPLAY", "");
        String x = session.environment().getOrDefault("DISPLAY", "");
        boolean any = !wayland.isEmpty() || !x.isEmpty();
        return new Finding(
                "display",
                any,
                false,
                any ? (x.isEmpty() ? wayland : x) : "None: the window needs one, commands do not");
    }

    private static Finding lab(LabStatus status) {
        return switch (status.state()) {
            case UP -> new Finding("lab", true, false, "Up, helper " + status.helperPid() + ", " + status.directory());
            case DOWN -> new Finding("lab", true, false, "Down: the next command starts it");
            case HELPER_GONE ->
                new Finding("lab", false, false, "Its helper is gone: the next command starts one into the same Lab");
            case HELPER_NOT_RESPONDING ->
                new Finding(
                        "lab",
                        false,
                        false,
                        "Its helper, process " + status.helperPid() + ", does not answer: `patchbay lab down` ends it");
        };
    }
}
