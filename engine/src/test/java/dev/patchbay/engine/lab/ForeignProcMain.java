package dev.patchbay.engine.lab;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.BackgroundProcess;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.HelperProcess;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.client.StubHelperMain;
import dev.patchbay.engine.os.BootId;
import dev.patchbay.engine.os.PidFile;
import dev.patchbay.engine.os.ProcessIdentity;
import java.nio.file.Path;
import java.util.List;

/// Says what becomes of commands that would signal recorded processes: `ForeignProcMain HOME PID`. All records name
/// the process that has this pid in `/proc`.
final class ForeignProcMain {
    @FunctionalInterface
    private interface Command {
        Object run() throws EngineException;
    }

    private ForeignProcMain() {}

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        ProcessIdentity recorded = ProcessIdentity.of(Long.parseLong(args[1])).orElseThrow();
        HelperCommand helper = HelperCommand.of(StubHelperMain.class.getName(), List.of());

        StateDirectory ofLab = new StateDirectory(home.resolve("lab"));
        ofLab.prepare();
        new Anchor(
                        recorded.pid(),
                        recorded.startTime(),
                        ProcessIdentity.ownNamespaceInode("pid").orElseThrow(),
                        0,
                        BootId.current())
                .write(ofLab);
        new PidFile(ofLab.helperRecord()).write(List.of(recorded));
        Lab lab = new Lab(ofLab, helper);

        StateDirectory ofMachine = StateDirectory.ofMachine(home.resolve("machine"));
        BackgroundProcess driver = new BackgroundProcess(ofMachine.directory(), "driver", List.of());
        new PidFile(ofMachine.helperRecord()).write(List.of(recorded));
        new PidFile(driver.file(".json")).write(List.of(recorded));
        Machine machine = new Machine(ofMachine, helper, List.of());

        print("lab up", lab::up);
        print("lab down", () -> {
            lab.down();
            return "";
        });
        print("host up", machine::up);
        print("host down", machine::down);
        print("helper", () -> {
            new HelperProcess(ofMachine).stop();
            return "";
        });
        print("driver", () -> {
            driver.stop();
            return "";
        });
        print("start", () -> {
            new BackgroundProcess(home, "other", List.of()).start(ForeignProcMain.class, List.of());
            return "";
        });
        print("terminate", recorded::terminate);
        print("kill", recorded::kill);
        EngineException first = new EngineException("start it", "the first reason");
        print("replace", () -> {
            recorded.killAndAwaitExit(first);
            return "";
        });
        System.out.println("suppressed: " + first.getSuppressed()[0].getMessage());
        System.out.println("lab: " + lab.status().state());
    }

    private static void print(String name, Command command) {
        try {
            System.out.println(name + ": " + command.run());
        } catch (EngineException e) {
            System.out.println(name + ": " + e.getMessage());
        }
    }
}
