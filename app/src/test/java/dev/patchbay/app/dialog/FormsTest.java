package dev.patchbay.app.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.container.RunContainerForm;
import dev.patchbay.app.hosts.FakeHost;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.network.ConnectForm;
import dev.patchbay.app.network.DriverFields;
import dev.patchbay.app.network.NetworkEditForm;
import dev.patchbay.app.network.NetworkForm;
import dev.patchbay.app.publish.PublishForm;
import dev.patchbay.app.task.ManualTasks;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Cidr;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FormsTest {
    private final FakeHost fake = new FakeHost(SampleTopology.seed());
    private final ManualTasks tasks = new ManualTasks();
    private final HostViewModel host =
            new HostViewModel(() -> new HostOpener.Result.Opened(fake), tasks, InstantSource.system());

    @BeforeEach
    void open() {
        host.open();
    }

    private Container web01() {
        return Objects.requireNonNull(SampleTopology.seed().container(SampleTopology.WEB01));
    }

    private Network mydockernet() {
        return Objects.requireNonNull(SampleTopology.seed().network(SampleTopology.MYDOCKERNET));
    }

    @Test
    void theHostIsAskedOnceAfterAPauseInTyping() {
        NetworkForm form = new NetworkForm(host, tasks);
        form.name().set("m");
        form.name().set("my");
        form.name().set("mynet");
        assertThat(fake.previewed).isEmpty();
        tasks.runScheduled();
        assertThat(fake.previewed).containsExactly(Change.CreateNetwork.named("mynet"));
        assertThat(form.preview().state().get()).isInstanceOf(ChangePreview.State.Steps.class);
        assertThat(form.proposedSubnet().get()).isEqualTo("172.18.0.0/16");
        assertThat(form.proposedGateway().get()).isEqualTo("172.18.0.1");
    }

    @Test
    void whatCannotBeReadIsSaidWithoutAskingTheHost() {
        NetworkForm form = new NetworkForm(host, tasks);
        form.name().set("-x");
        form.subnet().set("172.18.0.0");
        form.gateway().set("here");
        tasks.runScheduled();
        assertThat(fake.previewed).isEmpty();
        assertThat(form.nameProblem()).isNotEmpty();
        assertThat(form.subnetProblem()).isNotEmpty();
        assertThat(form.gatewayProblem()).isNotEmpty();
        assertThat(form.preview().applicable().get()).isFalse();
    }

    @Test
    void theDriverBringsItsOwnOptions() {
        NetworkForm form = new NetworkForm(host, tasks);
        form.name().set("mynet");
        DriverFields choice = form.advanced().driver();
        choice.bridge().set("br-shop");
        form.advanced().icc().set(false);
        assertThat(form.change()).isInstanceOfSatisfying(Change.CreateNetwork.class, create -> {
            assertThat(create.driver()).isEqualTo("bridge");
            assertThat(create.options())
                    .isEqualTo(Map.of(
                            "com.docker.network.bridge.name",
                            "br-shop",
                            "com.docker.network.bridge.enable_icc",
                            "false"));
        });
        choice.driver().set("macvlan");
        choice.parent().set(choice.links().getFirst());
        assertThat(form.change()).isInstanceOfSatisfying(Change.CreateNetwork.class, create -> {
            assertThat(create.driver()).isEqualTo("macvlan");
            assertThat(create.options()).isEqualTo(Map.of("parent", "eth0"));
        });
        choice.parent().set("a name too long for a link");
        assertThat(choice.parentProblem()).isNotEmpty();
        assertThat(form.change()).isNull();
        choice.driver().set(" weave ");
        choice.extra().set("=x");
        assertThat(choice.extraProblem()).isNotEmpty();
        assertThat(form.change()).isNull();
        choice.extra().set("mode=far fast");
        assertThat(form.change()).isInstanceOfSatisfying(Change.CreateNetwork.class, create -> {
            assertThat(create.driver()).isEqualTo("weave");
            assertThat(create.options()).isEqualTo(Map.of("mode", "far", "fast", ""));
        });
    }

    @Test
    void whatIsFoldedAwayBecomesPartOfTheNetwork() {
        NetworkForm form = new NetworkForm(host, tasks);
        form.name().set("mynet");
        form.subnet().set("10.1.0.0/16");
        form.subnet6().set("fd00::/64");
        form.advanced().range().set("10.1.5.0/24");
        form.advanced().auxiliary().set("router=10.1.0.5 printer=10.1.0.6");
        form.advanced().labels().set("tier=front 'note=two words' flag");
        form.advanced().mtu().set("1400");
        PoolRequest pool = new PoolRequest(
                "10.1.0.0/16", "10.1.5.0/24", null, Map.of("router", "10.1.0.5", "printer", "10.1.0.6"));
        assertThat(form.change()).isInstanceOfSatisfying(Change.CreateNetwork.class, create -> {
            assertThat(create.pools()).containsExactly(pool);
            assertThat(create.labels()).isEqualTo(Map.of("tier", "front", "note", "two words", "flag", ""));
            assertThat(create.options()).isEqualTo(Map.of("com.docker.network.driver.mtu", "1400"));
            assertThat(create.ipv6()).isFalse();
        });
        form.ipv6().set(true);
        assertThat(form.change()).isInstanceOfSatisfying(Change.CreateNetwork.class, create -> {
            assertThat(create.ipv6()).isTrue();
            assertThat(create.pools()).containsExactly(pool, PoolRequest.subnet("fd00::/64"));
        });
        form.advanced().mtu().set("big");
        form.advanced().auxiliary().set("router=here");
        assertThat(form.advanced().mtuProblem()).isNotEmpty();
        assertThat(form.advanced().auxiliaryProblem()).isNotEmpty();
        assertThat(form.change()).isNull();
    }

    @Test
    void editingAsksForWhatDiffersOnly() {
        NetworkEditForm form = new NetworkEditForm(host, tasks, mydockernet());
        assertThat(form.change()).isNull();
        form.labels().set("tier=front");
        form.mtu().set("1400");
        assertThat(form.change())
                .isEqualTo(new Change.UpdateNetwork("mydockernet", null, Map.of("tier", "front"), List.of(), "1400"));
        form.labels().set("");
        form.mtu().set("");
        form.name().set("other");
        assertThat(form.change())
                .isEqualTo(new Change.UpdateNetwork("mydockernet", "other", Map.of(), List.of(), null));
        form.name().set("-");
        assertThat(form.change()).isNull();
    }

    @Test
    void aRefusalOfTheHostStaysInTheForm() {
        Refusal overlap = new Refusal("overlap", "Pool overlaps with other one on this address space", "");
        fake.refuse(Change.CreateNetwork.class, overlap);
        NetworkForm form = new NetworkForm(host, tasks);
        form.name().set("mynet");
        AtomicBoolean done = new AtomicBoolean();
        form.preview().apply(() -> done.set(true));
        assertThat(done).isFalse();
        assertThat(form.preview().state().get()).isEqualTo(new ChangePreview.State.Refused(overlap));
        assertThat(form.preview().applicable().get()).isFalse();
    }

    @Test
    void aContainerTakesWordsAndPortsAsTheCommandLineDoes() {
        RunContainerForm form = new RunContainerForm(host, tasks, mydockernet());
        form.image().set("host");
        form.command().set("sh -c 'sleep 10'");
        form.ports().set("8080:80, 53:53/udp");
        assertThat(form.change()).isInstanceOfSatisfying(Change.RunContainer.class, run -> {
            assertThat(run.command()).isEqualTo(List.of("sh", "-c", "sleep 10"));
            assertThat(run.ports()).hasSize(2);
            assertThat(run.networks().getFirst().network()).isEqualTo("mydockernet");
            assertThat(run.name()).isNull();
        });
        form.ports().set("nonsense");
        assertThat(form.portsProblem()).isNotEmpty();
        assertThat(form.change()).isNull();
    }

    @Test
    void publishingProposesAFreePortOnThisMachineOnly() {
        PublishForm form = new PublishForm(
                host, tasks, SampleTopology.seed(), new SimpleObjectProperty<>(List.of()), web01(), null);
        assertThat(form.containerPort().get()).isEqualTo("80");
        assertThat(form.hostPort().get()).isEqualTo("8082");
        assertThat(form.reachText().get()).contains("Only programs on this host");
        form.sources().set("192.0.2.0/24, 198.51.100.7");
        assertThat(form.change())
                .as("on this machine only, nobody else is asked about")
                .isInstanceOfSatisfying(
                        Change.Publish.class,
                        publish -> assertThat(publish.mapping().allowed()).isEmpty());
        form.allInterfaces().set(true);
        assertThat(form.change())
                .isInstanceOfSatisfying(
                        Change.Publish.class,
                        publish -> assertThat(publish.mapping().allowed())
                                .containsExactly(Cidr.of("192.0.2.0/24"), Cidr.of("198.51.100.7/32")));
        form.sources().set("nonsense");
        assertThat(form.sourcesProblem()).isNotEmpty();
        assertThat(form.change()).isNull();
        form.sources().set("");
        form.hostPort().set("70000");
        assertThat(form.hostPortProblem()).isNotEmpty();
        assertThat(form.change()).isNull();
    }

    @Test
    void connectingOffersOnlyWhatIsNotConnectedYet() {
        ConnectForm form = ConnectForm.of(host, tasks, SampleTopology.seed(), web01());
        assertThat(form.networks()).extracting(Network::name).containsExactly("bridge");
        assertThat(ConnectForm.of(host, tasks, SampleTopology.seed(), mydockernet())
                        .change())
                .isNull();
    }

    @Test
    void disconnectingSaysWhatStops() {
        ConfirmForm form = ConfirmForm.disconnect(host, tasks, mydockernet(), web01());
        assertThat(form.consequences())
                .containsExactly(
                        "Port 0.0.0.0:8080 stops answering.",
                        "mydockernet is the only network of web01: it will reach nothing and nobody.");
    }
}
