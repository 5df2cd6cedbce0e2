package dev.patchbay.engine.kernel;

import java.util.function.Consumer;

/// An object of the kernel or its tools that could not be read. It is skipped and reported as a problem.
public record Unreadable(Kind kind, String reason) {
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

        public String counted(int count) {
            return count == 1 ? "One " + singular : count + " " + plural;
        }
    }
}
