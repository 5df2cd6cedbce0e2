package dev.patchbay.core.lab.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.net.PortRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done in whatever order, records and kernel are what a small model says, what is to be refused is
/// refused and changes nothing, and undoing all of it leads back to the start.
///
/// `-Dpatchbay.seed=N` plays one sequence and `N-M` several; `-Dpatchbay.long=true` thousands.
class AnySequenceTest {
    private static final int QUICKLY = 300;
    private static final int LONG = 3000;
    /// Each of them may need a Lab of its own.
    private static final int TRIES_TO_SHORTEN = 24;
    private static final int LABS = 2;

    @TempDir
    private Path home;

    private final AtomicLong labs = new AtomicLong();
    private final AtomicLong next = new AtomicLong();
    private final AtomicBoolean failed = new AtomicBoolean();

    @Test
    void recordsAndKernelAreWhatTheModelSays() throws Exception {
        PortRange seeds = seeds();
        next.set(seeds.first());
        List<Future<List<String>>> players = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(LABS)) {
            for (int i = 0; i < Math.min(LABS, seeds.size()); i++) {
                players.add(threads.submit(player(seeds.last())));
            }
            for (Future<List<String>> player : players) {
                assertThat(player.get()).isEmpty();
            }
        }
    }

    private static PortRange seeds() {
        String asked = System.getProperty("patchbay.seed");
        return asked == null
                ? new PortRange(1, Boolean.getBoolean("patchbay.long") ? LONG : QUICKLY)
                : PortRange.of(asked);
    }

    /// Plays until the last seed or the first failure, and tells that.
    private Callable<List<String>> player(long last) {
        return () -> {
            try (SequenceRunner session = new SequenceRunner(freshHome())) {
                for (long seed = next.getAndIncrement(); seed <= last && !failed.get(); seed = next.getAndIncrement()) {
                    List<ModelStep> steps = StepSequence.of(seed);
                    try {
                        session.play(steps);
                    } catch (Exception | AssertionError e) {
                        failed.set(true);
                        return List.of(report(seed, steps, e));
                    }
                }
            }
            return List.of();
        };
    }

    private String report(long seed, List<ModelStep> steps, Throwable failure) {
        SequenceShrinker shrinking = new SequenceShrinker(this::failureOf, TRIES_TO_SHORTEN);
        SequenceShrinker.Failing shortest = shrinking.shrink(new SequenceShrinker.Failing(steps, failure));
        return "-Dpatchbay.seed=%d: %s%n%s%n%nShortened to%n%s%n%nwhere %s"
                .formatted(seed, failure, lines(steps), lines(shortest.steps()), shortest.failure());
    }

    private static String lines(List<ModelStep> steps) {
        return steps.stream().map(step -> "  " + step).collect(Collectors.joining("\n"));
    }

    /// On a Lab of its own, since the last failure may have left anything.
    private Throwable failureOf(List<ModelStep> steps) throws Exception {
        try (SequenceRunner session = new SequenceRunner(freshHome())) {
            session.play(steps);
            return SequenceShrinker.NONE;
        } catch (AssertionError e) {
            return e;
        }
    }

    private Path freshHome() {
        return home.resolve("lab" + labs.incrementAndGet());
    }
}
