package dev.patchbay.engine.netfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PrivateNamespace.class)
class NftDeleteBatchTest {
    private static final int ERESTART = 85;
    private static final Chain FORWARD = new Chain(Family.IPV4, "filter", "FORWARD");

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
        return NfTables.handles(FORWARD);
    }

    @Test
    void handlesStandInTheOrderOfTheRules() throws Exception {
        Shell.run("iptables", "-I", "FORWARD", "2", "-s", "203.0.113.9", "-j", "DROP");
        Shell.run("ip6tables", "-A", "FORWARD", "-j", "DROP");
        List<Long> handles = handles();
        Shell.run("ip6tables", "-F");
        assertThat(handles).hasSize(4);
        NftDeleteBatch batch = new NftDeleteBatch(Family.IPV4, RulesetGeneration.current());
        batch.add(FORWARD, handles.get(1));
        batch.add(FORWARD, handles.get(3));
        batch.commit();
        assertThat(sources()).containsExactly("203.0.113.1", "203.0.113.2");
    }

    @Test
    void nothingIsDeletedWhenSomebodyWasFaster() throws Exception {
        NftDeleteBatch batch = new NftDeleteBatch(Family.IPV4, RulesetGeneration.current());
        batch.add(FORWARD, handles().getFirst());
        Shell.run("iptables", "-A", "INPUT", "-j", "ACCEPT");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(batch::commit)
                .satisfies(failure -> assertThat(failure.errno()).isEqualTo(ERESTART));
        assertThat(sources()).hasSize(3);
    }

    @Test
    void nothingIsDeletedWhenARuleIsGone() throws Exception {
        List<Long> handles = handles();
        Shell.run("iptables", "-D", "FORWARD", "2");
        NftDeleteBatch batch = new NftDeleteBatch(Family.IPV4, RulesetGeneration.current());
        handles.forEach(handle -> batch.add(FORWARD, handle));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(batch::commit)
                .satisfies(failure -> assertThat(failure.errno()).isEqualTo(Errno.ENOENT));
        assertThat(sources()).containsExactly("203.0.113.1", "203.0.113.3");
    }
}
