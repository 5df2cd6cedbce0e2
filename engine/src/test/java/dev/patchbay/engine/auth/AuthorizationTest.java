package dev.patchbay.engine.auth;

import static dev.patchbay.engine.auth.Authorization.ObjectKind.EXTERNAL_PUBLISH;
import static dev.patchbay.engine.auth.Authorization.ObjectKind.HELPER;
import static dev.patchbay.engine.auth.Authorization.ObjectKind.HOST;
import static dev.patchbay.engine.auth.Authorization.ObjectKind.NETWORK;
import static dev.patchbay.engine.auth.Authorization.ObjectKind.PEER_ENGINE_RULES;
import static dev.patchbay.engine.auth.Authorization.ObjectKind.PEER_ENGINE_SANDBOX;
import static dev.patchbay.engine.auth.Authorization.ObjectKind.RECORDS;
import static dev.patchbay.engine.auth.Authorization.ObjectKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.auth.Authorization.ObjectKind;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.protocol.ProbeSource;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.Samples;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.spec.Workload;
import dev.patchbay.engine.status.ActivityKind;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Who may ask what about what: each cell of the table, and that what is asked about is told rightly.
class AuthorizationTest {
    @TempDir
    Path directory;

    private Path sandboxes;
    private Path sandbox;
    private Path socket;
    private Path groups;
    private UserPrincipal nobody;
    private Authorization authorization;

    @BeforeEach
    void anEngine() throws IOException {
        directory = directory.toRealPath();
        sandboxes = Files.createDirectory(directory.resolve("netns"));
        sandbox = Files.createFile(sandboxes.resolve("0123456789ab"));
        socket = Files.createFile(directory.resolve("engine.sock"));
        groups = Files.writeString(directory.resolve("group"), "");
        nobody = directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        authorization = new Authorization(List.of(new EngineAccess(sandboxes, "", socket)), groups);
    }

    private UserPrincipal group() throws IOException {
        return Files.readAttributes(socket, PosixFileAttributes.class).group();
    }

