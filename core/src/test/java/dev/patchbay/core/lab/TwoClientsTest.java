package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two clients of one real helper make networks and containers at the same time: nothing is given to both, neither in
/// the records nor in the kernel.
class TwoClientsTest {
    /// Each makes this many networks, containers and connections, and every second container publishes a port.
    private static final int ROUNDS = 34;

    @TempDir
    private Path home;

    @Test
    void twoHundredInterleavedChangesGiveNothingTwice() throws Exception {
        try (RealLab lab = new RealLab(home);
                LabHost other = lab.connect()) {
            CyclicBarrier together = new CyclicBarrier(2);
            try (var threads = Executors.newFixedThreadPool(2)) {
                List<Future<List<Outcome>>> clients = List.of(
                        threads.submit(client(lab.controller(), "a", together)),
                        threads.submit(client(other, "b", together)));
                for (Future<List<Outcome>> client : clients) {
                    assertThat(client.get()).hasSize(3 * ROUNDS).allMatch(Outcome.Done.class::isInstance);
                }
            }
            assertThat(lab.controller().repair(true)).isEmpty();
            assertRecordsHaveNothingTwice(Specs.of(lab.state().specs()));
            assertKernelHasNothingTwice(lab);
        }
    }

    private static Callable<List<Outcome>> client(LabHost controller, String prefix, CyclicBarrier together) {
        return () -> {
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                together.await();
                outcomes.add(controller.apply(Change.CreateNetwork.named(prefix + i)));
                outcomes.add(controller.apply(sleeper(prefix + "c" + i, i % 2 == 0)));
                outcomes.add(controller.apply(new Change.Connect(prefix + "c" + i, EndpointRequest.on(prefix + i))));
            }
            return outcomes;
        };
    }

    private static Change sleeper(String name, boolean published) {
        return Change.RunContainer.of(name, "host", List.of("sleep", "600"), List.of(EndpointRequest.on("bridge")))
                .withPorts(published ? List.of(PortMapping.of(null, 0, 80, Protocol.TCP)) : List.of());
    }

    private static void assertRecordsHaveNothingTwice(Specs specs) {
        assertThat(specs.sandboxes())
                .extracting(SandboxSpec::name)
                .hasSize(2 * ROUNDS)
                .doesNotHaveDuplicates();
        assertThat(specs.networks())
                .extracting(NetworkSpec::name)
                .hasSize(3 + 2 * ROUNDS)
                .doesNotHaveDuplicates();
        assertThat(specs.networks())
                .flatExtracting(NetworkSpec::pools)
                .extracting(pool -> pool.toString())
                .doesNotHaveDuplicates();
        assertThat(specs.endpoints())
                .extracting(endpoint -> List.of(endpoint.network(), endpoint.addresses()))
                .hasSize(4 * ROUNDS)
                .doesNotHaveDuplicates();
        assertThat(specs.endpoints()).extracting(EndpointSpec::hostInterface).doesNotHaveDuplicates();
        assertThat(specs.ports()).extracting(PortSpec::hostPort).hasSize(ROUNDS).doesNotHaveDuplicates();
    }

    private static void assertKernelHasNothingTwice(RealLab lab) throws Exception {
        List<String> subnets = new ArrayList<>();
        for (JsonNode route : new ObjectMapper().readTree(lab.onHost("ip -j route"))) {
            if (route.path("dev").asText().matches("pb-.*|patchbay0")) {
                subnets.add(route.path("dst").asText());
            }
        }
        assertThat(subnets).hasSize(1 + 2 * ROUNDS).doesNotHaveDuplicates();
        List<String> addresses = lab.onHost(
                        "for n in $(ls /run/netns | grep ^pb-); do ip -n $n -o -4 addr show scope global; done"
                                + " | awk '{print $4}'")
                .lines()
                .toList();
        assertThat(addresses).hasSize(4 * ROUNDS).doesNotHaveDuplicates();
        List<String> ports = lab.onHost("iptables-save -t nat | grep -- '-A PATCHBAY .*DNAT' | sed 's/.*--dport //'")
                .lines()
                .toList();
        assertThat(ports).hasSize(ROUNDS);
        assertThat(ports).extracting(rule -> rule.split(" ")[0]).doesNotHaveDuplicates();
        assertThat(ports).extracting(rule -> rule.split(" ")[4]).doesNotHaveDuplicates();
    }
}
