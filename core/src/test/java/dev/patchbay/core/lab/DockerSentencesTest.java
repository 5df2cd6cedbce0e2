package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.StopMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What Docker 20.10.24 answered to the same mistakes, word for word; full ids are written `ID`.
class DockerSentencesTest extends FakeLabTest {
    private static final String BRIDGE = "com.docker.network.bridge.";
    private static final String MTU = "com.docker.network.driver.mtu";

    @BeforeEach
    void networksAndContainers() throws EngineException {
        done(subnet("bridge1", "192.0.2.0/24"));
        done(Change.CreateNetwork.named("n2"));
        done(subnet("n3", "10.5.0.0/24"));
        done(web("c1", "bridge1"));
        done(web("c2", null));
        done(new Change.Connect("c2", EndpointRequest.on("n3").withAddress("10.5.0.7")));
        done(web("stopped", null));
        done(new Change.StopContainer("stopped"));
        done(web("no1", "none"));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(Change.CreateNetwork.named("bridge1"), "network with name bridge1 already exists"),
                arguments(Change.CreateNetwork.named("   "), "invalid name:    "),
                arguments(
                        Change.CreateNetwork.named("bridge"),
                        "operation is not permitted on predefined bridge network "),
                arguments(
                        Change.CreateNetwork.named("default"),
                        "operation is not permitted on predefined default network "),
                arguments(new Change.RemoveNetwork("bridge"), "bridge is a pre-defined network and cannot be removed"),
                arguments(new Change.RemoveNetwork("none"), "none is a pre-defined network and cannot be removed"),
                arguments(new Change.RemoveNetwork("nosuch"), "network nosuch not found"),
                arguments(new Change.RemoveNetwork(""), "network  is ambiguous (6 matches found based on ID prefix)"),
                arguments(
                        new Change.RemoveNetwork("bridge1"),
                        "error while removing network: network bridge1 id ID has active endpoints"),
                arguments(subnet("ov", "192.0.2.128/25"), "Pool overlaps with other one on this address space"),
                arguments(subnet("x1", "nope"), "Invalid subnet nope : invalid CIDR address: nope"),
                arguments(driver(Driver.HOST), "only one instance of \"host\" network is allowed"),
                arguments(
                        option(MTU, "abc"),
                        "failed to parse com.docker.network.driver.mtu value: abc (strconv.Atoi: parsing \"abc\":"
                                + " invalid syntax)"),
                arguments(option(MTU, "-1"), "invalid MTU number: -1"),
                arguments(
                        option(BRIDGE + "enable_icc", "maybe"),
                        "failed to parse com.docker.network.bridge.enable_icc value: maybe (strconv.ParseBool:"
                                + " parsing \"maybe\": invalid syntax)"),
                arguments(
                        option(BRIDGE + "host_binding_ipv4", "zz"),
                        "failed to parse com.docker.network.bridge.host_binding_ipv4 value: zz (nil ip)"),
                arguments(option(BRIDGE + "name", "lo"), "existing interface lo is not a bridge"),
                arguments(
                        option(BRIDGE + "name", "averyveryverylongname"),
                        "failed to check bridge interface existence: numerical result out of range"),
                arguments(option(BRIDGE + "name", "a b"), "invalid argument"),
                arguments(
                        option(BRIDGE + "name", "patchbay0"),
                        "cannot create network ID (patchbay0): conflicts with network ID (patchbay0): networks have"
                                + " same bridge name"),
                arguments(
                        option("com.docker.network.host_ipv4", "zz"),
                        "failed to parse com.docker.network.host_ipv4 value: zz (nil ip)"),
                arguments(
                        option("com.docker.network.container_iface_prefix", "a/b"),
                        "invalid com.docker.network.container_iface_prefix value: a/b"),
                arguments(connection("bridge1", "nosuch"), "No such container: nosuch"),
                arguments(connection("nosuch", "c1"), "network nosuch not found"),
                arguments(connection("bridge1", "c1"), "endpoint with name c1 already exists in network bridge1"),
                arguments(
                        connection("host", "c1"),
                        "container cannot be disconnected from host network or connected to host network"),
                arguments(
                        connection("none", "c1"),
                        "container cannot be connected to multiple networks with one of the networks in private"
                                + " (none) mode"),
                arguments(
                        connection("n3", "no1"),
                        "container cannot be connected to multiple networks with one of the networks in private"
                                + " (none) mode"),
                arguments(new Change.Disconnect("n2", "c1"), "container ID is not connected to network n2"),
                arguments(new Change.Disconnect("n2", "stopped"), "container ID is not connected to the network n2"),
                arguments(new Change.Disconnect("nosuch", "c1"), "network nosuch not found"),
                arguments(new Change.Disconnect("n2", "nosuch"), "No such container: nosuch"),
                arguments(new Change.Disconnect("host", "c1"), "container ID is not connected to network host"),
                arguments(
                        at("n2", "172.18.0.9"),
                        "user specified IP address is supported only when connecting to networks with user configured"
                                + " subnets"),
                arguments(
                        at("n3", "10.6.0.9"),
                        "Invalid address 10.6.0.9: It does not belong to any of this network's subnets"),
                arguments(at("n3", "10.5.0.1"), "Address already in use"),
                arguments(at("n3", "10.5.0.0"), "Address already in use"),
                arguments(at("n3", "10.5.0.255"), "Address already in use"),
                arguments(at("n3", "10.5.0.7"), "Address already in use"),
                arguments(at("n3", "zzz"), "Invalid IPv4 address: zzz"),
                arguments(
                        at("bridge", "172.17.0.9"),
                        "user specified IP address is supported on user defined networks only"),
                arguments(
                        new Change.Connect("c1", EndpointRequest.on("bridge").withAliases(List.of("foo"))),
                        "network-scoped alias is supported only for containers in user defined networks"),
                arguments(
                        new Change.Connect("c1", EndpointRequest.on("n2").withAliases(List.of("a\n127.0.0.1 b"))),
                        "invalid network alias: a\n127.0.0.1 b"),
                arguments(web("a", null), "Invalid container name (a), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"),
                arguments(
                        web("c1", null),
                        "Conflict. The container name \"/c1\" is already in use by container \"ID\". You have to"
                                + " remove (or rename) that container to be able to reuse that name."),
                arguments(web("nn", "nosuch"), "network nosuch not found"),
                arguments(web("nn", "container:nosuch"), "No such container: nosuch"),
                arguments(
                        web("nn", "container:"), "Invalid network mode: invalid container format container:<name|id>"),
                arguments(
                        web("nn", "container:c1", tcp(8080, 80)),
                        "conflicting options: port publishing and the container type network mode"),
                arguments(web("nn", "container:stopped"), "cannot join network of a non running container: ID"),
                arguments(
                        new Change.RenameContainer("c1", "c1"),
                        "Renaming a container with the same name as its" + " current name"),
                arguments(new Change.RenameContainer("c1", ""), "Neither old nor new names may be empty"),
                arguments(
                        new Change.RenameContainer("c1", "c2"),
                        "Error when allocating new name: Conflict. The container name \"/c2\" is already in use by"
                                + " container \"ID\". You have to remove (or rename) that container to be able to"
                                + " reuse that name."),
                arguments(
                        new Change.RenameContainer("c1", "a"),
                        "Error when allocating new name: Invalid container name (/a), only [a-zA-Z0-9][a-zA-Z0-9_.-]"
                                + " are allowed"),
                arguments(
                        new Change.StopContainer("stopped", StopMode.KILL),
                        "Cannot kill container: stopped: Container ID is not running"),
                arguments(web("nn", "container:nosuch"), "No such container: nosuch"),
                arguments(image("host", null), "No command specified"),
                arguments(
                        image("nginx", null),
                        "A Lab has no image nginx: it runs httpd (any tag, a small web server) and host (a command of"
                                + " this machine)"),
                arguments(image("httpd", "a b"), "invalid hostname: a b"),
                arguments(new Change.StartContainer("nosuch"), "No such container: nosuch"),
                arguments(new Change.StopContainer("nosuch"), "No such container: nosuch"),
                arguments(new Change.RemoveContainer("nosuch", true), "No such container: nosuch"),
                arguments(
                        new Change.RemoveContainer("c1", false),
                        "You cannot remove a running container ID. Stop the container before attempting removal or"
                                + " force remove"),
                arguments(new Change.Publish("nosuch", tcp(1, 1)), "No such container: nosuch"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsAnsweredInDockersWordsAndChangesNothing(Change mistake, String sentence) throws EngineException {
        var before = helper.specs();
        Refusal refusal = refused(mistake);
        assertThat(refusal.sentence().replaceAll("[0-9a-f]{64}", "ID")).isEqualTo(sentence);
        assertThat(refused(lab.preview(mistake)).code()).isEqualTo(refusal.code());
        assertThat(helper.specs()).isEqualTo(before);
    }

    private static Change driver(Driver driver) {
        return new Change.CreateNetwork("x", driver, List.of(), false, false, false, false, null, Map.of(), Map.of());
    }

    private static Change option(String key, String value) {
        return withOptions("x", Map.of(key, value));
    }

    private static Change at(String network, String address) {
        return new Change.Connect("c1", EndpointRequest.on(network).withAddress(address));
    }

    private static Change image(String image, @Nullable String hostname) {
        return new Change.RunContainer(
                "nn",
                image,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                hostname,
                "",
                false,
                false,
                HostSettings.DEFAULT,
                true);
    }
}
