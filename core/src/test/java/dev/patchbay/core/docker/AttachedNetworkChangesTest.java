package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.status.PlannedStep;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Networks beside a real engine are changed and cleared away as those of the Lab are.
class AttachedNetworkChangesTest extends AttachedNetworkEngineTest {
    private static final Change PRUNE = new Change.PruneNetworks(Map.of());

    private static Change.CreateNetwork attached(
            String name, String subnet, boolean configOnly, @Nullable String configFrom, Map<String, String> labels) {
        return new Change.CreateNetwork(
                        name,
                        Driver.BRIDGE,
                        List.of(PoolRequest.subnet(subnet)),
                        false,
                        false,
                        false,
                        configOnly,
                        configFrom,
                        labels,
                        Map.of())
                .managedBy(Manager.PATCHBAY);
    }

    private List<String> ours() throws Exception {
        Topology topology = seeing.topology();
        return topology.networks().stream()
                .filter(Network::attached)
                .map(Network::name)
                .toList();
    }

    private static Change.UpdateNetwork update(String network, @Nullable String name, @Nullable String mtu) {
        return new Change.UpdateNetwork(network, name, Map.of(), List.of(), mtu);
    }

    @Test
    void whatNoContainerIsOnIsPrunedOnBothSidesOfTheEngine() throws Exception {
        web("web", "--network", "shop");
        lane("used", "10.79.0.0/24");
        make(connect("web", "used"));
        lane("lane", "10.78.0.0/24");
        make(attached("kept", "10.77.0.0/24", false, null, Map.of("keep", "yes")));
        engine.docker("network", "create", "--subnet", "10.61.0.0/24", "idle");
        String full = everything();

        Change filtered = new Change.PruneNetworks(Map.of("label!", List.of("keep")));
        List<PlannedStep> steps = ok(seeing.preview(filtered)).steps();
        assertThat(steps)
                .extracting(PlannedStep::name)
                .containsExactly("remove unused networks: idle", "remove unused networks beside the engine: lane");
        assertThat(steps.getFirst().lines()).startsWith("docker network prune --force --filter 'label!=keep'");
        assertThat(steps.getLast().lines())
                .startsWith("patchbay network rm lane")
                .anyMatch(line -> line.startsWith("ip link delete pb-"));
        assertThat(everything()).isEqualTo(full);
        assertThat(make(filtered).output()).isEqualTo("idle\nlane");
        assertThat(ours()).containsExactlyInAnyOrder("used", "kept");
        assertThat(engine.docker("network", "ls")).doesNotContain("idle");
        ok(seeing.apply(HistoryAction.UNDO));
        assertThat(ours()).containsExactlyInAnyOrder("used", "kept", "lane");
        assertThat(engine.docker("network", "ls")).contains("idle");

        engine.docker("stop", "-t", "1", "web");
        assertThat(ok(seeing.preview(PRUNE)).steps())
                .extracting(PlannedStep::name)
                .containsExactly(
                        "remove unused networks: shop, idle", "remove unused networks beside the engine: kept, lane");
        assertThat(make(PRUNE).output().lines()).containsExactlyInAnyOrder("idle", "shop", "lane", "kept");
        assertThat(ours()).as("a stopped container's place stays").containsExactly("used");
        assertThat(ok(seeing.preview(PRUNE)).steps()).isEmpty();
        make(new Change.Disconnect("used", "web"));
        assertThat(make(PRUNE).output()).isEqualTo("used");
        assertThat(everything()).doesNotContain("PATCHBAY", "pb-", "pbv");
        nothingIsRecorded();
    }

    @Test
    void nameLabelsAndMtuChangeWhileContainersAreOnIt() throws Exception {
        web("web", "--network", "shop");
        lane("lane", "10.78.0.0/24");
        make(connect("web", "lane"));
        answers("10.78.0.2");
        String bridge = network(seeing.topology(), "lane").bridge();
        Change change = new Change.UpdateNetwork("lane", "street", Map.of("tier", "front"), List.of(), "1400");
        assertThat(ok(seeing.preview(change)).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.lines())
                        .startsWith("patchbay network update --name street --label-add tier=front --mtu 1400 lane"));
        assertThat(make(change).output()).isEqualTo("street");