    private void mode(String letters) throws IOException {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString(letters));
    }

    /// What a user may ask whom root let in; the owner may everything, a stranger nothing.
    private static final Map<Class<?>, Set<ObjectKind>> ADMITTED = Map.ofEntries(
            Map.entry(Request.Hello.class, Set.of(HELPER)),
            Map.entry(Request.Snapshot.class, Set.of(RECORDS)),
            Map.entry(Request.Changes.class, Set.of(RECORDS)),
            Map.entry(Request.Activity.class, Set.of(RECORDS)),
            Map.entry(Request.Subscribe.class, Set.of(RECORDS)),
            Map.entry(Request.Preview.class, Set.of(NETWORK, EXTERNAL_PUBLISH, PEER_ENGINE_SANDBOX, UNKNOWN)),
            Map.entry(Request.Apply.class, Set.of(NETWORK, EXTERNAL_PUBLISH, PEER_ENGINE_SANDBOX, UNKNOWN)),
            Map.entry(Request.Repair.class, Set.of(HOST)),
            Map.entry(Request.GoneEngineRules.class, Set.of(HOST)),
            Map.entry(Request.RestoreEngineRules.class, Set.of(PEER_ENGINE_RULES)),
            Map.entry(Request.AutoRepair.class, Set.of()),
            Map.entry(Request.Counters.class, Set.of(HOST)),
            Map.entry(Request.Listeners.class, Set.of(HOST)),
            Map.entry(Request.InspectNetns.class, Set.of(HOST, PEER_ENGINE_SANDBOX, UNKNOWN)),
            Map.entry(Request.Probe.class, Set.of(HOST, PEER_ENGINE_SANDBOX, UNKNOWN)),
            Map.entry(Request.LocateContainer.class, Set.of(HOST)),
            Map.entry(Request.HostLinks.class, Set.of(HOST)),
            Map.entry(Request.Signal.class, Set.of(PEER_ENGINE_SANDBOX, UNKNOWN)),
            Map.entry(Request.Log.class, Set.of(PEER_ENGINE_SANDBOX, UNKNOWN)),
            Map.entry(Request.Stop.class, Set.of()));

    /// Verbs are found by reflection, so that one that is added without a row fails.
    @TestFactory
    Stream<DynamicTest> eachCellOfTheTable() {
        return Samples.of(Request.class)
                .flatMap(verb -> Stream.of(PeerCredentials.Role.values())
                        .flatMap(role -> Stream.of(ObjectKind.values()).map(object -> cell(verb, role, object))));
    }

    private static DynamicTest cell(Request<?> verb, PeerCredentials.Role role, ObjectKind object) {
        return DynamicTest.dynamicTest(verb.getClass().getSimpleName() + " " + role + " " + object, () -> {
            Set<ObjectKind> admitted =
                    Objects.requireNonNull(ADMITTED.get(verb.getClass()), "the row of " + verb.getClass());
            assertThat(Authorization.permits(verb, role, object))
                    .isEqualTo(
                            switch (role) {
                                case OWNER -> true;
                                case ADMITTED -> admitted.contains(object);
                                case STRANGER -> false;
                            });
        });
    }

    @Test
    void noVerbIsWithoutARow() {
        assertThat(ADMITTED.keySet()).containsExactlyInAnyOrder(Request.class.getPermittedSubclasses());
    }

    /// A record of each kind, with an endpoint and a port of each sandbox.
    private final class Records {
        private final NetworkSpec network = Samples.network();
        private final Map<String, List<Spec>> byObject = new LinkedHashMap<>();

        private Records(String own, String others) {
            byObject.put("network", List.of(network));
            byObject.put("web", withPlug(Samples.sandbox(new Workload.Web())));
            byObject.put("command", withPlug(Samples.sandbox(new Workload.Command(List.of("sleep", "9")))));
            byObject.put("driver", withPlug(SandboxSpec.driverManaged(Id.random(), "driver", Instant.EPOCH)));
            byObject.put("own", withPlug(SandboxSpec.inExternalNetns(Id.random(), "own", Instant.EPOCH, own, null)));
            byObject.put(
                    "others",
                    withPlug(SandboxSpec.inExternalNetns(Id.random(), "others", Instant.EPOCH, others, null)));
            byObject.put("forward", List.of(new ExternalPublishSpec(port(Id.random(), null, 99), own, null)));
        }

        private List<Spec> withPlug(SandboxSpec sandbox) {
            int last = byObject.size() + 1;
            EndpointSpec endpoint = new EndpointSpec(
                    Id.random(),
                    network.id(),
                    sandbox.id(),
                    "eth0",
                    List.of(Cidr.of("172.18.0." + (last + 1) + "/16")),
                    new MacAddress("02:42:ac:12:00:02"),
                    List.of(),
                    false,
                    0,
                    false,
                    false,
                    false);
            return List.of(sandbox, endpoint, port(sandbox.id(), endpoint.id(), 8000 + last));
        }

        private static PortSpec port(Id sandbox, @Nullable Id endpoint, int port) {
            return new PortSpec(
                    Id.random(),
                    sandbox,
                    endpoint,
                    Protocol.TCP,
                    null,
                    InetAddress.ofLiteral("0.0.0.0"),
                    port,
                    PortRange.single(80),
                    List.of(),
                    false,
                    null);
        }

        private Specs specs() {
            return Specs.of(byObject.values().stream().flatMap(List::stream).toList());
        }

        private static List<Request<?>> inside(ProbeSource source) {
            return List.of(
                    new Request.InspectNetns(source),
                    new Request.Probe(source, Request.Probe.Method.PING, InetAddress.ofLiteral("172.18.0.1"), 0, 1));
        }

        private List<Request<?>> about(Spec spec) {
            List<Request<?>> requests = new ArrayList<>();
            for (SpecChange change :
                    List.of(new SpecChange(List.of(spec), List.of()), new SpecChange(List.of(), List.of(spec.id())))) {
                requests.add(new Request.Preview(change, 1));
                requests.add(new Request.Apply(change, 1, "a change", ActivityKind.ACTION, 0, StopMode.GRACEFUL));
            }
            if (spec instanceof SandboxSpec sandbox) {
                requests.add(new Request.Signal(sandbox.id(), 9));
                requests.add(new Request.Log(sandbox.id(), 0));
                requests.addAll(inside(new ProbeSource.Sandbox(sandbox.id())));
                if (sandbox.workload() instanceof Workload.ExternalNetns(String engine, String _)) {
                    requests.addAll(inside(new ProbeSource.EngineContainer(engine, sandbox.id(), 1)));
                }
            }
            return requests;
        }
    }

    @Test
    void whoWasLetInManagesNetworksAndWhatIsTheirs() throws IOException {
        mode("rw-rw-rw-");
        Path closed = Files.createFile(directory.resolve("others.sock"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rw-------"));
        authorization = new Authorization(
                List.of(
                        new EngineAccess(sandboxes, "", socket),
                        new EngineAccess(directory.resolve("elsewhere"), "", closed)),
                groups);
        Records records = new Records("unix://" + socket, "unix://" + closed);
        Specs specs = records.specs();
        PeerCredentials admitted = new PeerCredentials(PeerCredentials.Role.ADMITTED, nobody, nobody);
        records.byObject.forEach((object, about) -> {
            boolean may = Set.of("network", "own", "forward").contains(object);
            for (Spec spec : about) {
                for (Request<?> request : records.about(spec)) {
                    Refusal refusal = authorization.refusal(request, admitted, specs);
                    assertThat(refusal == null)
                            .as(object + ": " + request + " " + refusal)
                            .isEqualTo(may);
                    assertThat(authorization.refusal(
                                    request, new PeerCredentials(PeerCredentials.Role.OWNER, nobody, nobody), specs))
                            .isNull();
                    assertThat(authorization.refusal(
                                    request, new PeerCredentials(PeerCredentials.Role.STRANGER, nobody, nobody), specs))
                            .isNotNull();
                }
            }
        });
    }

    /// The socket of another engine does not do.
    @Test
    void whoeverMayUseDockerMayPutItsRulesBackAndNobodyElse() throws IOException {
        Request<?> request = new Request.RestoreEngineRules(List.of(1L), false);
        PeerCredentials admitted = new PeerCredentials(PeerCredentials.Role.ADMITTED, nobody, nobody);
        mode("rw-rw----");
        assertThat(authorization.refusal(request, admitted, Specs.of(List.of())))
                .isNotNull();
        mode("rw-rw-rw-");
        assertThat(authorization.refusal(request, admitted, Specs.of(List.of())))
                .isNull();
        PeerCredentials stranger = new PeerCredentials(PeerCredentials.Role.STRANGER, nobody, nobody);
        assertThat(authorization.refusal(request, stranger, Specs.of(List.of())))
                .isNotNull();
        authorization = new Authorization(List.of(new EngineAccess(sandboxes, "netns-", socket)), groups);
        assertThat(authorization.refusal(request, admitted, Specs.of(List.of())))
                .isNotNull();
    }

    /// Else another's container would answer at a port of this host that its owner did not publish.
    @Test
    void aMappingDoesNotLeadToASandboxOfTheOwners() {
        Records records = new Records("unix://" + socket, "unix:///nowhere");
        ExternalPublishSpec forward = (ExternalPublishSpec)
                Objects.requireNonNull(records.byObject.get("forward")).getFirst();
        EndpointSpec place = (EndpointSpec)
                Objects.requireNonNull(records.byObject.get("command")).get(1);
        Request<?> request = new Request.Preview(
                new SpecChange(
                        List.of(forward.withTarget(
                                new ExternalPublishSpec.Target(records.network.bridge(), place.addresses(), false))),
                        List.of()),
                1);
        assertThat(authorization.refusal(
                        request, new PeerCredentials(PeerCredentials.Role.ADMITTED, nobody, nobody), records.specs()))
                .isNotNull();
        assertThat(authorization.refusal(
                        request, new PeerCredentials(PeerCredentials.Role.ADMITTED, nobody, nobody), Specs.EMPTY))
                .isNull();
    }

    @Test
    void whoWasLetInRunsNothing() {
        for (SandboxSpec sandbox :
                List.of(Samples.sandbox(), SandboxSpec.driverManaged(Id.random(), "web", Instant.EPOCH))) {
            Request<?> request = new Request.Preview(new SpecChange(List.of(sandbox), List.of()), 1);
            assertThat(authorization.refusal(
                            request, new PeerCredentials(PeerCredentials.Role.ADMITTED, nobody, nobody), Specs.EMPTY))
                    .isNotNull()
                    .extracting(Refusal::sentence)
                    .isEqualTo("On this machine root alone runs commands in sandboxes.");
            assertThat(authorization.refusal(
                            request, new PeerCredentials(PeerCredentials.Role.OWNER, nobody, nobody), Specs.EMPTY))
                    .isNull();
        }
    }

    private Optional<Refusal> refusal(PeerCredentials.Role role, UserPrincipal user, UserPrincipal group, Path file) {
        SpecChange change = new SpecChange(
                List.of(SandboxSpec.inExternalNetns(Id.random(), "web", Instant.EPOCH, "", file.toString())),
                List.of());
        return Optional.ofNullable(authorization.refusal(
                new Request.Preview(change, 1), new PeerCredentials(role, user, group), Specs.EMPTY));
    }

    /// In no group that anything here is of.
    private Optional<Refusal> ofNobody(Path file) {
        return refusal(PeerCredentials.Role.ADMITTED, nobody, nobody, file);
    }

    @Test
    void theSocketsModeDecides() throws IOException {
        mode("rw-rw----");
        assertThat(ofNobody(sandbox)).hasValueSatisfying(refusal -> {
            assertThat(refusal.code()).isEqualTo("namespace-not-yours");
            assertThat(refusal.sentence())
                    .isEqualTo("User nobody may not attach the network namespace " + sandbox + ".");
        });
        assertThat(refusal(PeerCredentials.Role.ADMITTED, nobody, group(), sandbox))
                .isEmpty();
        Files.writeString(groups, "other:x:7:nobody\n" + group().getName() + ":x:8:somebody,nobody\n");
        assertThat(ofNobody(sandbox)).isEmpty();
        mode("rw-r--rw-");
        assertThat(ofNobody(sandbox))
                .as("a group's mode counts for its members alone")
                .isPresent();
        Files.writeString(groups, "");
        assertThat(ofNobody(sandbox)).isEmpty();
        Files.delete(socket);
        assertThat(ofNobody(sandbox)).isPresent();
    }

    @Test
    void nothingButTheEnginesOwnFilesIsOpened() throws IOException {
        mode("rw-rw-rw-");
        assertThat(ofNobody(sandbox)).isEmpty();
        Path link = Files.createSymbolicLink(sandbox.resolveSibling("link"), Path.of("/proc/1/ns/net"));
        Path way = Files.createSymbolicLink(directory.resolve("way"), sandboxes);
        for (Path file : List.of(
                link,
                way.resolve(sandbox.getFileName()),
                sandbox.resolveSibling("gone"),
                Path.of("/proc/1/ns/net"),
                Path.of("/proc/" + ProcessHandle.current().pid() + "/ns/net"))) {
            assertThat(ofNobody(file)).as(file.toString()).isPresent();
            assertThat(refusal(PeerCredentials.Role.OWNER, nobody, nobody, file))
                    .isEmpty();
        }
    }

    @Test
    void aPrefixKeepsOthersApartInTheSameDirectory() throws IOException {
        mode("rw-rw-rw-");
        authorization = new Authorization(List.of(new EngineAccess(sandboxes, "netns-", socket)), groups);
        assertThat(ofNobody(sandbox)).isPresent();
        assertThat(ofNobody(Files.createFile(sandbox.resolveSibling("netns-7"))))
                .isEmpty();
    }
}
