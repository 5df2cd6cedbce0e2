package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.libc.Errno;
import dev.patchbay.engine.netlink.Generation;
import dev.patchbay.engine.netlink.NfChain;
import dev.patchbay.engine.protocol.KernelChain;
import dev.patchbay.engine.protocol.KernelTable;
import dev.patchbay.engine.spec.Family;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The tables of nf_tables that iptables does not show, of one network namespace. They are read again only when the
/// kernel says that rules have changed. One caller at a time.
public final class OtherTables {
    private static final System.Logger LOG = System.getLogger(OtherTables.class.getName());

    /// What nft reads as one word. Its arguments are a script to it, and the kernel takes any name for a table.
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");

    private record Name(String family, String table) {}

    private final Program nft = new Program("nft", Program.PLACES, Duration.ofSeconds(10));
    private long generation = -1;
    private List<KernelTable> known = List.of();

    /// @param shown the chains that iptables shows of nf_tables
    public List<KernelTable> read(List<KernelChain> shown) throws EngineException {
        try {
            long present = Generation.current();
            if (present != generation) {
                known = tables(shown);
                generation = present;
            }
            return known;
        } catch (EngineException e) {
            if (e.errno() == Errno.EINVAL) {
                return List.of(); // a kernel without nf_tables
            }
            throw e;
        }
    }

    private List<KernelTable> tables(List<KernelChain> shown) throws EngineException {
        List<Name> ofIptables = shown.stream()
                .map(chain -> new Name(word(chain.family()), chain.table()))
                .distinct()
                .toList();
        Map<Name, List<String>> chains = new LinkedHashMap<>();
        for (NfChain chain : NfChain.all()) {
            Name name = new Name(chain.family(), chain.table());
            if (!ofIptables.contains(name)) {
                chains.computeIfAbsent(name, _ -> new ArrayList<>()).add(chain.name());
            }
        }
        List<KernelTable> tables = new ArrayList<>();
        chains.forEach((name, there) -> tables.add(new KernelTable(name.family(), name.table(), there, text(name))));
        return tables;
    }

    private static String word(Family family) {
        return switch (family) {
            case IPV4 -> "ip";
            case IPV6 -> "ip6";
        };
    }

    private String text(Name name) {
        if (nft.find().isEmpty()
                || name.family().isEmpty()
                || !WORD.matcher(name.table()).matches()) {
            return "";
        }
        try {
            return nft.run(
                    "read a table of nf_tables",
                    "",
                    "--stateless",
                    "--terse",
                    "list",
                    "table",
                    name.family(),
                    name.table());
        } catch (EngineException e) {
            // It may be gone again, or this nft may be older than what made it.
            LOG.log(Level.DEBUG, "a table is listed without its rules", e);
            return "";
        }
    }
}
