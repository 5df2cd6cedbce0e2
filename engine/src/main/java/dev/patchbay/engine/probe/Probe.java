package dev.patchbay.engine.probe;

import dev.patchbay.engine.kernel.ProbeResult;
import dev.patchbay.engine.kernel.ProbeResult.Result;
import dev.patchbay.engine.protocol.Request.Probe.Method;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/// Sends one packet and waits for an answer. It uses plain sockets, which belong to the namespace of the
/// calling platform thread, and starts no thread.
public final class Probe {
    /// A line break: most services answer it, and none executes it as a command.
    private static final byte[] DATAGRAM = {'\n'};

    private Probe() {}

    /// @param port ignored for a ping
    public static ProbeResult send(Method means, InetAddress to, int port, int millis) {
        long started = System.nanoTime();
        String reason = "";
        Result result;
        try {
            result = switch (means) {
                case TCP -> sendTcp(to, port, millis);
                case UDP -> sendUdp(to, port, millis);
                case PING -> to.isReachable(millis) ? Result.ANSWERED : Result.SILENT;
            };
        } catch (SocketTimeoutException e) {
            result = Result.SILENT;
        } catch (PortUnreachableException e) {
            result = Result.REFUSED;
        } catch (IOException e) {
            reason = String.valueOf(e.getMessage());
            result = reason.contains("refused") ? Result.REFUSED : Result.UNREACHABLE;
        }
        return new ProbeResult(result, (System.nanoTime() - started) / 1000, reason);
    }

    private static Result sendTcp(InetAddress to, int port, int millis) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(to, port), millis);
            return Result.ANSWERED;
        }
    }

    private static Result sendUdp(InetAddress to, int port, int millis) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(to, port);
            socket.setSoTimeout(millis);
            socket.send(new DatagramPacket(DATAGRAM, DATAGRAM.length));
            socket.receive(new DatagramPacket(new byte[1], 1));
            return Result.ANSWERED;
        }
    }
}
