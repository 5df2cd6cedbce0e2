package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.NetnsName;
import dev.patchbay.engine.os.AtomicFile;
import dev.patchbay.engine.os.Programs;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line that starts a sandbox: supervisor, network namespace, own namespaces, init, and the
/// command.
///
/// @param scripts directory of the two scripts
record SandboxCommand(Path scripts, SandboxFiles files, SandboxSpec sandbox) {
    /// A word of pid 1's command line until the command itself has replaced it.
    static final String PRE_EXEC_MARKER = "--no-new-privs";

    // As pid 1 the server would not get SIGTERM, which the kernel drops without a handler. With this
    // shell as pid 1 a stop ends at once with 0, as with the real httpd.
    private static final String TERM_WRAPPER = "trap 'exit 0' TERM; \"$@\" & wait $!";

    List<String> words() throws EngineException {
        List<String> words = new ArrayList<>(List.of(Programs.require("setsid")));
        if (!sandbox.usesHostNetwork()) {
            words.addAll(List.of(Programs.require("nsenter"), "--net=" + NetnsName.path(sandbox.netnsName())));
        }
        words.addAll(List.of(
                Programs.require("unshare"),
                "--mount",
                "--uts",
                // Without --fork: the supervisor stays outside, and its first child is pid 1 inside.
                "--pid",
                Programs.require("sh"),
                install("supervise.sh"),
                files.directory().toString(),
                Programs.require("sh"),
                install("init.sh"),
                files.directory().toString(),
                sandbox.hostname(),
                Programs.require("setpriv"),
                PRE_EXEC_MARKER,
                "--"));
        words.addAll(workload());
        return words;
    }

    private List<String> workload() throws EngineException {
        return switch (sandbox.workload()) {
            case Workload.Command(List<String> words) -> words;
            case Workload.DriverManaged _, Workload.ExternalNetns _ ->
                throw new IllegalStateException("somebody else runs it");
            case Workload.Web() ->
                List.of(
                        Programs.require("sh"),
                        "-c",
                        TERM_WRAPPER,
                        "httpd-foreground",
                        Programs.require("busybox"),
                        "httpd",
                        "-f",
                        "-p",
                        "80",
                        "-h",
                        files.web().toString());
        };
    }

    // Replaced with a rename and only when it differs, because a running shell continues to read the
    // file that it has opened.
    private String install(String name) throws EngineException {
        Path script = scripts.resolve(name);
        try (InputStream resource = SandboxCommand.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new EngineException("install " + name, "the program is incomplete");
            }
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            if (!Files.exists(script) || !Files.readString(script).equals(text)) {
                AtomicFile.write(script, text);
            }
            return script.toString();
        } catch (IOException e) {
            throw EngineException.of("install " + script, e);
        }
    }
}
