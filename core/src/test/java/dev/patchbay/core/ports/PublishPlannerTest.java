package dev.patchbay.core.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.naming.IdSequence;
import dev.patchbay.core.ports.HostPortAllocator.HeldPort;
import dev.patchbay.core.ports.PublishPlanner.PortEdits;
import dev.patchbay.core.ports.PublishPlanner.PublishTarget;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublishPlannerTest {
    private static final Id ENDPOINT = Id.random();

    private final List<HeldPort> held = new ArrayList<>();
    private final List<Listener> sockets = new ArrayList<>();
    private final List<PortBinding> own = new ArrayList<>();
    private final IdSequence ids = new IdSequence(Id.random());
    private boolean running = true;
    private boolean ipv6;
    private @Nullable Id endpoint = ENDPOINT;
    private InetAddress standard = PortRequests.EVERY_ADDRESS;

    @Test
    void aPortLeadsToTheEndpointFromTheNetworksHostAddress() throws Exception {
        standard = Addresses.parse("127.0.0.1");
        PortBinding port = publish("8080:80");
        assertThat(port.hostSide()).isEqualTo("127.0.0.1:8080");
        assertThat(port.endpoint()).isEqualTo(ENDPOINT);
        assertThat(port.isEphemeral()).isFalse();
        assertThat(publish("0.0.0.0:8081:80").hostSide()).isEqualTo("0.0.0.0:8081");
    }

    @Test
    void aContainerWithIpv6IsPublishedOnBothFamilies() throws Exception {
        assertThat(publish("8080:80").hostAddresses()).hasSize(1);
        ipv6 = true;
        assertThat(publish("8081:80").hostAddresses()).hasSize(2);
        assertThat(publish("[2001:db8::1]:8082:80", "2001:db8::1").hostSide()).isEqualTo("[2001:db8::1]:8082");
    }

    @Test
    void anIpv6AddressOfTheHostNeedsOneOfTheContainer() {
        assertThat(refusal(() -> plan("[2001:db8::1]:8080:80"))).isEqualTo("no-ipv6");
        ipv6 = true;
        assertThat(refusal(() -> plan("[::1]:8080:80"))).isEqualTo("invalid-host-address");
    }

    @Test
    void whereNothingCanPublishTheNetworkIsMissing() {
        endpoint = null;
        assertThat(refusal(() -> plan("8080:80"))).isEqualTo("no-publishing-network");
        assertThat(refusal(() -> plan("[::1]:8080:80")))
                .as("a wrong port is named first")
                .isEqualTo("invalid-host-address");
    }

    @Test
    void aPortThatNobodyNamedIsTheLowestFreeOne() throws Exception {
        take(binding("32768:1"), "other");
        sockets.add(new Listener(Protocol.TCP, standard, 32769, 42, "sshd"));
        PortEdits edits = plan("80");
        assertThat(edits.put().getFirst().isEphemeral()).isTrue();
        assertThat(edits.chosen()).isEqualTo("0.0.0.0:32770");
    }

    @Test
    void eachPortOfARangeIsChosenAloneAndTheLargestFirst() throws Exception {
        PortEdits edits = plan("80-82");
        assertThat(edits.put())
                .extracting(PortBinding::containerPortText)
                .containsExactly("82/tcp", "81/tcp", "80/tcp");
        assertThat(edits.chosen()).isEqualTo("0.0.0.0:32768\n0.0.0.0:32769\n0.0.0.0:32770");
    }

    @Test
    void anEphemeralPortKeepsToTheRangeThatWasNamed() throws Exception {
        take(binding("8000:1"), "other");
        assertThat(plan("8000-8001:80").chosen()).isEqualTo("0.0.0.0:8001");
        take(binding("8001:1"), "other");
        assertThat(refusal(() -> plan("8000-8001:80"))).isEqualTo("no-free-port");
    }

    @Test
    void anothersPortIsRefusedAndTheNextFreeOneNamed() throws Exception {
        take(binding("8080-8082:80-82"), "other");
        assertThatThrownBy(() -> plan("8082:80"))
                .hasMessageContaining("Bind for 0.0.0.0:8082 failed: port is already allocated");
        assertThat(refusal(() -> plan("127.0.0.1:8082:80"))).isEqualTo("port-taken");
        assertThat(publish("8082:80/udp").protocol()).isEqualTo(Protocol.UDP);
        running = false;
        assertThat(publish("8082:80").hostSide())
                .as("a stopped container's ports are not in force")
                .isEqualTo("0.0.0.0:8082");
    }

    @Test
    void aSocketOfTheHostIsInTheWay() {
        sockets.add(new Listener(Protocol.TCP, standard, 8080, 42, "nginx"));
        assertThatThrownBy(() -> plan("8080:80")).hasMessageContaining("bind: address already in use");
    }

    @Test
    void theSamePortOnlyChangesWhoMayUseIt() throws Exception {
        PortBinding present = binding("8080:80");
        own.add(present);
        take(present, "web");
        assertThat(refusal(() -> plan("8080:80"))).isEqualTo("already-published");
        PortEdits edits = plan("8080:80,from=192.0.2.0/24");
        assertThat(edits.removed()).containsExactly(present);
        assertThat(edits.gone()).isEmpty();
        assertThat(edits.put()).containsExactly(present.withAllowed(List.of(PortArgument.network("192.0.2.0/24"))));
        assertThat(edits.chosen()).isEmpty();
    }

    @Test
    void anotherPortOnAnOwnOneIsTakenAlsoWhileTheContainerIsStopped() throws Exception {
        own.add(binding("8080-8081:80-81"));
        running = false;
        assertThatThrownBy(() -> plan("8081-8083:90-92"))
                .hasMessageContaining("Bind for 0.0.0.0:8081 failed: port is already allocated");
    }

    @Test
    void whatIsLeftOfARangeStaysPublished() throws Exception {
        PortBinding range = binding("8000-8009:80-89");
        own.add(range);
        own.add(binding("9000:80/udp"));
        PortEdits edits = unpublish(null, new PortRange(83, 85));
        assertThat(edits.removed()).containsExactly(range);
        assertThat(edits.put())
                .extracting(port -> port.hostPorts() + ":" + port.containerPorts())
                .containsExactly("8000-8002:80-82", "8006-8009:86-89");
        assertThat(edits.put().getFirst().id()).isEqualTo(range.id());
        assertThat(edits.put().getLast().requested().hostPorts()).isEqualTo(new PortRange(8006, 8009));
        assertThat(edits.gone()).isEmpty();
    }

    @Test
    void aWholePortGoesAndOneThatIsNotThereIsNoEdit() throws Exception {
        PortBinding port = binding("8080:80");
        own.add(port);
        assertThat(unpublish(PortRange.single(8080), null).gone()).containsExactly(port.id());
        assertThat(unpublish(PortRange.single(8081), null).removed()).isEmpty();
        assertThat(refusal(() -> unpublish(null, null))).isEqualTo("invalid-port");
    }

    private PortBinding publish(String typed, String... hostAddresses) throws Exception {
        List<PortBinding> put = plan(typed, hostAddresses).put();
        assertThat(put).hasSize(1);
        return put.getFirst();
    }

    private PortEdits plan(String typed, String... hostAddresses) throws Exception {
        List<KernelState.Link> links = List.of(new KernelState.Link(
                2,
                "eth0",
                "",
                0,
                true,
                1500,
                null,
                "",
                0,
                List.of(hostAddresses).stream()
                        .map(address -> new Cidr(Addresses.parse(address), 64))
                        .toList()));
        KernelState kernel = new KernelState("host", true, links, List.of(), KernelState.Transport.DEFAULT);
        HostPortAllocator hostPorts = new HostPortAllocator(
                held,
                kernel,
                ports -> sockets.stream()
                        .filter(socket -> ports.contains(socket.port()))
                        .toList());
        return new PublishPlanner(hostPorts, ids::next)
                .publish(
                        PortArgument.mapping(typed),
                        new PublishTarget("web", running, endpoint, ipv6, standard, List.copyOf(own)));
    }

    private PortEdits unpublish(@Nullable PortRange hostPorts, @Nullable PortRange containerPorts)
            throws RefusedException {
        return PublishPlanner.unpublish(
                new Change.Unpublish("web", null, hostPorts, containerPorts, Protocol.TCP), own, ids::next);
    }

    private PortBinding binding(String typed) throws Exception {
        return PortRequests.toBindings(
                        PortArgument.mapping(typed), ids::next, KernelState.Transport.DEFAULT.ephemeralPorts())
                .getFirst()
                .withEndpoint(ENDPOINT, standard, false);
    }

    private void take(PortBinding port, String container) {
        held.add(new HeldPort(port, container));
    }

    private static String refusal(ThrowingCallable call) {
        try {
            call.call();
        } catch (RefusedException refused) {
            return refused.refusal().code();
        } catch (Throwable other) {
            throw new AssertionError(other);
        }
        return "";
    }
}
