package dev.patchbay.core.resolver;

import dev.patchbay.engine.Id;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/// Answers the bytes of a query with the bytes of the response. Thread-safe; no input makes it throw.
final class DnsPacketHandler {
    private final NameDirectory directory;
    private final DnsResponder responder;
    private final UpstreamResolver upstream;
    private final Runnable updateAfterMiss;
    private final Consumer<RuntimeException> defects;

    /// @param updateAfterMiss called when the directory has no answer, which is then looked for again
    /// @param defects gets unexpected exceptions; the client gets SERVFAIL
    DnsPacketHandler(
            NameDirectory directory,
            UpstreamResolver upstream,
            Runnable updateAfterMiss,
            Consumer<RuntimeException> defects) {
        this.directory = directory;
        this.responder = new DnsResponder(directory);
        this.upstream = upstream;
        this.updateAfterMiss = updateAfterMiss;
        this.defects = defects;
    }

    /// @param network whose gateway was queried
    /// @return completes with null when no answer is sent: for garbage, and for responses, since two
    ///     servers could answer each other forever
    CompletionStage<byte @Nullable []> answer(byte[] packet, Id network, InetAddress source, boolean tcp) {
        Header header = header(packet);
        if (header == null || header.getFlag(Flags.QR)) {
            return CompletableFuture.completedFuture(null);
        }
        Message query = message(packet);
        if (query == null) {
            return CompletableFuture.completedFuture(
                    DnsResponder.formatError(header.getID(), header.getOpcode()).toWire());
        }
        try {
            int longest = tcp ? Message.MAXLENGTH : DnsResponder.maxLength(query);
            DnsResponder.Decision decision = responder.decide(query, directory.member(network, source));
            if (isMiss(decision)) {
                updateAfterMiss.run();
                decision = responder.decide(query, directory.member(network, source));
            }
            return switch (decision) {
                case DnsResponder.Decision.Answer(Message message) ->
                    CompletableFuture.completedFuture(DnsResponder.truncated(message, longest));
                case DnsResponder.Decision.Forward(Message question, var client) ->
                    upstream.query(question, client, tcp).thenApply(message -> message.toWire(longest));
            };
        } catch (RuntimeException e) {
            defects.accept(e);
            return CompletableFuture.completedFuture(
                    DnsResponder.errorResponse(query, Rcode.SERVFAIL).toWire());
        }
    }

    /// Whether the asker or the name is unknown.
    private static boolean isMiss(DnsResponder.Decision decision) {
        return switch (decision) {
            case DnsResponder.Decision.Forward _ -> true;
            case DnsResponder.Decision.Answer(Message message) ->
                message.getRcode() == Rcode.SERVFAIL || message.getRcode() == Rcode.REFUSED;
        };
    }

    /// The library throws checked and unchecked exceptions for an invalid message.
    private static @Nullable Message message(byte[] packet) {
        try {
            return new Message(packet);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static @Nullable Header header(byte[] packet) {
        try {
            return new Header(packet);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
