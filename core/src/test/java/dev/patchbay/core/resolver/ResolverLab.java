package dev.patchbay.core.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.ExtraHost;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import java.io.File;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.xbill.DNS.Message;

/// A Lab whose containers find each other by name, an outside that answers questions too, and who asks them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ResolverLab {
    /// How many questions over UDP were answered only when they were asked again.
    private int repeated;

    static final String OUTSIDE = "198.51.100.1";

    static final List<String> SLEEP = List.of("sleep", "3600");

    static final HostSettings ASKS_OUTSIDE = settings(List.of(OUTSIDE), List.of(), List.of(), List.of());

    RealLab lab;

    String shop;

    String back;

    @BeforeAll
    void build(@TempDir Path home) throws Exception {
        lab = new RealLab(home, ResolverCommandLine.arguments());
        assertThat(resolvers()).isEmpty();
        create("shop", false);
        create("back", false);
        create("vault", true);
        run("web01", ASKS_OUTSIDE, EndpointRequest.on("shop").withAliases(List.of("www", "First.example")));
        run("web02", HostSettings.DEFAULT, EndpointRequest.on("shop").withAliases(List.of("www")));
        run("both", HostSettings.DEFAULT, EndpointRequest.on("shop"), EndpointRequest.on("back"));
        run("db", HostSettings.DEFAULT, EndpointRequest.on("back"));
        run("safe", ASKS_OUTSIDE, EndpointRequest.on("vault"));
        run("plain", HostSettings.DEFAULT);
        shop = "172.18.0.1";
        back = "172.19.0.1";
        lab.outside("setsid " + tool("serve", OUTSIDE) + " >" + asked() + " </dev/null & until grep -q ready " + asked()
                + "; do sleep 0.1; done");
    }

    @AfterAll
    void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
        assertThat(repeated).as("questions over UDP that had to be asked twice").isLessThanOrEqualTo(1);
    }

    /// What the server outside was asked.
    Path asked() {
        return lab.directory().home().resolve("asked");
    }

    void create(String name, boolean internal) throws EngineException {
        lab.done(new Change.CreateNetwork(
                name, Driver.BRIDGE, List.of(), false, internal, false, false, null, Map.of(), Map.of()));
    }

    void run(String name, HostSettings settings, EndpointRequest... networks) throws EngineException {
        lab.done(Change.RunContainer.of(name, "host", SLEEP, List.of(networks)).withSettings(settings));
    }

    static HostSettings settings(List<String> dns, List<String> search, List<String> options, List<ExtraHost> hosts) {
        return new HostSettings(
                RestartPolicy.NO,
                false,
                false,
                dns.stream().map(InetAddress::ofLiteral).toList(),
                search,
                options,
                hosts);
    }

    SandboxSpec sandbox(String name) throws EngineException {
        return specs(SandboxSpec.class)
                .filter(sandbox -> sandbox.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    <T extends Spec> Stream<T> specs(Class<T> type) throws EngineException {
        return lab.state().specs().stream().filter(type::isInstance).map(type::cast);
    }

    String address(String container, int endpoint) throws EngineException {
        SandboxSpec sandbox = sandbox(container);
        List<EndpointSpec> endpoints = specs(EndpointSpec.class)
                .filter(each -> each.sandbox().equals(sandbox.id()))
                .toList();
        return endpoints.get(endpoint).addresses().getFirst().address().getHostAddress();
    }

    static String tool(String... words) throws Exception {
        String classPath = Stream.of(DnsTool.class, ResolverMain.class, Message.class, Logger.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
        return Path.of(System.getProperty("java.home"), "bin", "java")
                + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -XX:-UsePerfData -Dslf4j.internal.verbosity=ERROR"
                + " -cp " + classPath + " " + DnsTool.class.getName() + " " + String.join(" ", words) + " 2>/dev/null";
    }

    String from(String container, String command) throws Exception {
        return lab.onHost("ip netns exec " + sandbox(container).netnsName() + " " + command);
    }

    String ask(String container, String server, String name, String type) throws Exception {
        String answer = from(container, tool("ask", server, name, type)).strip();
        repeated += answer.startsWith(DnsTool.AGAIN) ? 1 : 0;
        return answer.replace(DnsTool.AGAIN, "");
    }

    List<String> resolvers() throws EngineException {
        return lab.onHost("pgrep -fx '[^ ]*java (-XX[^ ]* )*-Xmx32m .*ResolverMain' || true")
                .lines()
                .toList();
    }

    String file(String container, String name) throws Exception {
        return Files.readString(lab.directory()
                .sandboxes()
                .resolve(sandbox(container).id().shortForm())
                .resolve(name));
    }

    static String reverse(String address) {
        String[] parts = address.split("\\.");
        return parts[3] + "." + parts[2] + "." + parts[1] + "." + parts[0] + ".in-addr.arpa";
    }
}
