package dev.patchbay.engine.netfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PrivateNamespace.class)
class NftTransactionTest {
    private static final int ERESTART = 85;

    @BeforeEach
    void threeRules() throws Exception {
        for (int i = 1; i <= 3; i++) {
            Shell.run("iptables", "-A", "FORWARD", "-s", "203.0.113." + i, "-j", "DROP");
        }
    }

    @AfterEach
    void flush() throws Exception {
        Shell.run("iptables", "-F");
    }

    private static List<String> sources() throws Exception {
        return Shell.run("iptables", "-S", "FORWARD")
                .lines()
                .filter(line -> line.startsWith("-A"))
                .map(line -> line.split(" ")[3].replace("/32", ""))
                .toList();
    }

    private static List<Long> handles() throws Exception {
        return NfTables.handles(Family.IPV4, "filter", "FORWARD");
    }

    @Test
    void aRuleIsToldWithTheHandleThatItIsDeletedBy() throws Exception {
        try (NewRuleEvents news = NewRuleEvents.open()) {
            Shell.run("iptables", "-I", "FORWARD", "2", "-s", "203.0.113.9", "-j", "DROP");
            Shell.run("ip6tables", "-A", "FORWARD", "-j", "DROP");
            Shell.run("ip6tables", "-F");
            List<NewRule> made = news.drain(Family.IPV4);
            assertThat(made).hasSize(1);
            assertThat(made.getFirst().chain()).isEqualTo("FORWARD");
            assertThat(handles())
                    .hasSize(4)
                    .element(1)
                    .isEqualTo(made.getFirst().handle());
            assertThat(news.drain(Family.IPV4)).isEmpty();

            NftTransaction batch = new NftTransaction(Family.IPV4, RulesetGeneration.current());
            batch.delete("filter", "FORWARD", made.getFirst().handle());
            batch.commit();
        }
        assertThat(sources()).containsExactly("203.0.113.1", "203.0.113.2", "203.0.113.3");
    }

    @Test
    void copiesGoWhereTheyAreSentInOrder() throws Exception {
        long second = handles().get(1);
        try (NewRuleEvents news = NewRuleEvents.open()) {
            for (int i = 4; i <= 7; i++) {
                Shell.run("iptables", "-A", "INPUT", "-s", "203.0.113." + i, "-j", "DROP");
            }
            List<NewRule> made = news.drain(Family.IPV4);
            NftTransaction batch = new NftTransaction(Family.IPV4, RulesetGeneration.current());
            batch.insert("filter", "FORWARD", second, made.get(0), 0);
            batch.insert("filter", "FORWARD", second, made.get(1), 0);
            batch.insert("filter", "FORWARD", 0, made.get(2), 0);
            batch.insert("filter", "FORWARD", 0, made.get(3), 0);
            batch.commit();
        }
        assertThat(sources())
                .containsExactly(IntStream.of(1, 4, 5, 2, 3, 6, 7)
                        .mapToObj(i -> "203.0.113." + i)
                        .toArray(String[]::new));
    }

    @Test
    void nothingOfABatchIsDoneWhenSomebodyWasFaster() throws Exception {
        NftTransaction batch = new NftTransaction(Family.IPV4, RulesetGeneration.current());
        batch.delete("filter", "FORWARD", handles().getFirst());
        Shell.run("iptables", "-A", "INPUT", "-j", "ACCEPT");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(batch::commit)
                .satisfies(failure -> assertThat(failure.errno()).isEqualTo(ERESTART));
        assertThat(sources()).hasSize(3);
    }

    @Test
    void nothingOfABatchIsDoneWhenARuleIsGone() throws Exception {
        List<Long> handles = handles();
        Shell.run("iptables", "-D", "FORWARD", "2");
        NftTransaction batch = new NftTransaction(Family.IPV4, RulesetGeneration.current());
        handles.forEach(handle -> batch.delete("filter", "FORWARD", handle));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(batch::commit)
                .satisfies(failure -> assertThat(failure.errno()).isEqualTo(Errno.ENOENT));
        assertThat(sources()).containsExactly("203.0.113.1", "203.0.113.3");
    }

    @Test
    void moreNewsThanCanBeKeptAreSaidToBeLost(@TempDir Path directory) throws Exception {
        Path script = directory.resolve("rules");
        String comment = "x".repeat(200);
        Files.writeString(
                script,
                IntStream.range(0, 20_000)
                        .mapToObj(_ -> "-A INPUT -m comment --comment " + comment)
                        .collect(Collectors.joining("\n", "*filter\n", "\nCOMMIT\n")));
        try (NewRuleEvents news = NewRuleEvents.open()) {
            Shell.run("iptables-restore", "--noflush", script.toString());
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> news.drain(Family.IPV4))
                    .satisfies(failure -> assertThat(failure.errno()).isEqualTo(Errno.ENOBUFS));
        }
    }
}
