package dev.patchbay.engine.change;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.drift.DirtySet;
import dev.patchbay.engine.drift.Drift;
import dev.patchbay.engine.drift.KernelComparison;
import dev.patchbay.engine.drift.ProblemRegistry;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.step.KernelAccess;
import dev.patchbay.engine.watch.WatchLoop;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Checks the objects of kernel events shortly after the events. It has a thread of its own, and no
/// action waits for a check.
public final class DriftWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DriftWatch.class.getName());
    /// How often rules are read on kernels that send no event for them.
    private static final long LEGACY_POLL_MILLIS = 2_000;

    /// Number of objects that are checked between two actions.
    private static final int OBJECTS_PER_CHECK = 64;

    private static final int UNLOCKED_ATTEMPTS = 2;

    private static final String RULES = "rules";
    private static final String FORWARDING = "forwarding";

    private final KernelRepair repairs;
    private final EngineRuleRepair engineRules;
    private final DirtySet dirty;
    private final ProblemRegistry problems;
    private final Subscribers subscribers;
    private final KernelAccess kernel;
    private final WatchService netnsWatch;
    private List<Problem> lastAttempted = List.of();

    private DriftWatch(
            KernelRepair repairs,
            EngineRuleRepair engineRules,
            DirtySet dirty,
            ProblemRegistry problems,
            KernelAccess kernel,
            Subscribers subscribers,
            WatchService namespaces) {
        this.repairs = repairs;
        this.engineRules = engineRules;
        this.dirty = dirty;
        this.problems = problems;
        this.subscribers = subscribers;
        this.kernel = kernel;
        this.netnsWatch = namespaces;
    }

    /// @param kernel with firewalls of its own, because those of the actions allow one caller at a time
    public static DriftWatch start(
            KernelRepair repairs,
            EngineRuleRepair engineRules,
            DirtySet dirty,
            ProblemRegistry problems,
            KernelAccess kernel,
            Subscribers subscribers)
            throws IOException {
        WatchService service = FileSystems.getDefault().newWatchService();
        watchNetnsDirectory(service);
        DriftWatch watch = new DriftWatch(repairs, engineRules, dirty, problems, kernel, subscribers, service);
        watch.dirty.markAll();
        Thread.ofPlatform().daemon().name("drift").start(() -> WatchLoop.run("look for drift", watch.new DriftTask()));
        Thread.ofPlatform()
                .daemon()
                .name("namespaces")
                .start(() -> WatchLoop.run("watch the namespaces", watch.new NetnsNameTask()));
        return watch;
    }

    /// A loop whose failures are reported as a problem. After a failure everything that it missed is
    /// checked.
    private abstract class ReportedTask implements WatchLoop.Task {
        private final String name;

        ReportedTask(String name) {
            this.name = name;
        }

        @Override
        public boolean onFailure(Exception reason, int inARow) {
            dirty.markAll();
            // An object that disappears during the check also causes a failure, which does not repeat.
            if (inARow > 1 || reason instanceof RuntimeException) {
                report(Optional.of(reason));
            }
            return true;
        }

        @Override
        public void onRecovery() {
            report(Optional.empty());
        }

        private void report(Optional<Exception> reason) {
            if (problems.setWatchFailure(name, reason)) {
                subscribers.announce(new Event.KernelChanged());
            }
        }
    }

    private final class NetnsNameTask extends ReportedTask {
        NetnsNameTask() {
            super("namespaces");
        }

        @Override
        public boolean runOnce() throws IOException, InterruptedException {
            try {
                WatchKey key = netnsWatch.take();
                for (WatchEvent<?> event : key.pollEvents()) {
                    if (event.context() == null) {
                        dirty.markAll();
                    } else {
                        dirty.markNetns(event.context().toString());
                    }
                }
                if (!key.reset()) {
                    // The directory was deleted with all its content.
                    watchNetnsDirectory(netnsWatch);
                    dirty.markAll();
                }
                return true;
            } catch (ClosedWatchServiceException e) {
                LOG.log(Level.DEBUG, "namespaces are no longer watched", e);
                return false;
            }
        }
    }

    private static void watchNetnsDirectory(WatchService service) throws IOException {
        Namespaces.directory()
                .register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
    }

    private final class DriftTask extends ReportedTask {
        DriftTask() {
            super("drift");
        }

        @Override
        public boolean runOnce() throws EngineException, InterruptedException {
            DirtySet.Batch next = dirty.awaitBatch(pollMillis());
            if (next != null) {
                check(next);
            }
            return next != null;
        }
    }

    private long pollMillis() {
        return kernel.firewalls().values().stream().allMatch(Firewall::sendsEvents) ? 0 : LEGACY_POLL_MILLIS;
    }

    private void check(DirtySet.Batch batch) throws EngineException {
        KernelRepair.StateSnapshot snapshot = repairs.snapshot(batch.rules());
        Specs specs = snapshot.specs();
        if (batch.all()) {
            check(this::orphans, subject -> !isHostSubject(subject) && !isRecorded(subject));
        }
        if (batch.all() || (batch.rules() && snapshot.rulesChanged())) {
            check(present -> Map.of(RULES, compare(present).findRuleDrift()), _ -> false);
            reportUnreadable();
            engineRules.observe(kernel);
        }
        if (batch.all() || batch.forwarding()) {
            check(present -> Map.of(FORWARDING, compare(present).findForwardingDrift()), _ -> false);
        }
        List<Id> objects = new ArrayList<>(objects(batch, specs));
        if (batch.all()) {
            specs.all().forEach(spec -> objects.add(spec.id()));
        }
        for (int from = 0; from < objects.size(); from += OBJECTS_PER_CHECK) {
            List<Id> some = objects.subList(from, Math.min(objects.size(), from + OBJECTS_PER_CHECK));
            check(present -> bySubjectId(compare(present).findDriftOf(some, batch.linkNames())), _ -> false);
        }
        repairIfWanted();
    }

    private KernelComparison compare(Specs specs) {
        return KernelComparison.fromHost(kernel, specs);
    }

    private void reportUnreadable() {
        List<Unreadable> unreadable = kernel.firewalls().values().stream()
                .flatMap(firewall -> firewall.unreadable().stream())
                .toList();
        if (problems.setUnreadable(RULES, unreadable)) {
            subscribers.announce(new Event.KernelChanged());
        }
    }

    private interface Check {
        Map<String, List<Drift>> drift(Specs specs) throws EngineException;
    }

    /// An action that begins meanwhile invalidates the check. While actions follow each other without a
    /// pause, they must wait for one check.
    private void check(Check look, Predicate<String> looked) throws EngineException {
        ProblemRegistry.UpdateResult verdict = ProblemRegistry.UpdateResult.STALE;
        for (int attempt = 0; attempt < UNLOCKED_ATTEMPTS && verdict == ProblemRegistry.UpdateResult.STALE; attempt++) {
            verdict = attempt(look, looked);
        }
        if (verdict == ProblemRegistry.UpdateResult.STALE) {
            verdict = repairs.withLock(() -> attempt(look, looked));
        }
        if (verdict == ProblemRegistry.UpdateResult.CHANGED) {
            subscribers.announce(new Event.KernelChanged());
        }
    }

    private ProblemRegistry.UpdateResult attempt(Check look, Predicate<String> looked) throws EngineException {
        KernelRepair.StateSnapshot snapshot = repairs.snapshot(false);
        try {
            return problems.update(snapshot.actionCount(), look.drift(snapshot.specs()), looked);
        } catch (EngineException e) {
            if (problems.actionCount() == snapshot.actionCount()) {
                throw e;
            }
            LOG.log(Level.DEBUG, "an action took away what was looked at", e);
            return ProblemRegistry.UpdateResult.STALE;
        }
    }

    private Map<String, List<Drift>> orphans(Specs specs) throws EngineException {
        Map<String, List<Drift>> seen = new LinkedHashMap<>();
        compare(specs).findOrphans().forEach(drift -> seen.merge(subject(drift), List.of(drift), DriftWatch::concat));
        return seen;
    }

    private static Map<String, List<Drift>> bySubjectId(Map<Id, List<Drift>> drifts) {
        Map<String, List<Drift>> seen = new LinkedHashMap<>();
        drifts.forEach((object, found) -> seen.put(object.value(), found));
        return seen;
    }

    private static boolean isHostSubject(String subject) {
        return subject.equals(RULES) || subject.equals(FORWARDING);
    }

    private boolean isRecorded(String subject) {
        return subject.matches("[0-9a-f]{64}") && repairs.isRecorded(new Id(subject));
    }

    /// Repairs once for each state: if a repair did not help, another one will not help either.
    private void repairIfWanted() throws EngineException {
        List<Problem> present = problems.driftProblems();
        if (repairs.autoRepair() && !present.isEmpty() && !present.equals(lastAttempted)) {
            lastAttempted = present;
            repairs.repairSubjects(problems.subjects());
        } else if (present.isEmpty()) {
            lastAttempted = List.of();
        }
    }

    private static List<Drift> concat(List<Drift> some, List<Drift> more) {
        return List.of(some, more).stream().flatMap(List::stream).toList();
    }

    private static String subject(Drift drift) {
        return drift.object() != null ? drift.object().value() : drift.kind() + " " + drift.arguments();
    }

    private Set<Id> objects(DirtySet.Batch batch, Specs specs) throws EngineException {
        Set<Id> objects = new HashSet<>(batch.ids());
        for (int index : batch.addressedLinks()) {
            Link link = kernel.links().link(index);
            if (link != null) {
                addByAlias(link.alias(), objects);
                addByName(link.name(), specs, objects);
            }
        }
        batch.aliases().forEach(mark -> addByAlias(mark, objects));
        batch.linkNames().forEach(name -> addByName(name, specs, objects));
        for (String namespace : batch.netnsNames()) {
            specs.sandboxesInNetnsNamed(namespace).stream().map(SandboxSpec::id).forEach(objects::add);
        }
        return objects;
    }

    private static void addByAlias(String alias, Set<Id> objects) {
        if (Ownership.idFromAlias(alias) instanceof Id id) {
            objects.add(id);
        }
    }

    private static void addByName(String name, Specs specs, Set<Id> objects) {
        specs.networksOnBridge(name).forEach(network -> objects.add(network.id()));
        if (Ownership.shortIdOfHostInterface(name) instanceof String shortId) {
            objects.addAll(
                    specs.withIdPrefix(shortId).stream().map(spec -> spec.id()).collect(Collectors.toSet()));
        }
    }

    @Override
    public void close() throws IOException {
        dirty.close();
        netnsWatch.close();
    }
}
