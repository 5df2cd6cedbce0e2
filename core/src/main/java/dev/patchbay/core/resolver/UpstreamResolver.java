package dev.patchbay.core.resolver;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.dns.NetworkMember;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;

/// Queries other name servers: those that the person gave the container, otherwise the host's.
/// Thread-safe.
///
/// At most three are queried, one after the other; a single one is queried twice, because datagrams get
/// lost. All of them together have four seconds, since a C library gives up after five.
final class UpstreamResolver {
    private static final int MAX_SERVERS = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final int MAX_QUERIES = 1024;
    private static final int MAX_QUERIES_PER_CONTAINER = 512;
    private static final int IDS = 1 << 16;

    private final NameDirectory directory;
    private final HostNameServers hostServers;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore slots = new Semaphore(MAX_QUERIES);
    private final Map<Id, Integer> byContainer = new ConcurrentHashMap<>();

    UpstreamResolver(NameDirectory directory, HostNameServers hostServers) {
        this.directory = directory;
        this.hostServers = hostServers;
    }

    /// Never fails: a failure becomes an error response.
    CompletionStage<Message> query(Message question, NetworkMember asker, boolean tcp) {
        List<InetAddress> servers = servers(asker);
        if (servers.isEmpty() || !tryAcquire(asker.sandbox())) {
            return CompletableFuture.completedFuture(DnsResponder.errorResponse(question, Rcode.SERVFAIL));
        }
        Message carried = question.clone();
        carried.getHeader().setID(random.nextInt(IDS));
        return query(carried, servers, TIMEOUT.dividedBy(servers.size()), tcp, null)
                .thenApply(answer -> {
                    if (answer == null) {
                        return DnsResponder.errorResponse(question, Rcode.SERVFAIL);
                    }
                    answer.getHeader().setID(question.getHeader().getID());
                    return answer;
                })
                .whenComplete((_, _) -> release(asker.sandbox()));
    }

    /// Never this resolver itself, which would be an infinite loop.
    private List<InetAddress> servers(NetworkMember asker) {
        List<InetAddress> servers = (asker.nameServers().isEmpty() ? hostServers.get() : asker.nameServers())
                .stream()
                        .filter(server -> !directory.isOwnAddress(server))
                        .limit(MAX_SERVERS)
                        .toList();
        return servers.size() == 1 ? List.of(servers.getFirst(), servers.getFirst()) : servers;
    }

    /// @param last the response of the previous server
    private CompletionStage<@Nullable Message> query(
            Message question, List<InetAddress> servers, Duration each, boolean tcp, @Nullable Message last) {
        if (servers.isEmpty()) {
            return CompletableFuture.completedFuture(last);
        }
        SimpleResolver server =
                new SimpleResolver(new InetSocketAddress(servers.getFirst(), SimpleResolver.DEFAULT_PORT));
        server.setTimeout(each);
        server.setTCP(tcp);
        // The client itself repeats a truncated query over TCP, and announces the length that it can
        // read.
        server.setIgnoreTruncation(true);
        server.setEDNS(-1);
        List<InetAddress> others = servers.subList(1, servers.size());
        return server.sendAsync(question)
                .<@Nullable Message>thenApply(answer -> answer)
                .exceptionally(_ -> null)
                .thenCompose(answer -> answer != null && isFinal(answer)
                        ? CompletableFuture.completedFuture(answer)
                        : query(question, others, each, tcp, answer != null ? answer : last));
    }

    private static boolean isFinal(Message answer) {
        int code = answer.getRcode();
        return code != Rcode.SERVFAIL && code != Rcode.REFUSED;
    }

    private boolean tryAcquire(Id container) {
        if (!slots.tryAcquire()) {
            return false;
        }
        if (byContainer.merge(container, 1, Integer::sum) > MAX_QUERIES_PER_CONTAINER) {
            release(container);
            return false;
        }
        return true;
    }

    private void release(Id container) {
        byContainer.computeIfPresent(container, (_, count) -> count == 1 ? null : count - 1);
        slots.release();
    }
}
