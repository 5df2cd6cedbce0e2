package dev.patchbay.engine.helper;

import dev.patchbay.engine.process.Callers;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Where clients come in: a Lab's one socket; of this machine the helper's own, and besides it the one that systemd
/// listened on until somebody came.
final class Doors implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Doors.class.getName());

    private final SocketServer own;
    private final Optional<SocketServer> ofUnit;

    private Doors(SocketServer own, Optional<SocketServer> ofUnit) {
        this.own = own;
        this.ofUnit = ofUnit;
    }

    static Doors ofLab(Path socket) throws IOException {
        return new Doors(SocketServer.bind(socket, PeerCheck.ownUser()), Optional.empty());
    }

    /// @param directory of the sockets, in `/run`; made if it is not there
    static Doors ofMachine(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Optional<SocketServer> ofUnit =
                SocketServer.inherited(PeerCheck.ownUser().andWhoeverMayOpen());
        return new Doors(
                SocketServer.bindForMany(
                        directory.resolve("helper.sock"), PeerCheck.ownUser().and(Callers.in(directory))),
                ofUnit);
    }

    /// Accepts until [#stop]; `serve` runs on the connection's own thread.
    void run(BiConsumer<SocketChannel, Peer> serve) throws IOException {
        ofUnit.ifPresent(server -> Thread.ofPlatform().daemon().name("unit").start(() -> runBeside(server, serve)));
        own.run(serve);
    }

    private static void runBeside(SocketServer server, BiConsumer<SocketChannel, Peer> serve) {
        try {
            server.run(serve);
        } catch (IOException e) {
            LOG.log(Level.ERROR, "the unit's socket is served no more", e);
        }
    }

    /// Lets [#run] return.
    void stop() {
        ofUnit.ifPresent(SocketServer::stop);
        own.stop();
    }

    @Override
    public void close() throws IOException {
        stop();
        own.close();
    }
}
