package dev.patchbay.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchbay.engine.EngineException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchLoopTest {
    private final List<String> told = new ArrayList<>();

    private interface Round {
        boolean play() throws Exception;
    }

    /// Plays the given rounds in turn and ends the loop after the last.
    private final class Played implements WatchLoop.Task {
        private final Deque<Round> rounds;
        private boolean givesUp;

        Played(Round... rounds) {
            this.rounds = new ArrayDeque<>(List.of(rounds));
        }

        @Override
        public boolean runOnce() throws Exception {
            Round next = rounds.poll();
            return next != null && next.play();
        }

        @Override
        public boolean onFailure(Exception reason, int inARow) {
            told.add(reason.getMessage() + " " + inARow);
            return !givesUp;
        }

        @Override
        public void onRecovery() {
            told.add("recovered");
        }

        @Override
        public void onError(Error reason) {
            told.add("ended: " + reason.getMessage());
        }
    }

    @Test
    void anUncheckedExceptionIsReportedAndTheNextRoundComes() {
        WatchLoop.run(
                "test",
                new Played(
                        () -> true,
                        () -> {
                            throw new IllegalArgumentException("first");
                        },
                        () -> {
                            throw new EngineException("step", "second");
                        },
                        () -> true,
                        () -> {
                            throw new IllegalStateException("third");
                        },
                        () -> true));
        assertThat(told).containsExactly("first 1", "step: second 2", "recovered", "third 1", "recovered");
    }

    @Test
    void whoeverReportsTheLossEndsTheLoop() {
        Played played = new Played(
                () -> {
                    throw new IllegalStateException("lost");
                },
                () -> {
                    throw new AssertionError("a round after the end");
                });
        played.givesUp = true;
        WatchLoop.run("test", played);
        assertThat(told).containsExactly("lost 1");
    }

    @Test
    void aReportThatFailsDoesNotEndTheLoop() {
        List<String> rounds = new ArrayList<>();
        WatchLoop.run("test", new WatchLoop.Task() {
            @Override
            public boolean runOnce() {
                rounds.add("round");
                if (rounds.size() == 1) {
                    throw new IllegalStateException("once");
                }
                return false;
            }

            @Override
            public boolean onFailure(Exception reason, int inARow) {
                throw new IllegalStateException("nobody listens");
            }
        });
        assertThat(rounds).hasSize(2);
    }

    @Test
    void anErrorIsToldAndLeftToTheThread() {
        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(() -> WatchLoop.run("test", new Played(() -> {
                    throw new StackOverflowError("deep");
                })));
        assertThat(told).containsExactly("ended: deep");
    }

    @Test
    void anInterruptEndsTheLoopAndIsKept() {
        WatchLoop.run("test", new Played(() -> {
            throw new InterruptedException();
        }));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(told).isEmpty();
    }
}
