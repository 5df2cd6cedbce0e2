package dev.patchbay.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.ruleset.Ruleset;
import dev.patchbay.engine.ruleset.RulesetScripts;
import dev.patchbay.engine.ruleset.SpecSketch;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The older packet filter, which knows no handles and tells nobody of changes. Kernels may be without.
@ExtendWith(PrivateNamespace.class)
class LegacyBackendTest {
    private Namespace host;

    @BeforeEach
    void aHostOfItsOwn() throws Exception {
        // Other tests would be told that there are legacy tables.
        host = Namespaces.create("legacy");
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/iptables-legacy-restore"))
                        && new ProcessBuilder("ip", "netns", "exec", "legacy", "iptables-legacy", "-S")
                                        .start()
                                        .waitFor()
                                == 0,
                "this test needs iptables-legacy, and a kernel that has it");
    }

    @AfterEach
    void remove() throws Exception {
        host.close();
        Namespaces.delete("legacy");
    }

    private static IptablesPrograms tool(Path directory) throws IOException {
        for (String name : List.of("save", "restore")) {
            Path program = directory.resolve("iptables-" + name);
            Files.writeString(program, "#!/bin/sh\nexec iptables-legacy-" + name + " \"$@\"\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
        return new IptablesPrograms(Family.IPV4, List.of(directory), Duration.ofSeconds(60));
    }

    private static String saved() throws Exception {
        return Shell.run("iptables-legacy-save")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll(" \\[.*", ""))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void rulesAreDeletedByTheirWords(@TempDir Path directory) throws Exception {
        Iptables iptables = new Iptables(Family.IPV4, tool(directory), new TransactionCounter());
        SpecSketch sketch = new SpecSketch();
        sketch.network("10.1.0.0/16");
        Ruleset before = sketch.rules();
        NetworkSpec network = sketch.network("10.2.0.0/16");
        sketch.port(sketch.sandboxOn(network, "10.2.0.2/16"), "8080:80/tcp");
        Ruleset after = sketch.rules();
        Namespaces.runInside(host, () -> {
            iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, before));
            String saved = saved();
            iptables.run(RulesetScripts.plan(iptables, before, after));
            assertThat(saved()).contains("-A PATCHBAY -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.2.0.2:80");
            RuleScript removal = RulesetScripts.plan(iptables, after, before);
            assertThat(removal.text()).contains("-D PATCHBAY-FORWARD -o " + network.bridge());
            iptables.run(removal);
            assertThat(saved()).isEqualTo(saved);
            return null;
        });
    }
}
