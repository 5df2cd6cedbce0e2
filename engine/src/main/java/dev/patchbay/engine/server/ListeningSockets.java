package dev.patchbay.engine.server;

import dev.patchbay.engine.auth.AdmittedUsers;
import dev.patchbay.engine.auth.PeerCheck;
import dev.patchbay.engine.auth.PeerCredentials;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.BiFunction;

/// The listening sockets: the Lab's, or this machine's own and systemd's.
public final class ListeningSockets implements AutoCloseable {
    private final SocketServer ownSocket;
    private final Optional<SocketServer> systemdSocket;

    private ListeningSockets(SocketServer own, Optional<SocketServer> ofUnit) {
        this.ownSocket = own;
        this.systemdSocket = ofUnit;
    }

    public static ListeningSockets forLab(Path socket) throws IOException {
        return new ListeningSockets(SocketServer.bind(socket, PeerCheck.ownerOnly()), Optional.empty());
    }

    /// @param directory of the sockets, in `/run`; created if necessary
    public static ListeningSockets forMachine(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Optional<SocketServer> ofUnit =
                SocketServer.inherited(PeerCheck.ownerOnly().admittingAnyone());
        return new ListeningSockets(
                SocketServer.bindForMany(
                        directory.resolve("helper.sock"),
                        PeerCheck.ownerOnly().admitting(AdmittedUsers.forSockets(directory))),
                ofUnit);
    }

    /// Accepts until [#stop]; each connection is served on a thread of its own.
    public void run(BiFunction<SocketChannel, PeerCredentials, ClientConnection> connections) {
        systemdSocket.ifPresent(
                server -> Thread.ofPlatform().daemon().name("unit").start(() -> server.run(connections)));
        ownSocket.run(connections);
    }

    /// Makes [#run] return.
    public void stop() {
        systemdSocket.ifPresent(SocketServer::stop);
        ownSocket.stop();
    }

    @Override
    public void close() throws IOException {
        stop();
        ownSocket.close();
    }
}
