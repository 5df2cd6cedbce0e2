package dev.patchbay.engine.auth;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.protocol.ProbeSource;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.spec.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides what a peer may request, with one table of verb, role of the peer, and object of the verb.
/// [ReplyFilter] decides what a reply may contain.
///
/// Only root can change the files of an engine, so the file checked here is the one that a step opens
/// later. For the same reason only the owner may name a namespace by a process: its pid may belong to
/// another process later.
public final class Authorization {
    private final List<EngineAccess> engines;
    private final Path groups;

    /// @param groups the machine's list of groups and members, as `/etc/group`
    Authorization(List<EngineAccess> engines, Path groups) {
        this.engines = List.copyOf(engines);
        this.groups = groups;
    }

    public static Authorization forThisMachine() {
        return new Authorization(EngineAccess.DEFAULTS, Path.of("/etc/group"));
    }

    /// The object of a request, as far as the decision needs it.
    enum ObjectKind {
        /// The helper itself, and its automatic actions.
        HELPER,
        /// The records; the reply contains what the peer may see, see [ReplyFilter].
        RECORDS,
        /// The host's own links, rules and sockets.
        HOST,
        NETWORK,
        /// A published port of a container of an engine.
        EXTERNAL_PUBLISH,
        /// A sandbox of the owner, or an endpoint or port of it: the helper runs its command, or root's
        /// network driver created it for an engine.
        OWNER_SANDBOX,
        /// A container of an engine that the peer may use, or an endpoint or port of it.
        PEER_ENGINE_SANDBOX,
        /// A container of an engine that the peer may not use, or an endpoint or port of it.
        OTHER_ENGINE_SANDBOX,
        /// The rules of an engine that the peer may use.
        PEER_ENGINE_RULES,
        /// The rules of an engine that the peer may not use.
        OTHER_ENGINE_RULES,
        /// An object without a record; the reply says so.
        UNKNOWN
    }

    /// The table: whether a peer of this role may request this of such an object.
    static boolean permits(Request<?> verb, PeerCredentials.Role role, ObjectKind object) {
        return switch (role) {
            case OWNER -> true;
            case ADMITTED -> kindsForAdmitted(verb).contains(object);
            case STRANGER -> false;
        };
    }

    /// An admitted user manages networks, rules and ports, but runs nothing, ends nothing and reads no
    /// output of others.
    private static Set<ObjectKind> kindsForAdmitted(Request<?> verb) {
        return switch (verb) {
            case Request.Hello _ -> Set.of(ObjectKind.HELPER);
            case Request.Snapshot _, Request.Changes _, Request.Activity _, Request.Subscribe _ ->
                Set.of(ObjectKind.RECORDS);
            case Request.Preview _, Request.Apply _ ->
                Set.of(
                        ObjectKind.NETWORK,
                        ObjectKind.EXTERNAL_PUBLISH,
                        ObjectKind.PEER_ENGINE_SANDBOX,
                        ObjectKind.UNKNOWN);
            case Request.Repair _,
                    Request.GoneEngineRules _,
                    Request.Counters _,
                    Request.Listeners _,
                    Request.LocateContainer _,
                    Request.HostLinks _ -> Set.of(ObjectKind.HOST);
            case Request.RestoreEngineRules _ -> Set.of(ObjectKind.PEER_ENGINE_RULES);
            case Request.InspectNetns _, Request.Probe _ ->
                Set.of(ObjectKind.HOST, ObjectKind.PEER_ENGINE_SANDBOX, ObjectKind.UNKNOWN);
            case Request.Signal _, Request.Log _ -> Set.of(ObjectKind.PEER_ENGINE_SANDBOX, ObjectKind.UNKNOWN);
            case Request.AutoRepair _, Request.Stop _ -> Set.of();
        };
    }

    /// Why this peer may not request this; null when it may.
    ///
    /// @param specs the present records; a change must be checked again with the lock
    public @Nullable Refusal refusal(Request<?> request, PeerCredentials peer, Specs specs) {
        for (Subject subject : subjects(request, peer, specs)) {
            if (!permits(request, peer.role(), subject.kind())) {
                return refusal(request, peer, subject);
            }
        }
        return null;
    }

    /// @param spec null for an object without a record
    /// @param added whether the spec is new
    private record Subject(ObjectKind kind, @Nullable Spec spec, boolean added) {
        static Subject of(ObjectKind kind) {
            return new Subject(kind, null, false);
        }
    }

