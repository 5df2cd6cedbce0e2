package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.os.Programs;
import dev.patchbay.engine.os.SystemProgram;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The iptables programs of one family.
final class IptablesPrograms {
    private static final System.Logger LOG = System.getLogger(IptablesPrograms.class.getName());

    enum Name {
        IPTABLES(""),
        RESTORE("-restore"),
        SAVE("-save");

        private final String suffix;

        Name(String suffix) {
            this.suffix = suffix;
        }
    }

    private final Family family;
    private final List<Path> directories;
    private final Duration timeout;
    private @Nullable Boolean legacy;

    IptablesPrograms(Family family, Duration limit) {
        this(family, Programs.DIRECTORIES, limit);
    }

    IptablesPrograms(Family family, List<Path> directories, Duration limit) {
        this.family = family;
        this.directories = directories;
        this.timeout = limit;
    }

    /// Whether the programs speak to the older of the two packet filters that kernels have, or cannot be
    /// found. The program is asked once: it says `(nf_tables)` or `(legacy)` behind its version, and
    /// nothing before version 1.8, which knew no other than the older one.
    synchronized boolean isLegacy() {
        Boolean answer = legacy;
        if (answer == null) {
            if (program(Name.RESTORE).find().isEmpty()) {
                return true;
            }
            try {
                answer = !run("ask which packet filter iptables speaks to", Name.RESTORE, "", "--version")
                        .contains("(nf_tables)");
            } catch (EngineException e) {
                LOG.log(Level.WARNING, "treated as iptables-legacy: it sends no events", e);
                return true;
            }
            legacy = answer;
        }
        return answer;
    }

    /// Runs a program to its end and returns what it printed.
    String run(String step, Name name, String input, String... options) throws EngineException {
        return program(name).run(step, input, options);
    }

    private SystemProgram program(Name name) {
        return new SystemProgram(family.iptablesCommand() + name.suffix, directories, timeout);
    }
}
