package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelTable;
import dev.patchbay.engine.kernel.NftTables;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netfilter.NfChain;
import dev.patchbay.engine.netfilter.RulesetGeneration;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.os.Programs;
import dev.patchbay.engine.os.SystemProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The tables of nf_tables that iptables does not show, of one network namespace. They are read again only when the
/// kernel says that rules have changed. One caller at a time.
public final class ForeignNftTables {
    /// No change of rules has this number.
    public static final long NONE = -1;

    /// What nft reads as one word. Its arguments are a script to it, and the kernel takes any name for a table.
    private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");

    /// Characters of one table, and of all: they go to clients in one message, and a blocklist may be of any length.
    private static final int MAX_TABLE = 1 << 18;

    private static final int MAX_TOTAL = 1 << 20;

    /// The JSON of a table is longer than its text, and has the elements of its sets.
    private static final int MAX_JSON_TABLE = 1 << 19;

    private record TableKey(String family, String table) {}

    private final SystemProgram nft = new SystemProgram("nft", Programs.DIRECTORIES, Duration.ofSeconds(10));
    private long generation = NONE;
    private NftTables cachedTables = NftTables.EMPTY;
    private List<Unreadable> unreadable = List.of();

    /// The number of the last change of rules, to be asked for before iptables is; [#NONE] of a kernel without
    /// nf_tables.
    public static long currentGeneration() throws EngineException {
        try {
            return RulesetGeneration.current();
        } catch (EngineException e) {
            if (e.errno() == Errno.EINVAL) {
                return NONE;
            }
            throw e;
        }
    }

    /// @param present see [#currentGeneration]
    /// @param shown the chains that iptables shows of nf_tables
    public NftTables read(long present, List<KernelChain> shown) throws EngineException {
        if (present == NONE) {
            return NftTables.EMPTY;
        }
        if (present != generation) {
            List<Unreadable> passedOver = new ArrayList<>();
            cachedTables = cachedTables.replacedBy(tables(shown, passedOver::add));
            // A table that went meanwhile was not there to be read; the next call reads again.
            unreadable = currentGeneration() == present ? List.copyOf(passedOver) : List.of();
            // To install nft changes no rule.
            generation = nft.find().isEmpty() ? NONE : present;
        }
        return cachedTables;
    }

    /// What could not be read, as of the last [#read].
    public List<Unreadable> unreadable() {
        return unreadable;
    }

    private List<KernelTable> tables(List<KernelChain> shown, Consumer<Unreadable> passedOver) throws EngineException {
        List<TableKey> ofIptables = shown.stream()
                .map(chain -> new TableKey(nftFamily(chain.family()), chain.table()))
                .distinct()
                .toList();
        Map<TableKey, List<String>> chains = new LinkedHashMap<>();
        for (NfChain chain : NfChain.list(passedOver)) {
            TableKey name = new TableKey(chain.family(), chain.table());
            if (!ofIptables.contains(name)) {
                chains.computeIfAbsent(name, _ -> new ArrayList<>()).add(chain.name());
            }
        }
        List<KernelTable> tables = new ArrayList<>();
        int room = MAX_TOTAL;
        int jsonRoom = MAX_TOTAL;
        for (Map.Entry<TableKey, List<String>> table : chains.entrySet()) {
            TableKey name = table.getKey();
            String text = list(name, passedOver, "--stateless", "--terse");
            String kept = text.length() <= Math.min(room, MAX_TABLE) ? text : "";
            room -= kept.length();
            String json = list(name, Unreadable.IGNORE, "--stateless", "--json").strip();
            String keptJson = json.length() <= Math.min(jsonRoom, MAX_JSON_TABLE) ? json : "";
            jsonRoom -= keptJson.length();
            tables.add(new KernelTable(name.family(), name.table(), table.getValue(), kept, keptJson));
        }
        return tables;
    }

    private static String nftFamily(Family family) {
        return switch (family) {
            case IPV4 -> "ip";
            case IPV6 -> "ip6";
        };
    }

    /// `nft` takes its arguments for a script, and a table can be given any name over netlink.
    static boolean isSafeName(String table) {
        return SAFE_NAME.matcher(table).matches();
    }

    private String list(TableKey name, Consumer<Unreadable> passedOver, String... options) {
        if (nft.find().isEmpty()) {
            return "";
        }
        if (name.family().isEmpty() || !isSafeName(name.table())) {
            passedOver.accept(new Unreadable(Unreadable.Kind.TABLE, "nft cannot be asked for a table of its name"));
            return "";
        }
        try {
            List<String> arguments = new ArrayList<>(List.of(options));
            arguments.addAll(List.of("list", "table", name.family(), name.table()));
            return nft.run("read a table of nf_tables", "", arguments.toArray(String[]::new));
        } catch (EngineException e) {
            // This nft may be older than what made it.
            passedOver.accept(new Unreadable(Unreadable.Kind.TABLE, e.reason()));
            return "";
        }
    }
}