    private List<Subject> subjects(Request<?> request, PeerCredentials peer, Specs specs) {
        return switch (request) {
            case Request.Hello _, Request.AutoRepair _, Request.Stop _ -> List.of(Subject.of(ObjectKind.HELPER));
            case Request.Snapshot _, Request.Changes _, Request.Activity _, Request.Subscribe _ ->
                List.of(Subject.of(ObjectKind.RECORDS));
            case Request.Preview preview -> changeSubjects(preview.change(), peer, specs);
            case Request.Apply apply -> changeSubjects(apply.change(), peer, specs);
            case Request.Repair _,
                    Request.GoneEngineRules _,
                    Request.Counters _,
                    Request.Listeners _,
                    Request.LocateContainer _,
                    Request.HostLinks _ -> List.of(Subject.of(ObjectKind.HOST));
            case Request.RestoreEngineRules _ ->
                List.of(Subject.of(
                        mayUseEngine(peer, EngineAccess::isDocker)
                                ? ObjectKind.PEER_ENGINE_RULES
                                : ObjectKind.OTHER_ENGINE_RULES));
            case Request.InspectNetns(ProbeSource from) -> List.of(sourceSubject(from, peer, specs));
            case Request.Probe probe -> List.of(sourceSubject(probe.from(), peer, specs));
            case Request.Signal signal -> List.of(recordSubject(signal.sandbox(), peer, specs));
            case Request.Log log -> List.of(recordSubject(log.sandbox(), peer, specs));
        };
    }

    private Subject sourceSubject(ProbeSource from, PeerCredentials peer, Specs specs) {
        return switch (from) {
            case ProbeSource.Host _, ProbeSource.Outside _ -> Subject.of(ObjectKind.HOST);
            case ProbeSource.Sandbox(Id sandbox) -> recordSubject(sandbox, peer, specs);
            case ProbeSource.EngineContainer(String engine, Id _, long _) -> Subject.of(kindOfContainer(engine, peer));
        };
    }

    /// Both the replaced and the replacing specs are checked.
    private List<Subject> changeSubjects(SpecChange change, PeerCredentials peer, Specs specs) {
        List<Subject> subjects = new ArrayList<>();
        change.remove().forEach(id -> subjects.add(recordSubject(id, peer, specs)));
        for (Spec spec : change.put()) {
            subjects.add(recordSubject(spec.id(), peer, specs));
            if (spec instanceof ExternalPublishSpec forward
                    && forward.target() instanceof ExternalPublishSpec.Target target) {
                subjects.addAll(publishTargetSubjects(target, peer, specs));
            }
            subjects.add(new Subject(
                    spec instanceof SandboxSpec sandbox ? kindOfAdded(sandbox, peer) : kindOf(spec, peer, specs),
                    spec,
                    true));
        }
        return subjects;
    }

    /// The objects of the helper that a mapping leads to.
    private List<Subject> publishTargetSubjects(ExternalPublishSpec.Target target, PeerCredentials peer, Specs specs) {
        return specs.networksOnBridge(target.bridge()).stream()
                .flatMap(network -> target.addresses().stream()
                        .flatMap(address -> specs.endpointsByAddress(network.id(), address.address()).stream()))
                .map(endpoint -> recordSubject(endpoint.id(), peer, specs))
                .toList();
    }

    private Subject recordSubject(Id id, PeerCredentials peer, Specs specs) {
        Spec spec = specs.find(id);
        return spec == null ? Subject.of(ObjectKind.UNKNOWN) : new Subject(kindOf(spec, peer, specs), spec, false);
    }

    private ObjectKind kindOf(Spec spec, PeerCredentials peer, Specs specs) {
        return switch (spec) {
            case NetworkSpec _ -> ObjectKind.NETWORK;
            case ExternalPublishSpec _ -> ObjectKind.EXTERNAL_PUBLISH;
            case SandboxSpec sandbox -> kindOf(sandbox, peer);
            case EndpointSpec endpoint ->
                recordSubject(endpoint.sandbox(), peer, specs).kind();
            case PortSpec port -> recordSubject(port.sandbox(), peer, specs).kind();
        };
    }

