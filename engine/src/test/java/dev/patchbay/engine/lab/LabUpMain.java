package dev.patchbay.engine.lab;

import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.client.StubHelperMain;
import java.nio.file.Path;
import java.util.List;

/// Brings a Lab up from a process of its own and says what came of it, as a command would: `LabUpMain HOME CLASSES`.
final class LabUpMain {
    private LabUpMain() {}

    public static void main(String[] args) throws Exception {
        Lab lab = new Lab(
                new StateDirectory(Path.of(args[0])),
                HelperCommand.of(StubHelperMain.class.getName(), List.of(Path.of(args[1]))));
        System.out.println(lab.up());
        if (args.length > 2) {
            lab.down();
        } else {
            System.out.println(lab.status().anchorPid());
        }
    }
}
