package dev.patchbay.engine.daemon;

import dev.patchbay.engine.step.StepObserver;

/// The privileged process. A Lab's launcher starts it inside the Lab's namespaces as `HelperMain --lab
/// DIRECTORY`; for this machine itself it is `HelperMain --machine DIRECTORY`.
public final class HelperMain {
    private HelperMain() {}

    public static void main(String[] arguments) {
        System.exit(DaemonProcess.run(arguments, StepObserver.NONE));
    }
}
