package dev.patchbay.engine.daemon;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.Version;
import dev.patchbay.engine.change.DaemonState;
import dev.patchbay.engine.change.EngineRuleRepair;
import dev.patchbay.engine.firewall.ForeignNftTables;
import dev.patchbay.engine.journal.JournalRecord;
import dev.patchbay.engine.journal.StoredState;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.KernelStateDelta;
import dev.patchbay.engine.kernel.LinkChanges;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.probe.ListenerReader;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.SyncPosition;
import dev.patchbay.engine.sandbox.WorkloadLauncher;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import dev.patchbay.engine.status.SandboxStatus;
import dev.patchbay.engine.watch.LinkCache;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Answers the requests that change no record.
final class ReadRequests {
    private final long helperId = ThreadLocalRandom.current().nextLong();
    private final DaemonState shared;
    private final LinkCache linkCache;
    private final EngineRuleRepair engineRules;
    private final ForeignNftTables foreignTables = new ForeignNftTables();

    ReadRequests(DaemonState shared, LinkCache picture, EngineRuleRepair engineRules) {
        this.shared = shared;
        this.linkCache = picture;
        this.engineRules = engineRules;
    }

    Reply.Welcome welcome() {
        synchronized (shared) {
            return new Reply.Welcome(Version.current(), ProcessHandle.current().pid(), shared.revision());
        }
    }

    Reply.State snapshot() throws EngineException {
        synchronized (shared) {
            StoredState stored = shared.journal().stored();
            SyncPosition position = position();
            KernelStateDelta all = kernel(linkCache.changesSince(0).orElseThrow());
            return new Reply.State(
                    position,
                    stored.revision(),
                    List.copyOf(stored.specs().all()),
                    stored.statuses(),
                    problems(),
                    stored.autoRepair(),
                    KernelState.EMPTY.apply(all));
        }
    }

    Reply changes(SyncPosition since) throws EngineException {
        synchronized (shared) {
            SyncPosition now = position();
            Optional<List<JournalRecord>> records = shared.journal().since(since.records());
            Optional<LinkChanges> links = linkCache.changesSince(since.kernel());
            return since.helper() != now.helper() || records.isEmpty() || links.isEmpty()
                    ? new Reply.Refused(Refusal.of(Refusal.UNKNOWN_POSITION, "take a new snapshot"))
                    : changes(now, records.get(), kernel(links.get()));
        }
    }

    private KernelStateDelta kernel(LinkChanges links) throws EngineException {
        List<Unreadable> unreadable = new ArrayList<>(linkCache.unreadable());
        KernelStateDelta change = KernelStateReader.change(links, unreadable::add);
        // Without an event, because the client reads the problems next.
        shared.problems().setUnreadable("host", unreadable);
        return change;
    }

    private Reply.Changes changes(SyncPosition now, List<JournalRecord> records, KernelStateDelta kernel) {
        List<ActivityEntry> activity = new ArrayList<>();
        Map<Id, SandboxStatus> statuses = new LinkedHashMap<>();
        for (JournalRecord record : records) {
            switch (record) {
                case JournalRecord.Commit commit -> activity.add(commit.activity());
                case JournalRecord.Status(SandboxStatus status) -> statuses.put(status.sandbox(), status);
                case JournalRecord.Intent _,
                        JournalRecord.Abort _,
                        JournalRecord.Boot _,
                        JournalRecord.AutoRepair _ -> {}
            }
        }
        StoredState stored = shared.journal().stored();
        return new Reply.Changes(
                now,
                stored.revision(),
                activity,
                List.copyOf(statuses.values()),
                problems(),
                stored.autoRepair(),
                kernel);
    }

    private List<Problem> problems() {
        List<Problem> all = new ArrayList<>(shared.problems().all());
        for (Path file : shared.journal().damagedFiles()) {
            all.add(new Problem(null, ProblemKind.RECORDS_DAMAGED, List.of(file.toString()), List.of()));
        }
        return all;
    }

    private SyncPosition position() throws EngineException {
        return new SyncPosition(helperId, shared.journal().position(), linkCache.refresh());
    }

    Reply.ActivityList activity(long after) {
        return new Reply.ActivityList(shared.journal().stored().activity().stream()
                .filter(entry -> entry.number() > after)
                .toList());
    }

    Reply.Counters counters(Request.Counters request) throws EngineException {
        synchronized (shared) {
            List<Unreadable> unreadable = new ArrayList<>();
            Reply.Counters sample =
                    KernelStateReader.counters(shared.kernel(), foreignTables, request.knownTables(), unreadable::add);
            shared.reportUnreadable("counters", unreadable);
            engineRules.observe(shared.kernel());
            return sample;
        }
    }

    Reply signal(Request.Signal request) throws EngineException {
        return shared.specs().find(request.sandbox()) instanceof SandboxSpec sandbox
                        && shared.kernel().workloads().signal(sandbox, request.signal())
                ? new Reply.Done()
                : new Reply.Refused(
                        Refusal.of("container-not-running", "Container " + request.sandbox() + " is not running"));
    }

    Reply log(Request.Log request) throws EngineException {
        if (!(shared.specs().find(request.sandbox()) instanceof SandboxSpec sandbox)) {
            return new Reply.Refused(Refusal.of("container-not-found", "No such container: " + request.sandbox()));
        }
        WorkloadLauncher.LogPart part =
                shared.kernel().workloads().log(sandbox, request.from(), Reply.LogChunk.MAX_BYTES);
        String base64 = StandardCharsets.US_ASCII
                .decode(Base64.getEncoder().encode(part.bytes()))
                .toString();
        return new Reply.LogChunk(base64, part.end());
    }

    Reply.ListenerList listeners(PortRange ports) throws EngineException {
        List<Unreadable> unreadable = new ArrayList<>();
        List<Listener> listeners = ListenerReader.listeners(ports, unreadable::add);
        shared.reportUnreadable("sockets", unreadable);
        return new Reply.ListenerList(listeners);
    }
}
