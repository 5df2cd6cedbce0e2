package dev.patchbay.engine.change;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.NetnsRef;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.sandbox.WorkloadRegistry;
import dev.patchbay.engine.sandbox.WorkloadStart;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.CommandExit;
import dev.patchbay.engine.step.ChangePlanner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Handles requests for changes: admits or refuses them, and makes them one after the other.
public final class ChangeRequests {
    private final DaemonState shared;
    private final ChangeExecutor changes;
    private final BiConsumer<SandboxSpec, CommandExit> onExit;

    /// @param ended called for commands that were stopped for a change that was then not made
    public ChangeRequests(DaemonState shared, ChangeExecutor changes, BiConsumer<SandboxSpec, CommandExit> ended) {
        this.shared = shared;
        this.changes = changes;
        this.onExit = ended;
    }

    /// Whether a peer may make a change to the records.
    @FunctionalInterface
    public interface ChangeAuthorization {
        /// Null when it may.
        @Nullable
        Refusal refusal(Specs specs);
    }

    public Reply preview(Request.Preview request, ChangeAuthorization rights) throws EngineException {
        synchronized (shared) {
            PriorHostState found = withHostState(request.change());
            Refusal refusal = refusal(found, request.baseRevision(), rights);
            return refusal != null
                    ? new Reply.Refused(refusal)
                    : new Reply.Planned(DaemonState.plannedSteps(
                            ChangePlanner.steps(shared.kernel(), shared.specs(), found.change())));
        }
    }

    private PriorHostState withHostState(SpecChange change) throws EngineException {
        return PriorHostState.of(shared.specs(), change, shared.kernel().links());
    }

    /// Stops the commands first that the change ends, and waits for them without blocking other changes.
    public Reply apply(Request.Apply request, ChangeAuthorization rights) throws EngineException {
        PendingStops asked = requestStops(request, rights);
        boolean made = false;
        try {
            WorkloadRegistry.awaitExit(asked.allStopped());
            synchronized (shared) {
                boolean rebased = !asked.sandboxes().isEmpty() && isUntouched(request.change(), asked.specs());
                long base = rebased ? shared.revision() : request.baseRevision();
                PriorHostState found = withHostState(request.change());
                Refusal refusal = refusal(found, base, rights);
                if (refusal != null) {
                    return new Reply.Refused(refusal);
                }
                Reply.Applied applied =
                        changes.execute(found.change(), request.title(), request.kind(), request.refersTo());
                made = true;
                return applied;
            }
        } finally {
            if (!made) {
                asked.sandboxes().forEach(this::cancelStop);
            }
        }
    }

    /// @param specs the specs when they were asked to stop
    /// @param allStopped completes when none of them runs any more
    private record PendingStops(List<SandboxSpec> sandboxes, Specs specs, CompletableFuture<?> allStopped) {}

    private PendingStops requestStops(Request.Apply request, ChangeAuthorization rights) throws EngineException {
        synchronized (shared) {
            Specs before = shared.specs();
            List<SandboxSpec> sandboxes = new ArrayList<>();
            if (refusal(withHostState(request.change()), request.baseRevision(), rights) == null) {
                shared.journal().requireSpace();
                Specs after = before.after(request.change());
                for (Id id : request.change().ids()) {
                    if (before.find(id) instanceof SandboxSpec old
                            && old.running()
                            && !(after.find(id) instanceof SandboxSpec now
                                    && now.running()
                                    && now.run().equals(old.run()))) {
                        sandboxes.add(old);
                    }
                }
            }
            return new PendingStops(
                    sandboxes,
                    before,
                    CompletableFuture.allOf(sandboxes.stream()
                            .map(sandbox -> shared.kernel().workloads().requestStop(sandbox, request.stopping()))
                            .toArray(CompletableFuture[]::new)));
        }
    }

    private boolean isUntouched(SpecChange change, Specs then) {
        return change.ids().stream()
                .allMatch(id -> Objects.equals(then.find(id), shared.specs().find(id)));
    }

    /// Records commands that were stopped for a failed change as exits of their own.
    private void cancelStop(SandboxSpec sandbox) {
        shared.kernel().workloads().cancelStopRequest(sandbox).ifPresent(ending -> onExit.accept(sandbox, ending));
    }

    private @Nullable Refusal refusal(PriorHostState found, long baseRevision, ChangeAuthorization rights) {
        SpecChange change = found.change();
        long revision = shared.revision();
        if (baseRevision != revision) {
            return Refusal.of(
                    Refusal.STALE_REVISION,
                    "the records are at revision " + revision + ", the change was made for " + baseRevision);
        }
        for (Refusal refusal : Arrays.asList(
                rights.refusal(shared.specs()), found.refusal(), SpecValidator.refusal(shared.specs(), change))) {
            if (refusal != null) {
                return refusal;
            }
        }
        return needsIpv6(change) && !shared.kernel().firewalls().containsKey(Family.IPV6)
                ? Refusal.of("no-ipv6", "this host has no IPv6, or no ip6tables to guard a network with")
                : startRefusal(change);
    }

    private static boolean needsIpv6(SpecChange change) {
        return change.put().stream().anyMatch(spec -> spec instanceof NetworkSpec network && network.hasIpv6());
    }

    private static @Nullable Refusal netnsRefusal(SandboxSpec sandbox) {
        try (Namespace _ = new NetnsRef(sandbox).open()) {
            return null;
        } catch (EngineException e) {
            return new Refusal(
                    "no-such-namespace",
                    "The network namespace of container " + sandbox.name() + " cannot be entered: " + e.reason(),
                    "A container that was just started again has another one.");
        }
    }

    /// Only the helper can check the files of a command and the namespaces of others.
    private @Nullable Refusal startRefusal(SpecChange change) {
        for (Spec spec : change.put()) {
            if (spec instanceof SandboxSpec sandbox
                    && sandbox.running()
                    && !sandbox.equals(shared.specs().find(spec.id()))) {
                Optional<WorkloadStart.Failed> problem =
                        shared.kernel().workloads().startProblem(sandbox);
                if (problem.isPresent()) {
                    return Refusal.of("command-not-runnable", problem.get().sentence());
                }
                if (sandbox.hasExternalNetns()) {
                    Refusal refusal = netnsRefusal(sandbox);
                    if (refusal != null) {
                        return refusal;
                    }
                }
            }
        }
        return null;
    }
}
