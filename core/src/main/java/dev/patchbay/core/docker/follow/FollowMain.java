package dev.patchbay.core.docker.follow;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.BackgroundProcess;
import dev.patchbay.engine.os.LockFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/// `FollowMain ENGINE HELPER-SOCKET DIRECTORY`: follows the containers of an engine for one helper. A
/// second process for the same engine ends at once.
public final class FollowMain {
    private static final System.Logger LOG = System.getLogger(FollowMain.class.getName());
    private static final int ARGUMENTS = 3;

    private FollowMain() {}

    public static void main(String[] arguments) {
        if (arguments.length != ARGUMENTS) {
            System.err.println("usage: FollowMain ENGINE HELPER-SOCKET DIRECTORY");
            System.exit(2);
        }
        Follower follower = new Follower(arguments[0], Path.of(arguments[1]));
        try {
            // A mapping that is added while the last one is found to be gone may find this process
            // running. So it checks again after releasing its record; a later mapping finds no process
            // and starts another one.
            boolean more = true;
            while (more) {
                more = hold(BackgroundProcess.follower(Path.of(arguments[2]), arguments[0]), follower)
                        && follower.hasWork();
            }
            System.exit(0);
        } catch (EngineException | IOException e) {
            LOG.log(Level.ERROR, "cannot follow", e);
            System.exit(3);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.exit(3);
        }
    }

    private static boolean hold(BackgroundProcess process, Follower follower)
            throws EngineException, IOException, InterruptedException {
        Optional<LockFile> lock = LockFile.tryAcquire(process.file(".lock"));
        if (lock.isEmpty()) {
            return false;
        }
        try (LockFile _ = lock.get()) {
            process.writeRecord();
            try {
                follower.run();
            } finally {
                process.deleteRecord();
            }
            return true;
        }
    }
}
