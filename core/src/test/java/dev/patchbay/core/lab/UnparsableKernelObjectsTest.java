package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody makes what a helper could stumble over: the rest is seen and shown as before, and changes of it are
/// noticed.
class UnparsableKernelObjectsTest {
    @TempDir
    private Path home;

    private RealLab lab;
    private AtomicReference<Topology> seen = new AtomicReference<>();
    private AutoCloseable watch;

    @BeforeEach
    void aNetwork() throws Exception {
        lab = new RealLab(home);
        lab.done(Change.CreateNetwork.named("shop"));
        watch();
    }

    private void watch() throws Exception {
        seen = new AtomicReference<>();
        watch = lab.controller().watch(seen::set, _ -> {});
        await().until(() -> seen.get() != null);
    }

    @AfterEach
    void down() throws Exception {
        watch.close();
        lab.close();
    }

    @Test
    void ipv4MappedAddressesAndRoutesAreOfIpv6() throws Exception {
        lab.onHost("ip -6 addr add ::ffff:10.9.9.9/128 dev lo; ip -6 route add ::ffff:10.0.0.0/104 dev lo");
        assertThat(lab.state().kernel().links().getFirst().addresses())
                .extracting(Object::toString)
                .contains("::ffff:10.9.9.9/128");
        assertThat(lab.state().kernel().routes())
                .extracting(route -> route.destination().toString())
                .contains("::ffff:10.0.0.0/104");
        assertThat(lab.controller().repair(true)).isEmpty();
        lab.done(Change.CreateNetwork.named("second"));
        assertDriftIsSeen("second");

        watch.close();
        lab.killHelper();
        lab.up();
        watch();
        assertThat(lab.controller().topology().problems()).isEmpty();
        assertDriftIsSeen("shop");
    }

    /// The pause has each event read before the next one comes.
    @Test
    void eventsThatCannotBeReadDoNotEndTheWatching() throws Exception {
        lab.onHost("""
            perl -e 'socket(my $s, 16, 3, 0) or die $!;
              for my $m (pack("LSSLLx16SS", 36, 16, 0, 0, 0, 200, 3), pack("LSSLLx16", 32, 16, 0, 0, 0),
                  pack("LSSLL", 1000000, 16, 0, 0, 0), "x") {
                send($s, $m, 0, pack("SSLL", 16, 0, 0, 0x555)) or die $!;
                select(undef, undef, undef, 0.3);
              }'
            """);
        assertDriftIsSeen("shop");
        assertThat(seen.get().problems()).extracting(Problem::kind).doesNotContain(ProblemKind.WATCH_FAILING);
    }

    /// One rule that only nft has words for, and iptables shows nothing of its table.
    @Test
    void aTableThatIptablesCannotShowIsAProblemAndNoDrift() throws Exception {
        String rules = lab.onHost("iptables-save -t nat | grep ^-A");
        lab.onHost("nft 'add rule ip nat POSTROUTING ip daddr 192.0.2.9 snat to numgen inc mod 2 map"
                + " { 0 : 192.0.2.1, 1 : 192.0.2.2 }'");
        await().untilAsserted(() -> assertThat(sentences())
                .containsExactly("One table of rules could not be read: iptables has no words for a rule in table nat,"
                        + " which was written with nft"));
        assertThat(lab.controller().repair(true)).isEmpty();
        lab.onHost("iptables -F PATCHBAY-ISOLATION-STAGE-1");
        await().until(() -> sentences().stream().anyMatch(sentence -> sentence.contains("missing")));
        lab.controller().repair(false);
        await().untilAsserted(() -> assertThat(sentences()).hasSize(1));

        String nat = lab.onHost("nft list table ip nat");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> lab.controller().apply(Change.CreateNetwork.named("more")))
                .withMessageContaining("iptables has no words for a rule in table nat, which was written with nft");
        assertThat(lab.onHost("nft list table ip nat")).isEqualTo(nat);

