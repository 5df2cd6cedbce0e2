package dev.patchbay.engine.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;
import java.net.InetAddress;

/// All that a client may ask of the helper.
///
/// @param <R> the reply when it is granted; [Reply.Refused] or [Reply.Failed] otherwise
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verb")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Request.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = Request.Snapshot.class, name = "snapshot"),
    @JsonSubTypes.Type(value = Request.Changes.class, name = "changes"),
    @JsonSubTypes.Type(value = Request.Activity.class, name = "activity"),
    @JsonSubTypes.Type(value = Request.Preview.class, name = "preview"),
    @JsonSubTypes.Type(value = Request.Apply.class, name = "apply"),
    @JsonSubTypes.Type(value = Request.Repair.class, name = "repair"),
    @JsonSubTypes.Type(value = Request.AutoRepair.class, name = "auto-repair"),
    @JsonSubTypes.Type(value = Request.Subscribe.class, name = "subscribe"),
    @JsonSubTypes.Type(value = Request.Counters.class, name = "counters"),
    @JsonSubTypes.Type(value = Request.Listeners.class, name = "listeners"),
    @JsonSubTypes.Type(value = Request.InspectNetns.class, name = "look"),
    @JsonSubTypes.Type(value = Request.Probe.class, name = "probe"),
    @JsonSubTypes.Type(value = Request.LocateContainer.class, name = "runs-here"),
    @JsonSubTypes.Type(value = Request.Signal.class, name = "signal"),
    @JsonSubTypes.Type(value = Request.Log.class, name = "log"),
    @JsonSubTypes.Type(value = Request.Stop.class, name = "stop")
})
public sealed interface Request<R extends Reply> {
    /// First request of a client: compares versions. The helper answers the others without it, since it checked the
    /// peer when it accepted the connection.
    record Hello() implements Request<Reply.Welcome> {}

    /// Records, the state of what runs, and the kernel as it is now.
    record Snapshot() implements Request<Reply.State> {}

    /// What changed since a position that this helper gave out. Costs as much as has changed, whatever
    /// there is. Refused as [Refusal#UNKNOWN_POSITION] when that is too long ago, or another helper gave it
    /// out: then take a new [Snapshot].
    record Changes(SyncPosition since) implements Request<Reply.Changes> {}

    /// The changes that were made, as far back as the helper remembers.
    ///
    /// @param after only those with a higher number
    record Activity(long after) implements Request<Reply.ActivityList> {}

    /// The steps that [Apply] would run, none of them run.
    record Preview(SpecChange change, long baseRevision) implements Request<Reply.Planned> {}

    /// Makes the change, whole or not at all. Refused as stale unless `baseRevision` is the present revision.
    ///
    /// A change that stops commands is made when they have ended, and meanwhile others may be made: then it is
    /// refused as stale only if they changed what it changes.
    ///
    /// @param title the command that this change equals, for the activity list
    /// @param stopping how commands are told to end that do not run any more after the change
    record Apply(
            SpecChange change, long baseRevision, String title, ActivityKind kind, long refersTo, StopMode stopping)
            implements Request<Reply.Applied> {}

    /// Makes the kernel match the records again; with `dryRun` only says how.
    record Repair(boolean dryRun) implements Request<Reply.Planned> {}

    /// Whether the helper repairs by itself what it sees; kept in its records.
    record AutoRepair(boolean on) implements Request<Reply.Done> {}

    /// From now on this connection receives [Event]s.
    record Subscribe() implements Request<Reply.Done> {}

    /// Every rule and link of the host with its counters.
    record Counters() implements Request<Reply.Counters> {}

    /// The sockets of the host that wait for connections or datagrams on these ports, with their owners. Few ports
    /// are much cheaper than all: an owner is found by going through the files of every process.
    record Listeners(PortRange ports) implements Request<Reply.ListenerList> {}

    /// What is seen from one namespace: its links, routes, listening sockets and settings.
    record InspectNetns(ProbeSource from) implements Request<Reply.Netns> {}

    /// Sends a packet from one namespace and waits for what comes back. Changes nothing but counters.
    ///
    /// @param port 0 when pinging
    /// @param millis how long to wait
    record Probe(ProbeSource from, Method means, InetAddress to, int port, int millis)
            implements Request<Reply.Probed> {
        /// The longest that a probe may wait.
        public static final int MAX_MILLIS = 5000;

        public enum Method {
            /// Opens a connection and closes it at once.
            TCP,
            /// Sends one datagram; silence says nothing then.
            UDP,
            /// Asks for an echo.
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

    /// Whether what an engine says of a container is about this machine: whether this process is in the cgroup that
    /// was made for the container, and where the links of its network namespace lead to. An engine behind a
    /// forwarded socket has no such process here; one in a network namespace of its own has links that lead there.
    ///
    /// @param engine its address, as `unix:///run/docker.sock`
    /// @param process of the container, as the engine tells it
    record LocateContainer(String engine, Id container, long process) implements Request<Reply.ContainerPresence> {
        public LocateContainer {
            if (process < 1) {
                throw new IllegalArgumentException("invalid process: " + process);
            }
        }
    }

    /// Sends the command of a sandbox a signal. If it ends, that is taken for what the person wanted.
    record Signal(Id sandbox, int signal) implements Request<Reply.Done> {
        public Signal {
            if (signal < 1 || signal > 64) {
                throw new IllegalArgumentException("Invalid signal: " + signal);
            }
        }
    }

    /// What the command of a sandbox wrote, both streams, as far as it is kept.
    ///
    /// @param from the first byte wanted; counted from the end when negative
    record Log(Id sandbox, long from) implements Request<Reply.LogChunk> {}

    /// Ends the helper; links, rules and sandboxes stay.
    record Stop() implements Request<Reply.Done> {}
}
