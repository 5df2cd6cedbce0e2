package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.Family;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The iptables programs of one family.
final class Tool {
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
    private final Duration limit;

    Tool(Family family, Duration limit) {
        this(family, Program.PLACES, limit);
    }

    Tool(Family family, List<Path> directories, Duration limit) {
        this.family = family;
        this.directories = directories;
        this.limit = limit;
    }

    /// Whether the programs speak to the older of the two packet filters that kernels have, or cannot be found.
    boolean isLegacy() {
        Path program = program(Name.RESTORE).find().orElse(null);
        try {
            return program == null
                    || !String.valueOf(program.toRealPath().getFileName()).contains("nft");
        } catch (IOException e) {
            return true;
        }
    }

    /// Runs a program to its end and returns what it printed.
    String run(String step, Name name, String input, String... options) throws EngineException {
        return program(name).run(step, input, options);
    }

    private Program program(Name name) {
        return new Program(family.tool() + name.suffix, directories, limit);
    }
}
