package dev.patchbay.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.auth.Authorization;
import dev.patchbay.engine.auth.PeerCredentials;
import dev.patchbay.engine.auth.ReplyFilter;
import dev.patchbay.engine.change.Subscribers;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.dns.DnsService;
import dev.patchbay.engine.firewall.HostFirewalls;
import dev.patchbay.engine.journal.Journal;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.protocol.ProbeSource;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.SyncPosition;
import dev.patchbay.engine.sandbox.Orphans;
import dev.patchbay.engine.sandbox.WorkloadLauncher;
import dev.patchbay.engine.sandbox.WorkloadRegistry;
import dev.patchbay.engine.spec.Json;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Workload;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.step.KernelAccess;
import dev.patchbay.engine.step.StepObserver;
import dev.patchbay.engine.step.StepRunner;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import dev.patchbay.engine.watch.LinkCache;
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
    private LinkCache picture;
    private Journal journal;
    private RequestDispatcher dispatcher;
    private PeerCredentials owner;
    private PeerCredentials admitted;

    @BeforeEach
    void aHelperWithASandbox() throws Exception {
        links = RouteNetlink.open();
        picture = LinkCache.open(links);
        journal = Journal.open(directory.resolve("journal"));
        Path sandboxes = Files.createDirectory(directory.resolve("sandboxes"));
        KernelAccess kernel = new KernelAccess(
                links,
                HostFirewalls.detect(),
                new WorkloadRegistry(new WorkloadLauncher(sandboxes), new Orphans(sandboxes)),
                DnsService.NONE);
        DaemonServices engine = new DaemonServices(
                kernel,
                kernel,
                picture,
                new StepRunner(kernel, StepObserver.NONE),
                journal,
                new Subscribers(),
                StepObserver.NONE);
        engine.recover();
        dispatcher = new RequestDispatcher(engine, Authorization.forThisMachine());
        UserPrincipal self = Files.getOwner(Path.of("/proc/self"));
        owner = new PeerCredentials(PeerCredentials.Role.OWNER, self, self);
        UserPrincipal nobody =
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        admitted = new PeerCredentials(PeerCredentials.Role.ADMITTED, nobody, nobody);
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

    private Reply apply(PeerCredentials peer, SpecChange change, String title) {
        return dispatcher.reply(
                new Request.Apply(change, journal.stored().revision(), title, ActivityKind.ACTION, 0, StopMode.KILL),
                peer);
    }

    private Reply.State state(PeerCredentials peer) {
        return (Reply.State) dispatcher.reply(new Request.Snapshot(), peer);
    }

    private String processes() throws Exception {
        return Shell.run("ip", "netns", "pids", SANDBOX.netnsName());
    }

    @Test
    void readsNothingOfWhatRuns() throws Exception {
        SyncPosition beginning = new SyncPosition(state(owner).position().helper(), 0, 0);
        for (Request<?> request : List.of(
                new Request.Snapshot(),
                new Request.Changes(beginning),
                new Request.Activity(0),
                new Request.Repair(true),
                new Request.Log(SANDBOX.id(), 0),
                new Request.InspectNetns(new ProbeSource.Sandbox(SANDBOX.id())),
                new Request.Listeners(PortRange.ALL),
                new Request.Counters(0))) {
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
        SpecChange restart = new SpecChange(List.of(SANDBOX.withNewRun()), List.of());
        Reply plan =
                dispatcher.reply(new Request.Preview(restart, journal.stored().revision()), owner);
        assertThat(Json.MAPPER.writeValueAsString(plan)).contains(SECRET);
        assertThat(Json.MAPPER.writeValueAsString(ReplyFilter.filter(plan, PeerCredentials.Role.ADMITTED)))
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
                new SpecChange(List.<Spec>of(SANDBOX.withName("mine")), List.of()),
                // Another kind with the same id.
                new SpecChange(
                        List.<Spec>of(SandboxSpec.inExternalNetns(SANDBOX.id(), "vault", Instant.EPOCH, "", null)),
                        List.of()))) {
            assertThat(apply(admitted, change, "a try")).as(change.toString()).isInstanceOf(Reply.Refused.class);
        }
        assertThat(processes()).isEqualTo(before).isNotBlank();
        assertThat(state(owner).autoRepair()).isFalse();
        assertThat(state(owner).specs()).containsExactly(SANDBOX);
    }
}
