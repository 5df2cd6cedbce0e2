package dev.patchbay.engine.client;

import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.os.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Why a machine cannot have a Lab or a helper, in a person's words, with advice.
public final class StartRefusals {
    private StartRefusals() {}

    public static Refusal missingPrograms(List<String> programs) {
        String names = String.join(", ", programs);
        return new Refusal(
                "program-missing",
                programs.size() == 1
                        ? "The program " + names + " is not installed."
                        : "These programs are not installed: " + names + ".",
                "Install util-linux, iproute2, iptables and busybox with your system's package manager.");
    }

    /// @param sysctls `/proc/sys`
    /// @param output what `unshare` and the anchor's script printed
    public static Refusal namespacesForbidden(Path sysctls, boolean userNamespace, List<String> output) {
        if (userNamespace) {
            if (hasValue(sysctls, "user/max_user_namespaces", "0")) {
                return userNamespacesForbidden("user.max_user_namespaces=0", "user.max_user_namespaces=15000");
            }
            if (hasValue(sysctls, "kernel/unprivileged_userns_clone", "0")) {
                return userNamespacesForbidden(
                        "kernel.unprivileged_userns_clone=0", "kernel.unprivileged_userns_clone=1");
            }
            if (hasValue(sysctls, "kernel/apparmor_restrict_unprivileged_userns", "1")) {
                return userNamespacesForbidden(
                        "kernel.apparmor_restrict_unprivileged_userns=1",
                        "kernel.apparmor_restrict_unprivileged_userns=0");
            }
        }
        String words = output.isEmpty() ? "it exited without output" : output.getLast();
        return new Refusal(
                "namespaces-forbidden",
                "The kernel does not let this process make the Lab's namespaces: " + words + ".",
                "In a container, allow it to create namespaces, as with --privileged.");
    }

    static Refusal helperEnded(Path log, String lastWords) {
        return new Refusal(
                "helper-ended",
                lastWords.isEmpty() ? "The helper ended at its start." : "The helper ended at its start: " + lastWords,
                "Its log is " + log + ".");
    }

    static Refusal rootNeeded() {
        return new Refusal(
                Refusal.ROOT_NEEDED,
                "Rules and port owners of this machine need root.",
                "`patchbay host up` asks for it, and Patchbay started as root has it; everything else works without.");
    }

    static Refusal notInstalled(Path helper) {
        return new Refusal(
                "helper-not-installed",
                "Rules and port owners of this machine need root, and a helper starts as root only"
                        + " from files that root alone can change, as the package installs them: " + helper
                        + " is not there.",
                "Install Patchbay's package, or start Patchbay as root.");
    }

    /// @param path the file that another user could change
    static Refusal untrustedFiles(Path path) {
        return new Refusal(
                "helper-not-trusted",
                path + " can be changed by others than root: a helper from there serves a Lab only.",
                "Install Patchbay's package again.");
    }

    static Refusal missingProgram(String program) {
        return new Refusal(
                "program-missing",
                "The program " + program + " is not installed, and nothing else asks for root here.",
                "Install " + program + ", or start Patchbay as root.");
    }

    /// @param output what `sudo` or `pkexec` printed last
    static Refusal rootDeclined(String output) {
        return new Refusal(
                "root-declined",
                "Root access was declined" + (output.isEmpty() ? "" : ": " + output)
                        + ". Rules and port owners are not shown.",
                "Everything else works without.");
    }

    static Refusal helperNotStarted(String output) {
        return new Refusal(
                "helper-not-started",
                output.isEmpty()
                        ? "This machine's helper did not start."
                        : "This machine's helper did not start: " + output,
                "Its log is /var/lib/patchbay/machine/helper.log.");
    }

    /// Empty where `/proc` shows the pid namespace of this process. Elsewhere neither the children of this
    /// process nor the recorded processes can be found.
    public static Optional<Refusal> foreignProc() {
        return ProcessIdentity.isProcOwn()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "foreign-proc",
                        ProcessIdentity.FOREIGN_PROC + ".",
                        "Enter all namespaces of the place (`nsenter -t PID -a`), or mount a /proc of this pid"
                                + " namespace (`mount -t proc proc /proc`)."));
    }

    public static Refusal otherPidNamespace(Path record) {
        return new Refusal(
                "lab-out-of-sight",
                "The Lab was started from another pid namespace, and its helper does not answer.",
                "Run this command where the Lab was started; if that place is gone, delete " + record + ".");
    }

    private static Refusal userNamespacesForbidden(String setting, String cure) {
        return new Refusal(
                "user-namespaces-forbidden",
                "This machine does not let ordinary users make namespaces (" + setting + ").",
                "Run `sudo sysctl -w " + cure + "`, or start Patchbay as root.");
    }

    private static boolean hasValue(Path sysctls, String name, String value) {
        try {
            return Files.readString(sysctls.resolve(name)).strip().equals(value);
        } catch (IOException e) {
            // A kernel may lack this setting.
            return false;
        }
    }
}
