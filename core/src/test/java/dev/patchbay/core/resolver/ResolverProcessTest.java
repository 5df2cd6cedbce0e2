package dev.patchbay.core.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.engine.container.HostSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The process that answers: where it listens, what it may, how much it bears, and how it comes back.
class ResolverProcessTest extends ResolverLab {
    @Test
    void theDefaultNetworkHasNoNames() throws Exception {
        assertThat(lab.onHost("ss -Hlun sport = 53; ss -Hltn sport = 53"))
                .contains(shop + ":53", back + ":53", "172.20.0.1:53")
                .doesNotContain("172.17.0.1:53");
        assertThat(file("plain", "resolv.conf")).doesNotContain("172.17.0.1", "ndots");
    }

    @Test
    void aNetworkOfItsOwnIsListenedOnAsLongAsSomebodyIsThere() throws Exception {
        create("brief", false);
        String listening = "ss -Hlun sport = 53 | grep -c 172.2[1-9] || true";
        assertThat(lab.onHost(listening).strip()).isEqualTo("0");
        run("guest", HostSettings.DEFAULT, EndpointRequest.on("brief"));
        assertThat(lab.onHost(listening).strip()).isEqualTo("1");
        lab.done(new Change.RemoveContainer("guest", true));
        assertThat(lab.onHost(listening).strip()).isEqualTo("0");
        lab.done(new Change.RemoveNetwork("brief"));
    }

    @Test
    void threeHundredQuestionsAtOnceAreAnswered() throws Exception {
        assertThat(from("db", tool("together", back, "both", "300")).strip())
                .isEqualTo("NOERROR " + address("both", 1));
        assertThat(from("web01", tool("together", shop, "here.test", "300")).strip())
                .isEqualTo("NOERROR 192.0.2.80");
    }

    @Test
    void noiseHurtsNobody() throws Exception {
        List<String> before = resolvers();
        from("db", tool("noise", back, "42", "3000"));
        assertThat(ask("db", back, "both", "A")).isEqualTo("NOERROR " + address("both", 1));
        assertThat(from("db", tool("ask", back, "both", "A", "tcp")).strip())
                .isEqualTo("NOERROR " + address("both", 1));
        assertThat(resolvers()).isEqualTo(before);
    }

    @Test
    void itMayListenOnLowPortsAndNothingElse() throws Exception {
        // Bit 10 is CAP_NET_BIND_SERVICE.
        assertThat(lab.onHost("grep -E '^(Cap|NoNewPrivs)' /proc/" + resolvers().getFirst() + "/status"))
                .isEqualTo("""
                        CapInh:\t0000000000000400
                        CapPrm:\t0000000000000400
                        CapEff:\t0000000000000400
                        CapBnd:\t0000000000000400
                        CapAmb:\t0000000000000400
                        NoNewPrivs:\t1
                        """);
    }

    @Test
    void itAnswersWhileNoHelperRunsAndTheNextHelperReplacesIt() throws Exception {
        String namespace = sandbox("web02").netnsName();
        String web01 = address("web01", 0);
        List<String> before = resolvers();
        assertThat(before).hasSize(1);

        lab.killHelper();
        assertThat(lab.onHost("ip netns exec " + namespace + " " + tool("ask", shop, "web01", "A"))
                        .strip())
                .isEqualTo("NOERROR " + web01);

        lab.up();
        assertThat(resolvers()).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(ask("web02", shop, "web01", "A")).isEqualTo("NOERROR " + web01);
        assertThat(lab.controller().repair(true)).isEmpty();
    }

    @Test
    void aKilledOneShowsAndComesBackWithARepairOrTheNextChange() throws Exception {
        lab.onHost("kill -KILL " + resolvers().getFirst());
        await().until(() -> !lab.controller().repair(true).isEmpty());
        lab.controller().repair(false);
        assertThat(ask("web02", shop, "web01", "A")).isEqualTo("NOERROR " + address("web01", 0));
        assertThat(lab.controller().repair(true)).isEmpty();

        lab.onHost("kill -KILL " + resolvers().getFirst());
        await().until(() -> !lab.controller().repair(true).isEmpty());
        run("next", HostSettings.DEFAULT, EndpointRequest.on("back"));
        assertThat(ask("web02", shop, "web01", "A")).isEqualTo("NOERROR " + address("web01", 0));
        assertThat(ask("db", back, "next", "A")).isEqualTo("NOERROR " + address("next", 0));
        lab.done(new Change.RemoveContainer("next", true));
    }
}