        lab.onHost("nft delete rule ip nat POSTROUTING handle $(nft -a list chain ip nat POSTROUTING"
                + " | sed -n 's/.*numgen.*handle //p')");
        await().until(() -> sentences().isEmpty());
        assertThat(lab.onHost("iptables-save -t nat | grep ^-A")).isEqualTo(rules);
    }

    /// Its name is one that nft takes for more than a name.
    @Test
    void aTableThatNftCannotBeAskedForIsAProblemUntilItIsGone() throws Exception {
        lab.onHost("""
            nft -j -f - <<'END'
            {"nftables": [{"add": {"table": {"family": "inet", "name": "a;b"}}},
              {"add": {"chain": {"family": "inet", "table": "a;b", "name": "c"}}}]}
            END
            """);
        lab.controller().counters();
        String sentence = "One table of rules could not be read: nft cannot be asked for a table of its name";
        await().untilAsserted(() -> assertThat(sentences()).containsExactly(sentence));
        lab.onHost("nft -j -f - <<'END'\n{\"nftables\": [{\"delete\": {\"table\": {\"family\": \"inet\","
                + " \"name\": \"a;b\"}}}]}\nEND\n");
        lab.controller().counters();
        await().until(() -> sentences().isEmpty());
    }

    /// What nft says of a table is an error, as that of a version that does not know all in it.
    @Test
    void aTableThatNftCannotListIsAProblemUntilItCan() throws Exception {
        lab.onHost("nft 'add table inet mine; add chain inet mine c'");
        lab.onHost("mount --bind /bin/false $(readlink -f /usr/sbin/nft)");
        lab.controller().counters();
        await().untilAsserted(() -> assertThat(sentences())
                .singleElement()
                .asString()
                .startsWith("One table of rules could not be read: ")
                .endsWith("nft ended with status 1"));
        lab.onHost("umount $(readlink -f /usr/sbin/nft)");
        lab.onHost("nft delete table inet mine");
        lab.controller().counters();
        await().until(() -> sentences().isEmpty());
    }

    @Test
    void aSocketThatCannotBeReadIsAProblemUntilTheNextReading() throws Exception {
        long pid = Long.parseLong(lab.onHost("(trap '' HUP; exec sleep 1000) >/dev/null 2>&1 & echo $!")
                .strip());
        lab.onHost("mount -t tmpfs x /proc/%1$d/fd && ln -s 'socket:[x]' /proc/%1$d/fd/3".formatted(pid));
        // Owners are looked for only while somebody listens.
        lab.onHost("busybox nc -l -p 99 >/dev/null 2>&1 & while ! ss -Hltn | grep -q :99; do sleep 0.1; done");
        lab.controller().listeners();
        await().untilAsserted(() -> assertThat(sentences())
                .containsExactly("One socket could not be read: /proc/" + pid
                        + "/fd/3 leads to no number of a socket: socket:[x]"));
        lab.onHost("umount /proc/%1$d/fd && kill %1$d".formatted(pid));
        lab.controller().listeners();
        await().until(() -> sentences().isEmpty());
    }

    @Test
    void aSettingThatCannotBeReadIsAProblemUntilItIsRight() throws Exception {
        String setting = "/proc/sys/net/ipv4/ip_local_port_range";
        lab.onHost("echo 'no range' >/run/range && mount --bind /run/range " + setting);
        lab.onHost("ip link add seen type bridge");
        await().untilAsserted(() -> assertThat(sentences())
                .containsExactly("One kernel setting could not be read: net.ipv4.ip_local_port_range is no range of"
                        + " ports: no range"));
        lab.onHost("umount " + setting + " && ip link delete seen");
        await().until(() -> sentences().isEmpty());
    }

    /// The programs of iptables fail for a while.
    @Test
    void aCheckThatFailsIsShownAndMadeUpFor() throws Exception {
        lab.onHost("mount --bind /bin/false $(readlink -f /usr/sbin/iptables-save)");
        lab.onHost("nft flush chain ip nat PATCHBAY; nft flush chain ip filter PATCHBAY-ISOLATION-STAGE-1");
        await().untilAsserted(() -> assertThat(sentences())
                .singleElement()
                .asString()
                .startsWith("The host is not checked for changes by others at present: read the firewall rules: "));
        lab.onHost("umount $(readlink -f /usr/sbin/iptables-save)");
        await().untilAsserted(
                        () -> assertThat(sentences()).singleElement().asString().contains("missing"));
        lab.controller().repair(false);
        await().until(() -> sentences().isEmpty());
    }

    private List<String> sentences() {
        return seen.get().problems().stream().map(Problem::sentence).toList();
    }

    private void assertDriftIsSeen(String network) throws Exception {
        String bridge = lab.controller().topology().networks().stream()
                .filter(one -> one.name().equals(network))
                .findFirst()
                .orElseThrow()
                .bridge();
        lab.onHost("ip link set " + bridge + " down");
        await().until(() -> sentences().contains("The bridge " + bridge + " of network " + network + " is down"));
        lab.controller().repair(false);
        await().until(() -> sentences().isEmpty());
    }
}
