package dev.patchbay.engine.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;
import java.net.InetAddress;
import java.util.List;

/// All requests to the helper.
///
/// @param <R> the reply when it is granted; otherwise it is [Reply.Refused] or [Reply.Failed]
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verb")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Request.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = Request.Snapshot.class, name = "snapshot"),
    @JsonSubTypes.Type(value = Request.Changes.class, name = "changes"),
    @JsonSubTypes.Type(value = Request.Activity.class, name = "activity"),
    @JsonSubTypes.Type(value = Request.Preview.class, name = "preview"),
    @JsonSubTypes.Type(value = Request.Apply.class, name = "apply"),
    @JsonSubTypes.Type(value = Request.Repair.class, name = "repair"),
    @JsonSubTypes.Type(value = Request.GoneEngineRules.class, name = "gone-engine-rules"),
    @JsonSubTypes.Type(value = Request.RestoreEngineRules.class, name = "restore-engine-rules"),
    @JsonSubTypes.Type(value = Request.AutoRepair.class, name = "auto-repair"),
    @JsonSubTypes.Type(value = Request.Subscribe.class, name = "subscribe"),
    @JsonSubTypes.Type(value = Request.Counters.class, name = "counters"),
    @JsonSubTypes.Type(value = Request.Listeners.class, name = "listeners"),
    @JsonSubTypes.Type(value = Request.InspectNetns.class, name = "look"),
    @JsonSubTypes.Type(value = Request.Probe.class, name = "probe"),
    @JsonSubTypes.Type(value = Request.LocateContainer.class, name = "runs-here"),
    @JsonSubTypes.Type(value = Request.HostLinks.class, name = "host-links"),
    @JsonSubTypes.Type(value = Request.Signal.class, name = "signal"),
    @JsonSubTypes.Type(value = Request.Log.class, name = "log"),
    @JsonSubTypes.Type(value = Request.Stop.class, name = "stop")
})
public sealed interface Request<R extends Reply> {
    /// The first request of a client, which compares versions. The helper answers other requests without
    /// it, since it checked the peer when it accepted the connection.
    record Hello() implements Request<Reply.Welcome> {}

    /// The records, the state of all commands, and the present state of the kernel.
    record Snapshot() implements Request<Reply.State> {}

    /// The changes since a position that this helper gave out. The cost depends on the number of changes
    /// only. Refused as [Refusal#UNKNOWN_POSITION] when the position is too old or of another helper;
    /// take a new [Snapshot] then.
    record Changes(SyncPosition since) implements Request<Reply.Changes> {}

    /// The changes that were made, as far as the helper remembers them.
    ///
    /// @param after only changes with a higher number
    record Activity(long after) implements Request<Reply.ActivityList> {}

    /// The steps that [Apply] would run, without running them.
    record Preview(SpecChange change, long baseRevision) implements Request<Reply.Planned> {}

    /// Makes the change completely or not at all. Refused as stale unless `baseRevision` is the present
    /// revision.
    ///
    /// A change that stops commands waits for them to end, and other changes may be made meanwhile. It
    /// is then refused as stale only if one of them changed the same objects.
    ///
    /// @param title the command that equals this change, for the activity list
    /// @param stopping how to stop commands that the change ends
    record Apply(
            SpecChange change, long baseRevision, String title, ActivityKind kind, long refersTo, StopMode stopping)
            implements Request<Reply.Applied> {}

    /// Repairs the kernel to match the records; with `dryRun` only returns the steps.
    record Repair(boolean dryRun) implements Request<Reply.Planned> {}

    /// The rules of Docker that the helper read before and that were gone when it last read the rules.
    record GoneEngineRules() implements Request<Reply.GoneEngineRules> {}

    /// Puts rules of Docker back word for word where they were, all of them or none; with `dryRun` only returns the
    /// steps. A rule that is in force again is left alone.
    ///
    /// @param rules numbers of [Reply.GoneEngineRules]; the text is the one that the helper read itself
    record RestoreEngineRules(List<Long> rules, boolean dryRun) implements Request<Reply.Planned> {
        public RestoreEngineRules {
            rules = List.copyOf(rules);
        }
    }

    /// Whether the helper repairs problems by itself; recorded.
    record AutoRepair(boolean on) implements Request<Reply.Done> {}

    /// Makes this connection receive [Event]s.
    record Subscribe() implements Request<Reply.Done> {}

    /// All rules and links of the host with their counters.
    ///
    /// @param knownTables [Reply.Counters#tablesVersion] of the tables that the client has; 0 without any
    record Counters(long knownTables) implements Request<Reply.Counters> {}

    /// The listening sockets of the host on these ports, with their owners. Few ports take much less
    /// time than all, because an owner is found by searching the file descriptors of every process.
    record Listeners(PortRange ports) implements Request<Reply.ListenerList> {}

    /// The state of one network namespace: its links, routes, listening sockets and settings.
    record InspectNetns(ProbeSource from) implements Request<Reply.Netns> {}

    /// Sends a packet from one namespace and waits for the answer. Changes only counters.
    ///
    /// @param port 0 for a ping
    /// @param millis how long to wait
    record Probe(ProbeSource from, Method means, InetAddress to, int port, int millis)
            implements Request<Reply.Probed> {
        /// Maximum wait of a probe.
        public static final int MAX_MILLIS = 5000;

        public enum Method {
            /// Opens a connection and closes it at once.
            TCP,
            /// Sends one datagram; without an answer the result is unknown.
            UDP,
            /// Sends an ICMP echo request.
            PING
        }

        public Probe {
            if (port < (means == Method.PING ? 0 : 1) || port > PortRange.MAX_PORT) {
                throw new IllegalArgumentException("invalid port: " + port);
            }
            if (millis < 1 || millis > MAX_MILLIS) {
                throw new IllegalArgumentException("invalid wait: " + millis);
            }
        }
    }

    /// Whether a container of an engine runs on this machine: whether this process is in the container's
    /// cgroup, and where the links of its network namespace lead. The containers of an engine behind a
    /// forwarded socket have no such process here; an engine in another network namespace has links that
    /// lead there.
    ///
    /// @param engine its address, as `unix:///run/docker.sock`
    /// @param process pid of the container, as the engine reports it
    record LocateContainer(String engine, Id container, long process) implements Request<Reply.ContainerPresence> {
        public LocateContainer {
            if (process < 1) {
                throw new IllegalArgumentException("invalid process: " + process);
            }
        }
    }

    /// The links of the host whose other ends are in the network namespaces of processes, as containers have them.
    ///
    /// @param processes pids as the helper sees them
    record HostLinks(List<Long> processes) implements Request<Reply.HostLinks> {
        public HostLinks {
            processes = List.copyOf(processes);
            if (processes.stream().anyMatch(process -> process < 1)) {
                throw new IllegalArgumentException("invalid process: " + processes);
            }
        }
    }

    /// Sends a signal to the command of a sandbox. If the command ends, the exit counts as wanted by the
    /// person.
    record Signal(Id sandbox, int signal) implements Request<Reply.Done> {
        public Signal {
            if (signal < 1 || signal > 64) {
                throw new IllegalArgumentException("Invalid signal: " + signal);
            }
        }
    }

    /// The output of the command of a sandbox, both streams, as far as it is kept.
    ///
    /// @param from position of the first byte; a negative one counts from the end
    record Log(Id sandbox, long from) implements Request<Reply.LogChunk> {}

    /// Ends the helper; links, rules and sandboxes stay.
    record Stop() implements Request<Reply.Done> {}
}
