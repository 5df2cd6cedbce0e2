package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.os.TrustedInstallation;
import java.nio.file.Path;
import java.util.Optional;

/// Runs as root, started by `sudo` or `pkexec`: admits the caller, and starts this machine's helper if
/// necessary. The helper stays when this program ends.
///
/// `MachineStart UID`, with the uid that `sudo` or `pkexec` reports. Exit codes: 0 a helper answers, 2
/// wrong use, 3 failure; the last line on standard error gives the reason.
public final class MachineStart {
    private MachineStart() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try {
            if (arguments.length != 1 || !arguments[0].matches("[0-9]{1,9}")) {
                System.err.println("sudo and pkexec start this, for one user");
                return 2;
            }
            Optional<Path> doubtful = TrustedInstallation.firstUntrusted();
            if (doubtful.isPresent()) {
                System.err.println(StartRefusals.untrustedFiles(doubtful.get()).sentence());
                return 2;
            }
            Machine machine = Machine.here(HelperCommand.ofThisProgram());
            machine.admit(Integer.parseInt(arguments[0]));
            return switch (machine.up()) {
                case HelperStart.Ready _ -> 0;
                case HelperStart.Unavailable(var refusal) -> {
                    System.err.println(refusal.sentence());
                    yield 3;
                }
            };
        } catch (EngineException e) {
            System.err.println(e.getMessage());
            return 3;
        }
    }
}
