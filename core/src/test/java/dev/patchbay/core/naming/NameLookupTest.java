package dev.patchbay.core.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.spec.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NameLookupTest {
    private static final String REST = "0".repeat(60);
    private static final SandboxSpec FIRST = sandbox("abcd" + REST, "web01");
    private static final SandboxSpec SECOND = sandbox("abce" + REST, "web02");
    private static final SandboxSpec NAMED_LIKE_AN_ID = sandbox("ffff" + REST, "abcd");
    private static final Specs SPECS = Specs.of(List.of(FIRST, SECOND, NAMED_LIKE_AN_ID));

    @Test
    void aFullIdWins() throws RefusedException {
        assertThat(NameLookup.container(SPECS, "abcd" + REST)).isEqualTo(FIRST);
    }

    @Test
    void anExactNameIsAskedBeforeAPrefix() throws RefusedException {
        assertThat(NameLookup.container(SPECS, "abcd")).isEqualTo(NAMED_LIKE_AN_ID);
        assertThat(NameLookup.container(SPECS, "/web02")).isEqualTo(SECOND);
    }

    @Test
    void aUniquePrefixOfAnIdIsEnough() throws RefusedException {
        assertThat(NameLookup.container(SPECS, "abce")).isEqualTo(SECOND);
        assertThat(NameLookup.container(SPECS, "f")).isEqualTo(NAMED_LIKE_AN_ID);
    }

    @Test
    void aPrefixOfTwoIdsIsAmbiguous() {
        assertThatThrownBy(() -> NameLookup.container(SPECS, "abc"))
                .hasMessage("Multiple IDs found with provided prefix: abc");
    }

    @Test
    void aPrefixOfANameIsNothing() {
        assertThatThrownBy(() -> NameLookup.container(SPECS, "web0")).hasMessage("No such container: web0");
        assertThatThrownBy(() -> NameLookup.container(SPECS, "")).hasMessage("No such container: ");
        assertThatThrownBy(() -> NameLookup.network(SPECS, "web0")).hasMessage("network web0 not found");
    }

    private static SandboxSpec sandbox(String id, String name) {
        return new SandboxSpec(
                new Id(id),
                name,
                Instant.EPOCH,
                "httpd",
                new Workload.Web(),
                List.of("httpd-foreground"),
                "h",
                "",
                List.of(),
                List.of(),
                Map.of(),
                false,
                false,
                "default",
                HostSettings.DEFAULT,
                Id.random(),
                Id.random(),
                true,
                false);
    }
}
