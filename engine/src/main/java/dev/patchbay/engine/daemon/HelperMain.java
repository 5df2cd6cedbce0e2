package dev.patchbay.engine.daemon;

import dev.patchbay.engine.step.StepObserver;

/// The privileged process. Started by a Lab's launcher, inside the Lab's namespaces, as `HelperMain --lab
/// DIRECTORY`, or for this machine itself as `HelperMain --machine DIRECTORY`.
public final class HelperMain {
    private HelperMain() {}

    public static void main(String[] arguments) {
        System.exit(DaemonProcess.run(arguments, StepObserver.NONE));
    }
}
