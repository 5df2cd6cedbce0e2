package dev.patchbay.app.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Patchbay does what Docker 28.5 does, but for what it does as Docker 20.10. Scenarios that show most of the
/// differences are played always, and all of them with `-Dpatchbay.long=true`. Skipped where Debian sid is not
/// unpacked, and where it has a later release.
class Docker28DifferentialTest extends DifferentialTestCase {
    private static final String RELEASE = "28.5";
    private static final String MOST = "A new host|Labels, options and internal networks|Configurations|Macvlan"
            + "|Chains deleted by hand|IPv6|Run on a network of one's own|Connect and disconnect|Between networks";

    Docker28DifferentialTest() throws IOException {
        super(
                EngineVersion.DOCKER_28,
                RELEASE,
                numbered("intended-differences-28.txt", i -> Character.toString('A' + i)),
                DifferentialTest.intended(),
                RulesForm::normal,
                Boolean.getBoolean("patchbay.long") ? ALL : MOST);
    }

    @Override
    void requireRelease(String version) {
        assumeTrue(
                version.startsWith(RELEASE + "."),
                "Debian sid has Docker " + version + ", and the intended differences are those of " + RELEASE);
    }

    /// A row names the intended differences that its scenario has to show.
    @Test
    void thePageOnCompatibilitySaysSo() throws IOException {
        requireThatNoPartIsChosen();
        if (playsAll()) {
            assertThat(unseen()).isEmpty();
            assertThat(PAGE).content().contains(written());
        } else {
            assertThat(PAGE).content().contains(rows());
        }
    }
}
