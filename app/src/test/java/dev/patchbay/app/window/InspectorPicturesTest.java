package dev.patchbay.app.window;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Language;
import java.io.IOException;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;

/// The inspector's tabs while there is traffic.
class InspectorPicturesTest extends WindowPictures {
    private static final int OVERVIEW = 0;
    private static final int INSPECT = 1;
    private static final int TRAFFIC = 2;

    InspectorPicturesTest() {
        super(Language.ENGLISH);
    }

    @Test
    void overviews() throws IOException {
        open();
        select(network("mydockernet"));
        expect("inspector-network", Theme.DARK);
        select(container("web01"));
        expect("inspector-container", Theme.DARK);
        select(new Selection.OfHost());
        expect("inspector-host", Theme.LIGHT);
    }

    @Test
    void inspect() throws IOException {
        ObjectNode more = JsonNodeFactory.instance.objectNode();
        more.put("Name", "/web01").put("Image", "httpd:2.4");
        more.putObject("State").put("Status", "running").put("Running", true).put("Pid", 2682);
        more.putObject("Config").putArray("Cmd").add("httpd-foreground");
        more.putObject("NetworkSettings")
                .putObject("Ports")
                .putArray("80/tcp")
                .addObject()
                .put("HostIp", "0.0.0.0")
                .put("HostPort", "8080");
        fake.more = more;
        open();
        select(container("web01"));
        tab("#inspectorTabs", INSPECT);
        interact(() -> find("#inspectFind", TextField.class).setText("tcp"));
        pass(1);
        expect("inspector-json", Theme.DARK);
        fire("#inspectAsText");
        expect("inspector-json", Theme.LIGHT);
    }

    @Test
    void traffic() throws IOException {
        open();
        select(container("web01"));
        tab("#inspectorTabs", TRAFFIC);
        expectDarkAndLight("inspector-traffic");
        tab("#inspectorTabs", OVERVIEW);
    }
}
