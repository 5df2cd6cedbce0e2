package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import java.util.List;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// What the network dialog folds away reaches the kernel; it is read back with ip.
class NetworkDialogInALabTest extends WindowOverALab {
    NetworkDialogInALabTest() {
        super(1200, 780);
    }

    @Test
    void aBridgeOfOnesOwnNameAndAMacvlanNetwork() throws Exception {
        String before = links();

        open("shop");
        tabTo("networkBridge");
        write("br-shop");
        applySheet();
        until(() -> has("shop"));
        assertThat(lab.run("ip", "-d", "-o", "link", "show", "br-shop")).contains("bridge forward_delay");

        open("wire");
        tabTo("networkDriver");
        push(KeyCode.DOWN);
        assertThat(lookup("#networkBridge").query().getParent().isVisible()).isFalse();
        assertThat(lookup("#networkIcc").query().isVisible()).isFalse();
        tabTo("networkParent");
        write("eth0");
        applySheet();
        until(() -> has("wire"));
        apply(Change.RunContainer.of("web", "httpd:2.4", List.of(), List.of(EndpointRequest.on("wire"))));
        assertThat(lab.run("sh", "-c", "ip -all netns exec ip -d -o link")).contains("macvlan mode bridge");

        apply(new Change.RemoveContainer("web", true));
        for (String network : List.of("shop", "wire")) {
            apply(new Change.RemoveNetwork(network));
        }
        assertThat(links()).isEqualTo(before);
    }

    private void open(String name) {
        push(KeyCode.N);
        write(name);
        interact(() -> lookup("#networkMore").queryAs(TitledPane.class).setExpanded(true));
    }

    private boolean has(String name) {
        return topology().networks().stream().anyMatch(network -> network.name().equals(name));
    }

    private void apply(Change change) {
        interact(() -> model.host().apply(change));
        until(() -> model.host().pending().isEmpty());
    }

    private String links() throws Exception {
        return lab.run("sh", "-c", "ip -br link | awk '{print $1}' | sort");
    }
}
