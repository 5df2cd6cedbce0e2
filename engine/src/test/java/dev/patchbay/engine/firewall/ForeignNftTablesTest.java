package dev.patchbay.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.kernel.KernelTable;
import dev.patchbay.engine.kernel.NftTables;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PrivateNamespace.class)
class ForeignNftTablesTest {
    @TempDir
    Path directory;

    private final ForeignNftTables others = new ForeignNftTables();

    @BeforeEach
    void needsNft() {
        PrivateNamespace.require(Files.isExecutable(Path.of("/usr/sbin/nft")), "Debian's package nftables");
    }

    @AfterEach
    void leaveNothing() throws Exception {
        for (String table : List.of("huge", "mine")) {
            load("add table inet " + table, "delete table inet " + table);
        }
        assertThat(read()).isEmpty();
    }

    /// Those of this test: iptables may have made its own before.
    private List<KernelTable> read() throws Exception {
        return others.read(ForeignNftTables.currentGeneration(), List.of()).tables().stream()
                .filter(table -> table.family().equals("inet"))
                .toList();
    }

    private void load(String... lines) throws Exception {
        Path file = Files.writeString(directory.resolve("rules"), String.join("\n", lines));
        Shell.run("nft", "-f", file.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a;flush ruleset",
                "a\nflush ruleset",
                "{",
                "-f",
                "$x",
                "@/etc/passwd",
                "a\0b",
                "\"a\"",
                "1"
            })
    void aNameThatIsNoPlainWordNeverReachesNft(String table) {
        assertThat(ForeignNftTables.isSafeName(table)).isFalse();
        assertThat(ForeignNftTables.isSafeName("firewalld")).isTrue();
    }

    @Test
    void aTableIsReadAsNftPrintsIt() throws Exception {
        load(
                "add table inet mine",
                "add set inet mine ports { type inet_service; elements = { 22 } ; }",
                "add chain inet mine input",
                "add rule inet mine input tcp dport @ports accept");
        assertThat(read()).singleElement().satisfies(table -> {
            assertThat(table.chains()).containsExactly("input");
            assertThat(table.text()).contains("tcp dport @ports accept").doesNotContain("elements");
            assertThat(table.json())
                    .startsWith("{\"nftables\": [")
                    .contains("\"elem\": [22]")
                    .endsWith("]}");
        });
    }

    @Test
    void aChangeIsSeenAndNothingElseIsReadAgain() throws Exception {
        load("add table inet mine", "add chain inet mine input");
        NftTables first = others.read(ForeignNftTables.currentGeneration(), List.of());
        assertThat(others.read(ForeignNftTables.currentGeneration(), List.of())).isSameAs(first);
        load("add table inet huge", "delete table inet huge");
        assertThat(others.read(ForeignNftTables.currentGeneration(), List.of()))
                .as("other tables changed")
                .isSameAs(first);
        load("add rule inet mine input tcp dport 22 accept");
        assertThat(others.read(ForeignNftTables.currentGeneration(), List.of()).version())
                .isNotEqualTo(first.version());
        assertThat(read().getFirst().text()).contains("tcp dport 22 accept");
    }

    /// A message has no room for it, and the others have to be seen all the same.
    @Test
    void ofATableThatIsTooLongOnlyTheChainsAreTold() throws Exception {
        StringBuilder rules = new StringBuilder("add table inet huge\nadd chain inet huge input\n");
        for (int i = 0; i < 12_000; i++) {
            rules.append("add rule inet huge input ip saddr 10.0.%d.%d drop\n".formatted(i / 250, i % 250));
        }
        load(rules.toString(), "add table inet mine", "add chain inet mine input", "add rule inet mine input accept");
        assertThat(read())
                .satisfiesExactly(
                        huge -> {
                            assertThat(huge.chains()).containsExactly("input");
                            assertThat(huge.text()).isEmpty();
                            assertThat(huge.json()).isEmpty();
                        },
                        mine -> {
                            assertThat(mine.text()).contains("accept");
                            assertThat(mine.json()).contains("accept");
                        });
    }
}
