package dev.patchbay.core.docker.follow;

import com.github.dockerjava.api.model.Event;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.network.AttachedNetworks;
import dev.patchbay.core.docker.state.EngineEvents;
import dev.patchbay.core.docker.state.EngineSession;
import dev.patchbay.core.docker.state.EngineWatch;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.resolver.NameServer;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.dns.DnsRecords;
import dev.patchbay.engine.dns.QueryRedirects;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Keeps the ports and the cables that Patchbay has for an engine's containers where the containers are:
/// through their restarts and other addresses, while they are stopped, until they are removed. When the
/// engine goes away, nothing is known of its containers, and all stays as it is until it is back.
/// Another engine's containers are none of its business.
///
/// It answers name queries of these containers meanwhile: the helper redirects those for names on its
/// networks here.
final class Follower {
    private static final System.Logger LOG = System.getLogger(Follower.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final String engine;
    private final Path helperSocket;

    /// How a time of following ended.
    private enum FollowResult {
        NOTHING_LEFT,
        LOST
    }

    Follower(String engine, Path helperSocket) {
        this.engine = engine;
        this.helperSocket = helperSocket;
    }

    /// Until nothing is left to follow, or the helper is gone.
    void run() throws IOException, InterruptedException {
        try (NameServer names = new NameServer(QueryRedirects.PORT)) {
            run(names);
        }
    }

    private void run(NameServer names) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (hasWork()) {
            try {
                if (follow(names) == FollowResult.NOTHING_LEFT) {
                    return;
                }
                pause = FIRST_PAUSE;
            } catch (EngineException e) {
                LOG.log(Level.INFO, "the engine cannot be followed now: {0}", e.getMessage());
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /// False without a helper, too: who starts one again starts this again. One that is silent may go on.
    boolean hasWork() {
        try (HelperSession helper = HelperSession.connect(helperSocket)) {
            return AttachedNetworks.engines(helper.state().specs()).contains(engine);
        } catch (EngineException e) {
            return switch (e.kind()) {
                case NOT_RESPONDING, REJECTED -> true;
                case FAILED, DISCONNECTED, OUTCOME_UNKNOWN -> false;
            };
        }
    }

    private FollowResult follow(NameServer names) throws EngineException {
        CompletableFuture<FollowResult> end = new CompletableFuture<>();
        try (HelperSession helper = HelperSession.connect(helperSocket);
                DockerEngine docker = DockerEngine.recorded(engine)) {
            names.serve(() -> DnsRecords.ofAttached(helper.state().specs()));
            EngineSession session = new EngineSession(docker);
            FollowUp comparison = new FollowUp(helper, session);
            try (EngineWatch _ = session.watch(
                    (changed, responding) -> helper.watch(
                            () -> {
                                // At once: the engine is looked at later.
                                names.updateOrLog();
                                changed.run();
                            },
                            responding),
                    _ -> () -> {},
                    listener(comparison, helper, names, end))) {
                return end.join();
            }
        }
    }

    private static EngineWatch.Listener listener(
            FollowUp comparison, HelperSession helper, NameServer names, CompletableFuture<FollowResult> end) {
        return new EngineWatch.Listener() {
            // An engine that starts puts its rules before those of others. The first look comes when its events are
            // heard already: had it started after a repair, they would have ended.
            private volatile boolean disturbed = true;

            @Override
            public void onEvent(Event event) {
                disturbed |= EngineEvents.createsNetwork(event);
            }

            @Override
            public void refresh(boolean doubted) throws EngineException {
                if (disturbed) {
                    repair();
                }
                boolean followed = comparison.reconcile();
                names.update();
                if (!followed) {
                    end.complete(FollowResult.NOTHING_LEFT);
                }
            }

            private void repair() throws EngineException {
                disturbed = false;
                try {
                    helper.repair(false);
                } catch (EngineException e) {
                    disturbed = true;
                    throw e;
                }
            }

            @Override
            public void onLost(EngineException reason) {
                LOG.log(Level.INFO, "no longer following: {0}", reason.getMessage());
                end.complete(FollowResult.LOST);
            }
        };
    }
}
