package dev.patchbay.engine.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.protocol.ActivityKind;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.Samples;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Stopping;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who may manage this machine's networks may not run programs as root for that.
class StandingTest {
    private static final SpecChange SANDBOX = putting(Samples.sandbox());
    private static final SpecChange NETWORK = putting(Samples.network());

    private static SpecChange putting(Spec spec) {
        return new SpecChange(List.of(spec), List.of());
    }

    private static Request.Apply apply(SpecChange change) {
        return new Request.Apply(change, 1, "a change", ActivityKind.ACTION, 0, Stopping.IN_TIME);
    }

    @Test
    void whoWasLetInMayManageNetworksAndRunNothing() {
        assertThat(Standing.ADMITTED.refusal(apply(NETWORK))).isEmpty();
        assertThat(Standing.ADMITTED.refusal(new Request.Counters())).isEmpty();
        assertThat(Standing.ADMITTED.refusal(apply(SANDBOX)))
                .hasValueSatisfying(refusal -> assertThat(refusal.sentence())
                        .isEqualTo("On this machine root alone runs commands in sandboxes."));
        assertThat(Standing.ADMITTED.refusal(new Request.Preview(SANDBOX, 1))).isPresent();
    }

    @Test
    void aSandboxThatIsOnlyGoneIntoRunsNothing() {
        assertThat(Standing.ADMITTED.refusal(apply(
                        putting(SandboxSpec.entered(Id.random(), "web", Instant.EPOCH, "", "/run/docker/netns/web")))))
                .isEmpty();
        assertThat(Standing.ADMITTED.refusal(apply(putting(SandboxSpec.foreign(Id.random(), "web", Instant.EPOCH)))))
                .isPresent();
    }

    @Test
    void theOwnerMayRunWhatItLikes() {
        assertThat(Standing.OWNER.refusal(apply(SANDBOX))).isEmpty();
    }
}
