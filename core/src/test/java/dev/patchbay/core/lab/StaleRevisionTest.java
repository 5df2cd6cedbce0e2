package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class StaleRevisionTest extends FakeLabTest {
    private static final int ROUNDS = 50;

    @Test
    void twoHundredInterleavedChangesGiveNothingTwice() throws Exception {
        LabHost other = connect(helper);
        CyclicBarrier together = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Future<List<Outcome>>> clients = new ArrayList<>();
            clients.add(threads.submit(client(lab, "a", together)));
            clients.add(threads.submit(client(other, "b", together)));
            for (Future<List<Outcome>> client : clients) {
                assertThat(client.get()).hasSize(2 * ROUNDS).allMatch(Outcome.Done.class::isInstance);
            }
        }
        Specs specs = helper.specs();
        assertThat(specs.sandboxes())
                .extracting(SandboxSpec::name)
                .hasSize(2 * ROUNDS)
                .doesNotHaveDuplicates();
        assertThat(specs.endpoints())
                .extracting(endpoint -> List.of(endpoint.network(), endpoint.addresses()))
                .hasSize(4 * ROUNDS - 2 * ROUNDS)
                .doesNotHaveDuplicates();
        assertThat(specs.networks())
                .extracting(network -> network.pools().toString())
                .filteredOn(pools -> !pools.equals("[]"))
                .doesNotHaveDuplicates();
        assertThat(specs.endpoints()).extracting(EndpointSpec::mac).hasSize(2 * ROUNDS);
        assertThat(specs.ports())
                .extracting(PortSpec::hostPort)
                .hasSize(2 * ROUNDS)
                .doesNotHaveDuplicates()
                .allMatch(port -> port >= 32768 && port < 32768 + 2 * ROUNDS, "no number is skipped");
    }

    @Test
    void oneOfTwoClientsGetsTheNameAndTheOtherIsToldWhy() throws Exception {
        LabHost other = connect(helper);
        CyclicBarrier together = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            Future<Outcome> first = threads.submit(() -> {
                together.await();
                return lab.apply(web("web01", null, tcp(8080, 80)));
            });
            Future<Outcome> second = threads.submit(() -> {
                together.await();
                return other.apply(web("web01", null, tcp(8080, 80)));
            });
            assertThat(List.of(first.get(), second.get()))
                    .filteredOn(Outcome.Refused.class::isInstance)
                    .singleElement()
                    .satisfies(outcome -> assertThat(refused(outcome).code()).isEqualTo("name-taken"));
        }
        assertThat(helper.specs().sandboxes()).hasSize(1);
    }

    private static Callable<List<Outcome>> client(LabHost controller, String prefix, CyclicBarrier together) {
        return () -> {
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                together.await();
                outcomes.add(controller.apply(Change.CreateNetwork.named(prefix + i)));
                outcomes.add(controller.apply(web(prefix + "c" + i, "bridge", tcp(0, 80))));
            }
            return outcomes;
        };
    }
}