    /// The file of a namespace disappears with its container, so a recorded sandbox is checked by its
    /// engine.
    private ObjectKind kindOf(SandboxSpec sandbox, PeerCredentials peer) {
        return switch (sandbox.workload()) {
            case Workload.Web _, Workload.Command _, Workload.DriverManaged _ -> ObjectKind.OWNER_SANDBOX;
            case Workload.ExternalNetns(String engine, String _) -> kindOfContainer(engine, peer);
        };
    }

    private ObjectKind kindOfContainer(String engine, PeerCredentials peer) {
        return mayUseEngine(peer, known -> known.hasAddress(engine))
                ? ObjectKind.PEER_ENGINE_SANDBOX
                : ObjectKind.OTHER_ENGINE_SANDBOX;
    }

    /// For a new sandbox with a file the engine is determined by the file, not by the peer's claim.
    private ObjectKind kindOfAdded(SandboxSpec sandbox, PeerCredentials peer) {
        return sandbox.workload() instanceof Workload.ExternalNetns(String _, String file) && file != null
                ? mayUseEngine(peer, known -> known.ownsFile(Path.of(file)))
                        ? ObjectKind.PEER_ENGINE_SANDBOX
                        : ObjectKind.OTHER_ENGINE_SANDBOX
                : kindOf(sandbox, peer);
    }

    @FunctionalInterface
    private interface EngineTest {
        boolean test(EngineAccess engine) throws IOException;
    }

    /// Whether the peer may use an engine that meets this condition.
    private boolean mayUseEngine(PeerCredentials peer, EngineTest condition) {
        for (EngineAccess engine : engines) {
            try {
                if (condition.test(engine) && engine.mayBeUsedBy(peer, groups)) {
                    return true;
                }
            } catch (IOException nothingThere) {
                // Another engine may meet it.
            }
        }
        return false;
    }

    private static Refusal refusal(Request<?> request, PeerCredentials peer, Subject subject) {
        return switch (request) {
            case Request.AutoRepair _ ->
                Refusal.of("needs-root", "On this machine root alone switches automatic repair on or off.");
            case Request.Stop _ ->
                new Refusal(
                        "needs-root", "On this machine root alone ends the helper.", "As root: patchbay host down.");
            case Request.RestoreEngineRules _ ->
                new Refusal(
                        "rules-not-yours",
                        "User " + peer.user().getName() + " may not put back rules of Docker.",
                        "Root may, and so may who may use Docker: join the group of its socket.");
            case Request.Hello _,
                    Request.Snapshot _,
                    Request.Changes _,
                    Request.Activity _,
                    Request.GoneEngineRules _,
                    Request.Preview _,
                    Request.Apply _,
                    Request.Repair _,
                    Request.Subscribe _,
                    Request.Counters _,
                    Request.Listeners _,
                    Request.InspectNetns _,
                    Request.Probe _,
                    Request.LocateContainer _,
                    Request.HostLinks _,
                    Request.Signal _,
                    Request.Log _ -> refusal(peer, subject);
        };
    }

    private static Refusal refusal(PeerCredentials peer, Subject subject) {
        if (subject.added() && subject.spec() instanceof SandboxSpec sandbox) {
            return sandbox.workload() instanceof Workload.ExternalNetns(String engine, String file)
                    ? new Refusal(
                            "namespace-not-yours",
                            "User " + peer.user().getName() + " may not attach "
                                    + (file == null ? "a container of " + engine : "the network namespace " + file)
                                    + ".",
                            "Root may attach any container. Other users may attach containers of engines that they"
                                    + " may use: for Docker, join the group of its socket.")
                    : new Refusal(
                            "sandbox-needs-root",
                            "On this machine root alone runs commands in sandboxes.",
                            "A Lab runs them as you, and an engine runs containers.");
        }
        return new Refusal(
                "not-yours",
                "Only root and users of the container's engine may change " + describe(subject.spec()) + ".",
                "");
    }

    private static String describe(@Nullable Spec spec) {
        return switch (spec) {
            case SandboxSpec sandbox -> "container " + sandbox.name();
            case EndpointSpec endpoint -> "endpoint " + endpoint.id().shortForm();
            case PortSpec port -> "the port " + port.hostPort() + "/" + port.protocol();
            case NetworkSpec network -> "network " + network.name();
            case ExternalPublishSpec forward ->
                "the port " + forward.port().hostPort() + "/" + forward.port().protocol();
            case null -> "this host";
        };
    }
}
