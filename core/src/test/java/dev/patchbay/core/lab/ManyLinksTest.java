package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.status.PlannedStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many links go in one message, and nothing else goes with them.
class ManyLinksTest {
    private static final List<String> NETWORKS =
            List.of("one", "two", "three", "four", "five", "six", "seven", "eight");

    @TempDir
    private Path home;

    private RealLab lab;

    @BeforeEach
    void build() throws Exception {
        lab = new RealLab(home);
        for (String network : NETWORKS) {
            lab.done(Change.CreateNetwork.named(network));
        }
        lab.done(Change.RunContainer.of(
                "box",
                "host",
                List.of("sleep", "600"),
                NETWORKS.stream().map(EndpointRequest::on).toList()));
        // As near to ours as can be without being ours.
        lab.onHost("ip link add by-hand type bridge; ip link set by-hand group 28770");
    }

    @AfterEach
    void end() throws Exception {
        lab.close();
    }

    @Test
    void aContainersLinksAndPrunedNetworksGoTogetherAndComeBack() throws Exception {
        String before = links();
        Change remove = new Change.RemoveContainer("box", true);
        assertThat(steps(lab.controller().preview(remove)))
                .filteredOn(step -> step.name().endsWith("veth links"))
                .singleElement()
                .satisfies(step -> assertThat(step.lines())
                        .hasSize(NETWORKS.size() + 1)
                        .last()
                        .asString()
                        .startsWith("ip link delete group"));
        lab.done(remove);
        assertThat(links()).doesNotContain("pbv");

        Outcome.Done pruned = lab.done(new Change.PruneNetworks(Map.of()));
        assertThat(pruned.steps()).extracting(PlannedStep::name).contains("delete 8 bridges");
        assertThat(links()).contains("patchbay0", "by-hand").doesNotContain("pb-");

        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        assertThat(lab.controller().repair(true)).isEmpty();
        assertThat(links().split("pbv|pb-")).hasSameSizeAs(before.split("pbv|pb-"));
    }

    @Test
    void aStrangersLinkInTheGroupThatGoesStays() throws Exception {
        Change remove = new Change.RemoveContainer("box", true);
        String last = steps(lab.controller().preview(remove)).stream()
                .map(step -> step.lines().getLast())
                .filter(line -> line.startsWith("ip link delete group "))
                .findFirst()
                .orElseThrow();
        String group = last.substring(last.lastIndexOf(' ') + 1);
        lab.onHost("ip link add theirs0 up type bridge; ip link add theirs1 up type veth peer name theirs2;"
                + " ip link add theirs3 type bridge;"
                + " for n in 0 1 2 3; do ip link set theirs$n group " + group + "; done");
        // Without what the kernel finds out about their carriers a moment later.
        String show = "ip link show group " + group + " | sed -E 's/NO-CARRIER,|,LOWER_UP//; s/ state [A-Z]+//'";
        String theirs = lab.onHost(show);
        assertThat(theirs.lines().filter(line -> line.contains(": theirs"))).hasSize(4);

        lab.done(remove);

        assertThat(lab.onHost(show)).isEqualTo(theirs);
        assertThat(links()).doesNotContain("pbv");
        assertThat(lab.controller().repair(true)).isEmpty();
    }

    /// As a helper that died between the two halves of the deletion leaves them.
    @Test
    void whatWasMarkedToGoAndStaysLosesItsMark() throws Exception {
        String bridge = lab.onHost("ip -br link show type bridge | awk '/^pb-/{print $1; exit}'")
                .strip();
        String veth = lab.onHost("ip -br link show type veth | awk '/^pbv/{print $1; exit}' | cut -d@ -f1")
                .strip();
        String index = lab.onHost("cat /sys/class/net/" + bridge + "/ifindex /sys/class/net/" + veth + "/ifindex");
        lab.onHost("ip link set " + bridge + " group 1885471111; ip link set " + veth + " group 1885471111");

        assertThat(lab.controller().repair(false))
                .extracting(PlannedStep::name)
                .containsExactlyInAnyOrder("keep " + bridge, "keep " + veth);

        assertThat(lab.onHost("cat /sys/class/net/" + bridge + "/ifindex /sys/class/net/" + veth + "/ifindex"))
                .as("neither was made anew")
                .isEqualTo(index);
        assertThat(lab.onHost("ip -d link show " + bridge + "; ip -d link show " + veth))
                .contains("group 28770")
                .doesNotContain("1885471111");
        assertThat(lab.controller().repair(true)).isEmpty();
    }

    private static List<PlannedStep> steps(Outcome outcome) {
        return RealLab.done(outcome).steps();
    }

    private String links() throws Exception {
        return lab.onHost("ip -br link");
    }
}
