package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.RootlessEngine;
import org.junit.jupiter.api.Test;

class RootlessDockerTest extends RootlessEngineTest {
    @Override
    String program() {
        return "docker";
    }

    @Override
    RootlessEngine drivers() {
        return new RootlessEngine("slirp4netns", "builtin");
    }

    /// The command that the refusal names shows them to the user.
    @Test
    void itsRulesAreInANamespaceOfItsOwn() {
        engine.docker("run", "-d", "--name", "web", "-p", "8094:80", "httpd:2.4");
        assertThat(engine.onHost(
                        "setpriv --reuid 1000 --regid 1000 --clear-groups nsenter -U --preserve-credentials -n -m -t"
                                + " $(cat /run/user/1000/docker.pid) iptables-save -t nat"))
                .contains("--dport 8094");
        assertThat(engine.onHost("iptables-save -t nat")).doesNotContain("8094");
    }
}
