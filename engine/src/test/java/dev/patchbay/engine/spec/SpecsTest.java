package dev.patchbay.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Cidr;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecsTest {
    private final Random random = new Random(1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsWhatASearchThroughEverythingFinds(long seed) {
        random.setSeed(seed);
        SequencedMap<Id, NetworkSpec> expected = new LinkedHashMap<>();
        Specs specs = Specs.EMPTY;
        for (int round = 0; round < 400; round++) {
            SpecChange change;
            if (!expected.isEmpty() && random.nextInt(3) == 0) {
                Id gone = List.copyOf(expected.keySet()).get(random.nextInt(expected.size()));
                change = new SpecChange(List.of(), List.of(gone));
            } else {
                Id id = expected.isEmpty() || random.nextInt(3) > 0
                        ? id()
                        : List.copyOf(expected.keySet()).get(random.nextInt(expected.size()));
                change = new SpecChange(List.of(network(id)), List.of());
            }
            Specs before = specs;
            specs = specs.after(change);
            assertThat(specs.after(change.inverse(before))).isEqualTo(before);
            change.remove().forEach(expected::remove);
            change.put().forEach(spec -> expected.put(spec.id(), (NetworkSpec) spec));

            assertThat(specs.networks()).containsExactlyElementsOf(expected.values());
            assertThat(new ArrayList<>(specs.all())).isEqualTo(specs.networks());
            NetworkSpec probe = network(id());
            Cidr subnet = probe.pools().getFirst().subnet();
            assertThat(specs.networksOverlapping(subnet))
                    .containsExactlyInAnyOrderElementsOf(expected.values().stream()
                            .filter(network ->
                                    network.pools().getFirst().subnet().overlaps(subnet))
                            .toList());
            assertThat(specs.networksByName(probe.name()))
                    .containsExactlyElementsOf(expected.values().stream()
                            .filter(network -> network.name().equals(probe.name()))
                            .toList());
            String prefix = id().value().substring(0, 1);
            assertThat(specs.withIdPrefix(prefix))
                    .containsExactlyInAnyOrderElementsOf(expected.values().stream()
                            .filter(network -> network.id().value().startsWith(prefix))
                            .toList());
        }
    }

    @Test
    void neighboursAreOfTheSameKindInTheOrderOfCreation() {
        NetworkSpec first = network(id());
        NetworkSpec second = network(id());
        NetworkSpec third = network(id());
        Specs specs = Specs.of(List.of(first, second, third));
        assertThat(specs.createdBefore(third)).containsExactly(second, first);
        assertThat(specs.createdAfter(first)).containsExactly(second, third);
        assertThat(specs.createdBefore(first)).isEmpty();
        Specs replaced = specs.after(new SpecChange(List.of(network(second.id())), List.of()));
        assertThat(replaced.createdBefore(third)).hasSize(2);
        assertThat(specs.createdAfter(network(id()))).isEmpty();
    }

    @Test
    void aChangeSharesWhatTheSpecsHaveAndKeepsWhatTheyHaveNot() throws IOException {
        NetworkSpec held = network(id());
        NetworkSpec read = Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(held), NetworkSpec.class);
        NetworkSpec stranger = network(id());
        SpecChange change = new SpecChange(List.of(read, stranger), List.of(id()));
        SpecChange shared = change.deduplicated(Specs.of(List.of(held, network(id()))));
        assertThat(shared).isEqualTo(change);
        assertThat(shared.put().getFirst()).isSameAs(held).isNotSameAs(read);
        assertThat(shared.put().getLast()).isSameAs(stranger);
    }

    @Test
    void noPrefixIsAnIdThatHasOtherDigits() {
        Specs specs = Specs.of(List.of(network(id())));
        assertThat(specs.withIdPrefix("")).hasSize(1);
        assertThat(specs.withIdPrefix("g")).isEmpty();
        assertThat(specs.withIdPrefix("A")).isEmpty();
        assertThat(specs.withIdPrefix("0".repeat(65))).isEmpty();
    }

    private Id id() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new Id(HexFormat.of().formatHex(bytes));
    }

    private NetworkSpec network(Id id) {
        String address = random.nextInt(4) > 0
                ? "10.%d.%d.0".formatted(random.nextInt(4), random.nextInt(4) * 64)
                : "fd00:0:0:%x::".formatted(random.nextInt(16));
        boolean four = address.startsWith("10");
        Cidr subnet = Cidr.of(address + "/" + (four ? 8 + random.nextInt(17) : 56 + random.nextInt(16)));
        return new NetworkSpec(
                id,
                "n" + random.nextInt(20),
                Instant.EPOCH,
                Driver.BRIDGE,
                Ownership.bridgeName(id),
                List.of(new Pool(subnet, subnet.address(), null, Map.of(), true, false)),
                false,
                false,
                false,
                DriverSettings.DEFAULT,
                false,
                List.of(),
                "",
                Map.of(),
                Map.of(),
                Map.of(),
                false);
    }
}
