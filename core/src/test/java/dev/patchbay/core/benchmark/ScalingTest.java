package dev.patchbay.core.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.lab.LabHost;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.SyncPosition;
import dev.patchbay.engine.spec.Json;
import dev.patchbay.engine.status.PlannedStep;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An action takes the same work beside many networks as beside few: counted, not timed.
class ScalingTest {
    /// Of a number with one more digit, wherever it is said.
    private static final Offset<Long> DIGITS = Offset.offset(256L);

    /// @param told bytes that a client reads to know what an action did
    /// @param written bytes by which the store grew
    /// @param lines commands and rules that the action equals
    /// @param links that a client is told of
    private record Work(long told, long written, long lines, long links) {}

    @Test
    void anActionsWorkDoesNotGrowWithWhatThereIs(@TempDir Path home) throws Exception {
        try (RealLab lab = new RealLab(home);
                HelperClient helper = HelperClient.connect(lab.directory().socket())) {
            lab.done(Change.CreateNetwork.named("tried"));
            lab.done(Change.RunContainer.of(
                            "tried", "host", List.of("sleep", "600"), List.of(EndpointRequest.on("tried")))
                    .withPorts(List.of(mapping(18080))));
            TopologyGenerator crowd = new TopologyGenerator(helper, "tried");
            crowd.growTo(10);
            List<Work> few = round(lab, helper);
            crowd.growTo(120);
            List<Work> many = round(lab, helper);
            for (int i = 0; i < few.size(); i++) {
                assertThat(many.get(i).told()).isCloseTo(few.get(i).told(), DIGITS);
                assertThat(many.get(i).written()).isCloseTo(few.get(i).written(), DIGITS);
                assertThat(many.get(i).lines()).isEqualTo(few.get(i).lines());
                assertThat(many.get(i).links()).isEqualTo(few.get(i).links());
            }
        }
    }

    private static List<Work> round(RealLab lab, HelperClient helper) throws Exception {
        List<Work> work = new ArrayList<>();
        for (Change change : List.of(
                Change.CreateNetwork.named("new"),
                new Change.Connect("tried", EndpointRequest.on("crowd0")),
                new Change.Disconnect("crowd0", "tried"),
                new Change.Publish("tried", mapping(18081)),
                Change.Unpublish.single("tried", 18081, 80, Protocol.TCP),
                new Change.RemoveNetwork("new"))) {
            work.add(work(change, lab, helper));
        }
        return work;
    }

    private static Work work(Change change, RealLab lab, HelperClient helper) throws Exception {
        LabHost controller = lab.controller();
        SyncPosition before = position(helper);
        long stored = stored(lab);
        Outcome.Done done = RealLab.done(controller.apply(change));
        Reply.Changes changes = granted(helper.call(new Request.Changes(before)));
        return new Work(
                Json.MAPPER.writeValueAsBytes(changes).length,
                stored(lab) - stored,
                done.steps().stream()
                        .map(PlannedStep::lines)
                        .mapToInt(List::size)
                        .sum(),
                changes.kernel().links().changed().size());
    }

    private static SyncPosition position(HelperClient helper) throws Exception {
        return granted(helper.call(new Request.Snapshot())).position();
    }

    private static <R extends Reply> R granted(Answer<R> answer) {
        if (answer instanceof Answer.Granted<R>(R reply)) {
            return reply;
        }
        throw new AssertionError(answer.toString());
    }

    private static long stored(RealLab lab) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(lab.directory().directory().resolve("journal"))) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static PortMapping mapping(int host) {
        return PortMapping.of(null, host, 80, Protocol.TCP);
    }
}