        Network street = network(seeing.topology(), "street");
        assertThat(street.labels()).isEqualTo(Map.of("tier", "front"));
        assertThat(street.mtu()).isEqualTo(1400);
        assertThat(engine.onHost("ip -o link show " + bridge)).contains("mtu 1400");
        assertThat(inside("web", "ip -o link show pb0")).contains("mtu 1400");
        answers("10.78.0.2");
        engine.docker("restart", "-t", "1", "web");
        answers("10.78.0.2");
        assertThat(inside("web", "ip -o link show pb0")).contains("mtu 1400");

        ok(seeing.apply(HistoryAction.UNDO));
        assertThat(ours()).containsExactly("lane");
        assertThat(inside("web", "ip -o link show pb0")).contains("mtu 1500");
        answers("10.78.0.2");
        make(new Change.Disconnect("lane", "web"));
        make(new Change.RemoveNetwork("lane"));
        assertThat(everything()).isEqualTo(everythingBefore);
        nothingIsRecorded();
    }

    @Test
    void whatCannotBeChangedIsRefusedInASentence() throws Exception {
        web("web", "--network", "shop");
        lane("lane", "10.78.0.0/24");
        String before = everything();
        assertThat(refusal(update("lane", "shop", null)).sentence()).isEqualTo("network with name shop already exists");
        assertThat(refusal(update("lane", null, "40")).sentence()).contains("40");
        assertThat(refusal(update("shop", "street", null)).sentence())
                .isEqualTo("Docker cannot change a network after it was made");
        assertThat(refusal(attached("conf", "10.76.0.0/24", true, null, Map.of()))
                        .sentence())
                .isEqualTo("A configuration is no network: there is nothing for Patchbay to manage");
        assertThat(refusal(attached("conf", "10.76.0.0/24", false, "conf", Map.of()))
                        .sentence())
                .isEqualTo("Patchbay manages no network from a configuration beside Docker");
        assertThat(ours()).containsExactly("lane");
        assertThat(everything()).isEqualTo(before);
        make(new Change.RemoveNetwork("lane"));
    }

    /// Neither the name nor the MTU of the other client is written over.
    @Test
    void anUndoRefusesWhereAnotherClientHasChangedTheNetworkSince() throws Exception {
        web("web", "--network", "shop");
        lane("lane", "10.78.0.0/24");
        make(update("lane", "street", null));
        try (EngineHost other = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), progress::add)) {
            ok(other.apply(update("street", null, "1400")));
            assertThat(seeing.apply(HistoryAction.UNDO))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal().sentence())
                                    .endsWith("network street has been changed since"));
            assertThat(network(seeing.topology(), "street").mtu()).isEqualTo(1400);
            assertThat(engine.onHost("ip -o link show "
                            + network(seeing.topology(), "street").bridge()))
                    .contains("mtu 1400");
            ok(other.apply(HistoryAction.UNDO));
        }
        make(new Change.RemoveNetwork("street"));
        nothingIsRecorded();
    }

    /// Each has planned with the address that the other one gets.
    @Test
    void twoConnectsAtOnceGetTwoAddresses() throws Exception {
        web("web", "--network", "shop");
        web("db", "--network", "shop");
        lane("lane", "10.78.0.0/24");
        try (EngineHost other = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), progress::add)) {
            for (int round = 0; round < 5; round++) {
                CyclicBarrier together = new CyclicBarrier(2);
                CompletableFuture<Outcome> first = connecting(seeing, "web", together);
                CompletableFuture<Outcome> second = connecting(other, "db", together);
                ok(first.get(60, TimeUnit.SECONDS));
                ok(second.get(60, TimeUnit.SECONDS));
                assertThat(List.of(
                                inside("web", "ip -o -4 address show pb0"), inside("db", "ip -o -4 address show pb0")))
                        .as("round %s", round)
                        .anyMatch(address -> address.contains("10.78.0.2/24"))
                        .anyMatch(address -> address.contains("10.78.0.3/24"));
                ok(seeing.apply(HistoryAction.UNDO));
                ok(other.apply(HistoryAction.UNDO));
            }
        }
        make(new Change.RemoveNetwork("lane"));
        nothingIsRecorded();
    }

    private static CompletableFuture<Outcome> connecting(
            EngineHost controller, String container, CyclicBarrier together) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                together.await();
                return controller.apply(connect(container, "lane"));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /// As Docker looks networks up: an id, then a name, then the beginning of an id, whoever has it.
    @Test
    void aNameCountsMoreThanTheBeginningOfAnId() throws Exception {
        web("web", "--network", "shop");
        String id = engine.docker("network", "inspect", "-f", "{{.Id}}", "shop");
        String beginning = id.substring(0, 2);
        lane(beginning, "10.78.0.0/24");
        make(connect("web", beginning));
        assertThat(inside("web", "ip -o address show pb0")).contains("10.78.0.2/24");
        assertThat(seeing.inspectNetwork(beginning).path("Name").asText()).isEqualTo(beginning);
        assertThat(seeing.inspectNetwork(id.substring(0, 8)).path("Name").asText())
                .isEqualTo("shop");
        make(new Change.Disconnect(beginning, "web"));
        make(new Change.RemoveNetwork(beginning));
        assertThat(engine.docker("network", "ls", "--format", "{{.Name}}")).contains("shop");
        nothingIsRecorded();
    }

    /// Networks whose subnets no link of the machine has are avoided and refused as well, of both families.
    @Test
    void subnetsOfTheEnginesNetworksAreAvoided() throws Exception {
        web("web", "--network", "shop");
        engine.docker(
                "network",
                "create",
                "-d",
                "macvlan",
                "--ipv6",
                "--subnet",
                "172.18.0.0/16",
                "--subnet",
                "fd00:99::/64",
                "-o",
                "parent=eth0",
                "vlan");
        Change.CreateNetwork both = new Change.CreateNetwork(
                        "lane", Driver.BRIDGE, List.of(), true, false, false, false, null, Map.of(), Map.of())
                .managedBy(Manager.PATCHBAY);
        make(both);
        assertThat(seeing.topology().host().interfaces())
                .extracting(Host.Interface::name)
                .as("a parent is no network's own")
                .contains("eth0");
        assertThat(network(seeing.topology(), "lane").subnet()).isEqualTo(Cidr.of("172.19.0.0/16"));
        make(connect("web", "lane"));
        assertThat(inside("web", "ip -o address show pb0")).contains("172.19.0.2/16", " fd");
        assertThat(refusal(attached("four", "172.18.9.0/24", false, null, Map.of()))
                        .advice())
                .contains("172.18.0.0/16 of Docker's network vlan");
        assertThat(refusal(new Change.CreateNetwork(
                                        "six",
                                        Driver.BRIDGE,
                                        List.of(PoolRequest.subnet("10.78.0.0/24"), PoolRequest.subnet("fd00:99::/80")),
                                        true,
                                        false,
                                        false,
                                        false,
                                        null,
                                        Map.of(),
                                        Map.of())
                                .managedBy(Manager.PATCHBAY))
                        .advice())
                .contains("of Docker's network vlan");
        assertThat(refusal(EngineDriversTest.create("seven", "ipvlan", "10.79.0.0/24", Map.of())
                        .managedBy(Manager.PATCHBAY)))
                .satisfies(refusal -> {
                    assertThat(refusal.sentence()).isEqualTo("plugin \"ipvlan\" not found");
                    assertThat(refusal.advice())
                            .isEqualTo("Patchbay makes networks with the drivers bridge and macvlan.");
                });
        make(new Change.Disconnect("lane", "web"));
        make(new Change.RemoveNetwork("lane"));
        nothingIsRecorded();
    }
}
