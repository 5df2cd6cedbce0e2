package dev.patchbay.engine.netlink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/// A namespace for the host and one for a box, and `ip` to read them with.
@ExtendWith(PrivateNamespace.class)
abstract class TwoNamespaces {
    static final int GROUP = 0x7062;
    static final String ALIAS = "patchbay:" + "0123456789abcdef".repeat(4);
    static final MacAddress MAC = new MacAddress("02:42:ac:12:00:02");

    Namespace host;
    Namespace box;
    RouteNetlink netlink;

    @BeforeEach
    void makeNamespaces() throws Exception {
        host = Namespaces.create("host");
        box = Namespaces.create("box");
        netlink = RouteNetlink.openIn(host);
        netlink.setUp("lo");
    }

    @AfterEach
    void deleteNamespaces() throws Exception {
        netlink.close();
        host.close();
        box.close();
        Namespaces.delete("host");
        Namespaces.delete("box");
    }

    VethRequest veth(String hostName, int bridge, String peerName) {
        return new VethRequest(hostName, bridge, ALIAS, GROUP, 1400, box, peerName, MAC);
    }

    static JsonNode ip(String... words) throws Exception {
        return Shell.json(words(List.of("ip", "-n", "host", "-j"), words));
    }

    static void inHost(String... words) throws Exception {
        Shell.run(words(List.of("ip", "-n", "host"), words));
    }

    static String[] words(List<String> first, String... more) {
        return Stream.concat(first.stream(), Arrays.stream(more)).toArray(String[]::new);
    }
}
