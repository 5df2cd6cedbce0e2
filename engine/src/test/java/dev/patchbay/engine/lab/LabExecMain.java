package dev.patchbay.engine.lab;

import java.util.List;

/// Does with its arguments what `lab exec` does with the command line it has made.
final class LabExecMain {
    private LabExecMain() {}

    public static void main(String[] words) throws Exception {
        System.exit(LabExec.attached(List.of(words)));
    }
}
