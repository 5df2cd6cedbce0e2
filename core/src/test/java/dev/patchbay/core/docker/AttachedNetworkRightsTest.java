package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.model.Change;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.auth.AdmittedUsers;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.protocol.Frames;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.RequestFrame;
import dev.patchbay.engine.protocol.ServerFrame;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Another user, whom root let in, says to the helper itself what shall be plugged in: a container of an engine
/// that they may ask, and no other namespace of the machine.
class AttachedNetworkRightsTest extends AttachedNetworkEngineTest {
    private static final int NOBODY = 65534;
    private static final int DOCKER = 4711;

    private static final String ASK = """
            my $helper = IO::Socket::UNIX->new(Peer => shift) or die $!;
            local $/;
            $helper->print(<STDIN>);
            $helper->flush;
            read($helper, my $length, 4) == 4 or die 'no answer';
            read($helper, my $answer, unpack('N', $length)) or die 'half an answer';
            print $length, $answer;
            """;

    private Path asked;
    private Path answer;
    private Path ask;

    @BeforeEach
    void letNobodyIn() throws Exception {
        Path sockets = Objects.requireNonNull(helper().getParent());
        AdmittedUsers.forSockets(sockets).admit(NOBODY);
        asked = directory.resolve("asked");
        answer = directory.resolve("answer");
        ask = Files.writeString(directory.resolve("ask.pl"), ASK);
        engine.onHost("chmod o+x " + directory + " " + sockets.getParent() + " " + sockets + "; ln -sf "
                + engine.address().substring("unix://".length()) + " /run/docker.sock; chgrp " + DOCKER
                + " /run/docker.sock; chmod 660 /run/docker.sock");
    }

    private Reply asNobody(int group, String file) throws Exception {
        Id container = new Id(inspected("web", ".Id"));
        SpecChange change;
        long revision;
        try (HelperSession records = HelperSession.connect(helper())) {
            revision = records.state().revision();
            EndpointSpec place = new EndpointSpec(
                    Id.random(),
                    records.state().specs().networksByName("lane").getFirst().id(),
                    container,
                    "pb0",
                    List.of(Cidr.of("10.78.0.7/24")),
                    new MacAddress("02:42:0a:4e:00:07"),
                    List.of(),
                    false,
                    0,
                    true,
                    false,
                    false);
            change = new SpecChange(
                    List.of(
                            SandboxSpec.inExternalNetns(container, "web", Instant.EPOCH, engine.address(), file),
                            place),
                    List.of());
        }
        try (FileChannel out = FileChannel.open(
                asked, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            Frames.writeRequest(
                    out,
                    new RequestFrame(
                            1,
                            new Request.Apply(change, revision, "a try", ActivityKind.ACTION, 0, StopMode.GRACEFUL)));
        }
        engine.onHost("setpriv --reuid " + NOBODY + " --regid " + group + " --clear-groups perl -MIO::Socket::UNIX "
                + ask + " " + helper() + " <" + asked + " >" + answer);
        try (FileChannel in = FileChannel.open(answer)) {
            return ((ServerFrame.ReplyFrame) Objects.requireNonNull(Frames.readServerFrame(in))).reply();
        }
    }

    private String refusal(int group, String file) throws Exception {
        Reply reply = asNobody(group, file);
        assertThat(reply).isInstanceOf(Reply.Refused.class);
        return ((Reply.Refused) reply).refusal().sentence();
    }

    @Test
    void whoeverMayAskTheEngineMayHaveItsContainersPluggedInAndNothingElse() throws Exception {
        web("web", "--network", "shop");
        web("late", "--network", "host");
        lane("lane", "10.78.0.0/24");
        String before = everything();
        String own = inspected("web", ".NetworkSettings.SandboxKey").replaceFirst("^/var/run/", "/run/");
        String process = "/proc/" + inspected("web", ".State.Pid") + "/ns/net";
        Path link = Files.createSymbolicLink(directory.resolve("way"), Path.of("/proc/1/ns/net"));
        assertThat(refusal(NOBODY, own)).isEqualTo("User nobody may not attach the network namespace " + own + ".");
        for (String file : List.of(process, "/proc/1/ns/net", link.toString())) {
            assertThat(refusal(DOCKER, file))
                    .isEqualTo("User nobody may not attach the network namespace " + file + ".");
        }
        assertThat(refusal(DOCKER, "/run/docker/netns/default"))
                .as("the host's own, which is the engine's file")
                .contains("cannot be entered");
        assertThat(everything()).isEqualTo(before);

        assertThat(asNobody(DOCKER, own)).isInstanceOf(Reply.Applied.class);
        assertThat(inside("web", "ip -o address show pb0")).contains("10.78.0.7/24");
        answers("10.78.0.7");
        make(new Change.Disconnect("lane", "web"));
        assertThat(everything()).isEqualTo(before);
        make(new Change.RemoveNetwork("lane"));
    }
}
