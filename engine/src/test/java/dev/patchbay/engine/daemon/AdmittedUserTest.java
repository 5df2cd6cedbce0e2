package dev.patchbay.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.auth.Authorization;
import dev.patchbay.engine.auth.Peer;
import dev.patchbay.engine.auth.PeerRole;
import dev.patchbay.engine.auth.ReplyFilter;
import dev.patchbay.engine.change.Subscribers;
import dev.patchbay.engine.dns.NameServer;
import dev.patchbay.engine.drift.Converger;
import dev.patchbay.engine.firewall.Firewalls;
import dev.patchbay.engine.journal.Journal;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.protocol.Position;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.Standpoint;
import dev.patchbay.engine.sandbox.Runs;
import dev.patchbay.engine.sandbox.Strays;
import dev.patchbay.engine.sandbox.Workloads;
import dev.patchbay.engine.spec.HostSettings;
import dev.patchbay.engine.spec.Json;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Stopping;
import dev.patchbay.engine.spec.Workload;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.step.Kernel;
import dev.patchbay.engine.step.StepWatch;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import dev.patchbay.engine.watch.HostPicture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A user whom root let in beside a sandbox of root's: sees that it is there, and neither reads nor does anything to
/// what runs in it.
@ExtendWith(PrivateNamespace.class)
class AdmittedUserTest {
    /// Stands in the command, the environment, the labels and the title.
    private static final String SECRET = "kd83mfq0";

    private static final SandboxSpec SANDBOX = new SandboxSpec(
            Id.random(),
            "vault",
            Instant.EPOCH,
            "host",
            new Workload.Command(List.of("sh", "-c", "echo " + SECRET + "; exec sleep 600")),
            List.of("sh", "-c", "echo " + SECRET + "; exec sleep 600"),
            "vault",
            "",
            List.of("KEY=" + SECRET),
            List.of(),
            Map.of("key", SECRET),
            false,
            false,
            "none",
            HostSettings.DEFAULT,
            Id.random(),
            Id.random(),
            true,
            false);

    @TempDir
    private Path directory;

    private RouteNetlink links;
    private HostPicture picture;
    private Journal journal;
    private Dispatcher dispatcher;
    private Peer owner;
    private Peer admitted;

    @BeforeEach
    void aHelperWithASandbox() throws Exception {
        links = RouteNetlink.open();
        picture = HostPicture.open(links);
        journal = Journal.open(directory.resolve("journal"));
        Path sandboxes = Files.createDirectory(directory.resolve("sandboxes"));
        Kernel kernel = new Kernel(
                links,
                Firewalls.ofThisHost(),
                new Runs(new Workloads(sandboxes), new Strays(sandboxes)),
                NameServer.NONE);
        Engine engine = new Engine(
                kernel,
                kernel,
                picture,
                new Converger(kernel, StepWatch.NONE),
                journal,
                new Subscribers(),
                StepWatch.NONE);
        engine.recover();
        dispatcher = new Dispatcher(engine, Authorization.ofThisMachine());
        UserPrincipal self = Files.getOwner(Path.of("/proc/self"));
        owner = new Peer(PeerRole.OWNER, self, self);
        UserPrincipal nobody =
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        admitted = new Peer(PeerRole.ADMITTED, nobody, nobody);
        assertThat(apply(owner, new SpecChange(List.of(SANDBOX), List.of()), "patchbay run -e KEY=" + SECRET))
                .isInstanceOf(Reply.Applied.class);
    }

    @AfterEach
    void andNothingIsLeft() throws Exception {
        assertThat(apply(owner, new SpecChange(List.of(), List.of(SANDBOX.id())), "rm"))
                .isInstanceOf(Reply.Applied.class);
        journal.close();
        picture.close();
        links.close();
    }

    private Reply apply(Peer peer, SpecChange change, String title) {
        return dispatcher.reply(
                new Request.Apply(change, journal.stored().revision(), title, ActivityKind.ACTION, 0, Stopping.AT_ONCE),
                peer);
    }

    private Reply.State state(Peer peer) {
        return (Reply.State) dispatcher.reply(new Request.Snapshot(), peer);
    }

    private String processes() throws Exception {
        return Shell.run("ip", "netns", "pids", SANDBOX.namespaceName());
    }

    @Test
    void readsNothingOfWhatRuns() throws Exception {
        Position beginning = new Position(state(owner).position().helper(), 0, 0);
        for (Request<?> request : List.of(
                new Request.Snapshot(),
                new Request.Changes(beginning),
                new Request.Activity(0),
                new Request.Repair(true),
                new Request.Log(SANDBOX.id(), 0),
                new Request.Look(new Standpoint.OfSandbox(SANDBOX.id())),
                new Request.Listeners(PortRange.EVERY),
                new Request.Counters())) {
            Reply reply = dispatcher.reply(request, admitted);
            assertThat(Json.MAPPER.writeValueAsString(reply))
                    .as(request.toString())
                    .doesNotContain(SECRET);
        }
        assertThat(Json.MAPPER.writeValueAsString(state(owner)))
                .as("the owner sees it")
                .contains(SECRET);
        assertThat(Json.MAPPER.writeValueAsString(dispatcher.reply(new Request.Activity(0), owner)))
                .contains(SECRET);
        assertThat(state(admitted).specs()).singleElement().isInstanceOfSatisfying(SandboxSpec.class, seen -> {
            assertThat(seen.name()).isEqualTo("vault");
            assertThat(seen.running()).isTrue();
            assertThat(seen.environment()).isEmpty();
        });
    }

    /// A repair starts commands again, and its steps say how.
    @Test
    void readsNoCommandInTheStepsOfAPlan() throws Exception {
        SpecChange restart = new SpecChange(List.of(SANDBOX.started()), List.of());
        Reply plan =
                dispatcher.reply(new Request.Preview(restart, journal.stored().revision()), owner);
        assertThat(Json.MAPPER.writeValueAsString(plan)).contains(SECRET);
        assertThat(Json.MAPPER.writeValueAsString(ReplyFilter.visible(plan, PeerRole.ADMITTED)))
                .contains("start the command of ")
                .doesNotContain(SECRET);
    }

    @Test
    void doesNothingToIt() throws Exception {
        String before = processes();
        SandboxSpec stopped = SANDBOX.stopped();
        for (Request<?> request : List.<Request<?>>of(
                new Request.Signal(SANDBOX.id(), 9),
                new Request.AutoRepair(true),
                new Request.Stop(),
                new Request.Log(SANDBOX.id(), 0))) {
            assertThat(dispatcher.reply(request, admitted))
                    .as(request.toString())
                    .isInstanceOf(Reply.Refused.class);
        }
        for (SpecChange change : List.of(
                new SpecChange(List.of(), List.of(SANDBOX.id())),
                new SpecChange(List.<Spec>of(stopped), List.of()),
                new SpecChange(List.<Spec>of(SANDBOX.named("mine")), List.of()),
                // Another kind with the same id.
                new SpecChange(
                        List.<Spec>of(SandboxSpec.entered(SANDBOX.id(), "vault", Instant.EPOCH, "", null)),
                        List.of()))) {
            assertThat(apply(admitted, change, "a try")).as(change.toString()).isInstanceOf(Reply.Refused.class);
        }
        assertThat(processes()).isEqualTo(before).isNotBlank();
        assertThat(state(owner).autoRepair()).isFalse();
        assertThat(state(owner).specs()).containsExactly(SANDBOX);
    }
}
