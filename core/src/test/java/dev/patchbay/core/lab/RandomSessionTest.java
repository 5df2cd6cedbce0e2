package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityEntry;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is done in whatever order, the records stay consistent, and undoing all of it leads back to the start.
class RandomSessionTest extends FakeLabTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aSessionStaysConsistentAndCanBeUndoneWhole(long seed) throws EngineException {
        Specs start = helper.specs();
        Random random = new Random(seed);
        int made = 0;
        // Undone and redone they are as much as is remembered.
        while (made < ActivityEntry.MAX_ENTRIES / 3) {
            Outcome outcome = lab.apply(any(random));
            made += outcome instanceof Outcome.Done done && done.activity() > 0 ? 1 : 0;
            checkConsistent(helper.specs());
        }
        for (int i = 0; i < made; i++) {
            done(lab.apply(HistoryAction.UNDO));
            checkConsistent(helper.specs());
        }
        assertThat(helper.specs()).isEqualTo(start);
        for (int i = 0; i < made; i++) {
            done(lab.apply(HistoryAction.REDO));
            checkConsistent(helper.specs());
        }
    }

    private static Change any(Random random) {
        String network = List.of("bridge", "n1", "n2", "back").get(random.nextInt(4));
        String container = "c" + random.nextInt(1, 5);
        int port = 8080 + random.nextInt(4);
        return switch (random.nextInt(12)) {
            case 0 -> network.equals("back") ? internal(network) : Change.CreateNetwork.named(network);
            case 1 -> new Change.RemoveNetwork(network);
            case 2, 3 -> connection(network, container);
            case 4 -> new Change.Disconnect(network, container);
            case 5, 6 -> web(container, network, tcp(port, 80), tcp(0, 81));
            case 7 -> new Change.StartContainer(container);
            case 8 -> new Change.StopContainer(container);
            case 9 -> new Change.RemoveContainer(container, random.nextBoolean());
            case 10 -> new Change.Publish(container, tcp(port, 80));
            default -> new Change.Unpublish(container, null, PortRange.single(port), null, Protocol.TCP);
        };
    }

    private static void checkConsistent(Specs specs) {
        assertThat(specs.networks()).extracting(NetworkSpec::name).doesNotHaveDuplicates();
        assertThat(specs.sandboxes()).extracting(SandboxSpec::name).doesNotHaveDuplicates();
        assertThat(specs.endpoints())
                .extracting(endpoint -> List.of(endpoint.network(), endpoint.addresses()))
                .doesNotHaveDuplicates();
        assertThat(specs.endpoints())
                .extracting(endpoint -> List.of(endpoint.sandbox(), endpoint.interfaceName()))
                .doesNotHaveDuplicates();
        for (SandboxSpec sandbox : specs.sandboxes()) {
            List<EndpointSpec> endpoints = specs.endpointsOf(sandbox.id());
            long waysOut = endpoints.stream()
                    .filter(endpoint -> !specs.network(endpoint.network()).internal())
                    .count();
            assertThat(endpoints.stream().filter(EndpointSpec::defaultRoute).count())
                    .as("one default route if there is a way out")
                    .isEqualTo(Math.min(waysOut, 1));
            assertThat(specs.portsOf(sandbox.id()))
                    .extracting(PortSpec::endpoint)
                    .allMatch(id -> id == null
                            || endpoints.stream()
                                    .anyMatch(endpoint -> endpoint.id().equals(id)));
        }
        List<PortSpec> inForce = specs.ports().stream().filter(specs::isActive).toList();
        for (PortSpec port : inForce) {
            assertThat(inForce).filteredOn(port::conflictsWith).containsExactly(port);
        }
    }
}
