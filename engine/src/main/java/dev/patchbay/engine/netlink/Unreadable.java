package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One object that the kernel or its tools told of and that could not be read. It is passed over, and shown as a
/// problem.
public record Unreadable(Kind kind, String reason) {
    private static final System.Logger LOG = System.getLogger(Unreadable.class.getName());

    /// Ignores unreadable objects; another reader reports them.
    public static final Consumer<Unreadable> IGNORE = _ -> {};

    public enum Kind {
        LINK("link", "links"),
        ADDRESS("address", "addresses"),
        ROUTE("route", "routes"),
        CHAIN("chain of nf_tables", "chains of nf_tables"),
        RULE("line of iptables-save", "lines of iptables-save"),
        TABLE("table of rules", "tables of rules"),
        FLOW("UDP flow", "UDP flows"),
        SOCKET("socket", "sockets"),
        COUNTER("counter of a link", "counters of links"),
        SETTING("kernel setting", "kernel settings");

        private final String singular;
        private final String plural;

        Kind(String one, String many) {
            this.singular = one;
            this.plural = many;
        }

        private String counted(int count) {
            return count == 1 ? "One " + singular : count + " " + plural;
        }
    }

    public interface MessageReader<T> {
        T read(NetlinkMessage message) throws EngineException;
    }

    /// Reads each message by itself.
    public static <T> List<T> readEach(
            Kind kind, List<NetlinkMessage> messages, MessageReader<T> reader, Consumer<Unreadable> unreadable) {
        List<T> read = new ArrayList<>();
        for (NetlinkMessage message : messages) {
            try {
                read.add(reader.read(message));
            } catch (EngineException e) {
                unreadable.accept(of(kind, e.reason(), e));
            } catch (RuntimeException e) {
                unreadable.accept(of(kind, String.valueOf(e.getMessage()), e));
            }
        }
        return read;
    }

    private static Unreadable of(Kind kind, String reason, Exception cause) {
        LOG.log(Level.DEBUG, "passed over", cause);
        return new Unreadable(kind, reason);
    }

    /// One problem for each kind, with the reason of the first.
    public static List<Problem> toProblems(Collection<Unreadable> all) {
        Map<Kind, List<Unreadable>> byKind = new EnumMap<>(Kind.class);
        all.forEach(one ->
                byKind.computeIfAbsent(one.kind(), _ -> new ArrayList<>()).add(one));
        List<Problem> problems = new ArrayList<>();
        byKind.forEach((kind, some) -> problems.add(new Problem(
                null,
                ProblemKind.UNREADABLE,
                List.of(kind.counted(some.size()), some.getFirst().reason(), kind.name(), String.valueOf(some.size())),
                List.of())));
        return problems;
    }
}
