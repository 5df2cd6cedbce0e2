package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The seed session in the real window on a real Lab; the kernel is read back with ip, iptables-save and curl.
class SeedSessionByMouseTest extends WindowOverALab {
    SeedSessionByMouseTest() {
        super(980, 700);
    }

    @Test
    void theSeedSession() throws Exception {
        String linksBefore = links();
        String rulesBefore = lab.rules();

        clickOn("#newNetwork");
        clickOn("#networkName").write("mydockernet");
        applySheet();
        until(() -> network() != null);
        String bridge = Objects.requireNonNull(network()).bridge();
        assertThat(links()).contains(bridge);

        run("web01", "8080:80");
        run("web02", "8081:80");
        lab.answers(8080);
        lab.answers(8081);
        assertThat(lab.rules()).contains("--dport 8080", "--dport 8081");

        select("web01");
        push(KeyCode.D);
        applySheet();
        until(() -> container("web01").endpoints().isEmpty());
        assertThat(lab.rules()).doesNotContain("--dport 8080");

        select("web01");
        push(KeyCode.C);
        clickOn("#connectNetwork");
        ComboBox<?> choice = lookup("#connectNetwork").queryAs(ComboBox.class);
        while (!(choice.getValue() instanceof Network chosen && chosen.name().equals("mydockernet"))) {
            push(KeyCode.DOWN);
        }
        push(KeyCode.ENTER);
        applySheet();
        until(() -> !container("web01").endpoints().isEmpty());
        lab.answers(8080);

        for (String name : List.of("web01", "web02")) {
            select(name);
            clickOn("#inspectorActions");
            clickOn("#menuStop");
            until(() -> !container(name).running());
            select(name);
            push(KeyCode.DELETE);
            until(() -> topology().containers().stream()
                    .noneMatch(container -> container.name().equals(name)));
        }
        select("mydockernet");
        push(KeyCode.DELETE);
        until(() -> network() == null && model.host().pending().isEmpty());

        assertThat(links()).isEqualTo(linksBefore);
        assertThat(lab.rules()).isEqualTo(rulesBefore);
    }

    private void run(String name, String ports) {
        select("mydockernet");
        clickOn("#runContainer");
        clickOn("#containerName").write(name);
        tabTo("containerPorts");
        write(ports);
        applySheet();
        until(() -> topology().containers().stream()
                .anyMatch(container -> container.name().equals(name) && container.running()));
    }

    private @Nullable Network network() {
        return topology().networks().stream()
                .filter(network -> network.name().equals("mydockernet"))
                .findFirst()
                .orElse(null);
    }

    private Container container(String name) {
        return topology().containers().stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String links() throws Exception {
        return lab.run("sh", "-c", "ip -br link | awk '{print $1}' | sort");
    }
}
