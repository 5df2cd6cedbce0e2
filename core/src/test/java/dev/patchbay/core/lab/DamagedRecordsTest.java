package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A byte of the records is another one after a crash: nothing goes without a word.
class DamagedRecordsTest {
    @TempDir
    private Path home;

    @Test
    void whatStandsBehindTheDamageIsInForceAndThePersonIsTold() throws Exception {
        try (RealLab lab = new RealLab(home)) {
            lab.done(Change.CreateNetwork.named("shop"));
            Path journal = lab.directory().journal().resolve("journal.0");
            long middle = Files.size(journal);
            lab.done(Change.CreateNetwork.named("back"));
            lab.done(Change.CreateNetwork.named("more"));
            List<String> links = lab.onHost("ip -br link").lines().toList();
            lab.killHelper();
            byte[] bytes = Files.readAllBytes(journal);
            bytes[(int) middle + 40] ^= 1;
            Files.write(journal, bytes);

            lab.up();

            Path kept = lab.directory().journal().resolve("damaged-journal.0");
            assertThat(kept).hasBinaryContent(bytes);
            assertThat(lab.controller().topology().networks())
                    .extracting(Network::name)
                    .contains("shop", "back", "more");
            assertThat(lab.onHost("ip -br link").lines()).containsExactlyElementsOf(links);
            for (int start = 0; start < 2; start++) {
                assertThat(problems(lab)).singleElement().satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(ProblemKind.RECORDS_DAMAGED);
                    assertThat(problem.sentence()).contains(kept.toString());
                });
                assertThat(lab.controller().repair(true)).isEmpty();
                lab.killHelper();
                lab.up();
            }
            Files.delete(kept);
            await().until(() -> problems(lab).isEmpty());
        }
    }

    private static List<Problem> problems(RealLab lab) throws Exception {
        return lab.controller().topology().problems();
    }
}
