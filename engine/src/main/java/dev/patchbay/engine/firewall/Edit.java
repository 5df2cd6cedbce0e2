package dev.patchbay.engine.firewall;

import dev.patchbay.engine.rule.Chain;
import org.jspecify.annotations.Nullable;

/// One line of a [RuleScript].
public sealed interface Edit {
    Chain chain();

    /// The line as `iptables-restore` reads it within its table.
    String line();

    /// The line as a person types it after `iptables -t TABLE`; counters are left out.
    default String command() {
        return line();
    }

    /// What takes this edit back; null when that cannot be written safely.
    @Nullable
    Edit inverse();

    record NewChain(Chain chain) implements Edit {
        @Override
        public String line() {
            return "-N " + chain.name();
        }

        @Override
        public Edit inverse() {
            return new RemoveChain(chain);
        }
    }

    record RemoveChain(Chain chain) implements Edit {
        @Override
        public String line() {
            return "-X " + chain.name();
        }

        @Override
        public Edit inverse() {
            return new NewChain(chain);
        }
    }

    record Policy(Chain chain, String from, String to) implements Edit {
        @Override
        public String line() {
            return "-P " + chain.name() + " " + to;
        }

        @Override
        public Edit inverse() {
            return new Policy(chain, to, from);
        }
    }

    /// @param number the place it gets, from 1
    /// @param last after all others, wherever that is
    record Insert(Chain chain, int number, boolean last, String specification, long packets, long bytes)
            implements Edit {
        @Override
        public String line() {
            String counters = packets == 0 && bytes == 0
                    ? ""
                    : " -c " + Long.toUnsignedString(packets) + " " + Long.toUnsignedString(bytes);
            return command() + counters;
        }

        @Override
        public String command() {
            String place = last ? "-A " + chain.name() : "-I " + chain.name() + " " + number;
            return specification.isEmpty() ? place : place + " " + specification;
        }

        public Insert withNumber(int place) {
            return new Insert(chain, place, last, specification, packets, bytes);
        }

        @Override
        public Edit inverse() {
            return new Delete(chain, number, last, chain.isOwn(), specification, packets, bytes);
        }
    }

    /// In a chain that others write to as well, a rule is named by its words: its number may have become somebody
    /// else's since it was read. In a chain of ours it is named by its number where another of the same words
    /// stands above, and since whatever words somebody put there need not be repeated.
    ///
    /// @param byNumber in a chain of ours
    /// @param specification null when its words hold a line break and so cannot be put back
    record Delete(
            Chain chain,
            int number,
            boolean last,
            boolean byNumber,
            @Nullable String specification,
            long packets,
            long bytes)
            implements Edit {
        @Override
        public String line() {
            return "-D " + chain.name() + " " + (byNumber || specification == null ? number : specification);
        }

        @Override
        public String command() {
            return "-D " + chain.name() + " " + (specification == null ? number : specification);
        }

        /// Whether it is about a rule of these words.
        boolean matches(String words) {
            return specification == null || specification.equals(words);
        }

        @Override
        public @Nullable Edit inverse() {
            return specification == null ? null : new Insert(chain, number, last, specification, packets, bytes);
        }
    }
}
