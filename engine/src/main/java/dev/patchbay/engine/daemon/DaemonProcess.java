package dev.patchbay.engine.daemon;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.auth.Authorization;
import dev.patchbay.engine.change.DriftWatch;
import dev.patchbay.engine.change.Subscribers;
import dev.patchbay.engine.dns.DnsService;
import dev.patchbay.engine.dns.ResolverService;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.firewall.HostFirewalls;
import dev.patchbay.engine.journal.Journal;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.os.TrustedInstallation;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.sandbox.Orphans;
import dev.patchbay.engine.sandbox.WorkloadLauncher;
import dev.patchbay.engine.sandbox.WorkloadRegistry;
import dev.patchbay.engine.server.ClientConnection;
import dev.patchbay.engine.server.ListeningSockets;
import dev.patchbay.engine.server.RequestMemory;
import dev.patchbay.engine.step.KernelAccess;
import dev.patchbay.engine.step.StepObserver;
import dev.patchbay.engine.step.StepRunner;
import dev.patchbay.engine.watch.KernelEvents;
import dev.patchbay.engine.watch.LinkCache;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs the helper: opens the records, recovers, and serves until it is stopped.
public final class DaemonProcess {
    private static final System.Logger LOG = System.getLogger(DaemonProcess.class.getName());

    /// Deleted with the Lab or the machine's `/run`, as is the process that it names.
    private static final Path RESOLVER_RECORD = Path.of("/run/patchbay/resolver");

    /// Index of the last argument before the resolver's command line.
    private static final int RESOLVER_ARGUMENT = 2;

    private static final int MACHINE_ARGUMENTS = 3;

    private DaemonProcess() {}

    /// @param watch called between steps, for tests
    /// @return the exit code: 0 stopped as requested, 2 usage, 3 failure
    public static int run(String[] arguments, StepObserver watch) {
        List<String> words = List.of(arguments);
        boolean resolver =
                words.size() > RESOLVER_ARGUMENT && words.get(RESOLVER_ARGUMENT).equals("--resolver");
        boolean machine = words.size() == MACHINE_ARGUMENTS && words.getFirst().equals("--machine");
        boolean lab = words.size() >= RESOLVER_ARGUMENT
                && words.getFirst().equals("--lab")
                && words.size() > RESOLVER_ARGUMENT == resolver;
        if (!machine && !lab) {
            System.err.println("usage: HelperMain --lab DIRECTORY [--resolver PROGRAM ARGUMENT...]");
            System.err.println("       HelperMain --machine DIRECTORY SOCKETS");
            return 2;
        }
        if (!ProcessIdentity.isProcOwn()) {
            System.err.println(ProcessIdentity.FOREIGN_PROC);
            return 3;
        }
        if (machine && !mayServeTheMachine()) {
            return 2;
        }
        Path directory = Path.of(arguments[1]);
        RotatingLog.install(directory.resolve("helper.log"));
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught(thread, e));
        try (Journal journal = Journal.open(directory.resolve("journal"));
                RouteNetlink links = RouteNetlink.open();
                RouteNetlink allLinks = RouteNetlink.open();
                LinkCache picture = LinkCache.open(links)) {
            journal.warnings().forEach(finding -> LOG.log(Level.WARNING, finding));
            Map<Family, Firewall> firewalls = HostFirewalls.detect();
            if (lab) {
                LabUplink.ensure(links, firewalls);
            }
            Path sandboxes = directory.resolve("sandboxes");
            Subscribers subscribers = new Subscribers();
            KernelAccess kernel = new KernelAccess(
                    links,
                    firewalls,
                    new WorkloadRegistry(new WorkloadLauncher(sandboxes), new Orphans(sandboxes)),
                    dnsService(
                            resolver ? words.subList(RESOLVER_ARGUMENT + 1, words.size()) : List.of(),
                            directory,
                            subscribers));
            DaemonServices engine = new DaemonServices(
                    kernel,
                    comparisonAccess(kernel, allLinks),
                    picture,
                    new StepRunner(kernel, watch),
                    journal,
                    subscribers,
                    watch);
            engine.recover();
            SocketOpener sockets = machine
                    ? () -> ListeningSockets.forMachine(Path.of(arguments[2]))
                    : () -> ListeningSockets.forLab(directory.resolve("helper.sock"));
            try (DriftWatch _ = DriftWatch.start(
                    engine.repairs(),
                    engine.engineRules(),
                    engine.dirty(),
                    engine.problems(),
                    comparisonAccess(kernel, allLinks),
                    subscribers)) {
                serve(sockets, engine, picture, subscribers);
            }
            return 0;
        } catch (EngineException | IOException e) {
            LOG.log(Level.ERROR, "the helper ends", e);
            // The starter of this process shows the last line.
            System.err.println(e instanceof IOException file ? EngineException.reason(file) : e.getMessage());
            return 3;
        }
    }

    /// After an Error, such as a lack of memory, the state of this process is unknown: it ends, and the
    /// next one starts from the records. It waits for no lock that another thread holds.
    private static void uncaught(Thread thread, Throwable e) {
        if (e instanceof Error) {
            try {
                System.err.println("the helper ends after " + e + " in thread " + thread.getName());
                LOG.log(Level.ERROR, "the helper ends", e);
            } finally {
                Runtime.getRuntime().halt(3);
            }
        }
        LOG.log(Level.ERROR, "thread " + thread.getName() + " ended", e);
    }

    /// For readers that run beside actions and read all links: they have firewalls and a socket of their
    /// own, so that no action waits.
    private static KernelAccess comparisonAccess(KernelAccess kernel, RouteNetlink allLinks) {
        return new KernelAccess(
                allLinks, HostFirewalls.separateFor(kernel.firewalls()), kernel.workloads(), kernel.dns());
    }

    private static boolean mayServeTheMachine() {
        try {
            Optional<Path> doubtful = TrustedInstallation.firstUntrusted();
            doubtful.ifPresent(path -> System.err.println(
                    path + " can be changed by others than root: a helper from there serves a Lab only"));
            return doubtful.isEmpty();
        } catch (EngineException e) {
            System.err.println(e.getMessage());
            return false;
        }
    }

    private static DnsService dnsService(List<String> resolver, Path directory, Subscribers subscribers) {
        return resolver.isEmpty()
                ? DnsService.NONE
                : new ResolverService(
                        resolver,
                        directory.resolve("resolver.log"),
                        RESOLVER_RECORD,
                        () -> subscribers.announce(new Event.KernelChanged()));
    }

    /// The sockets are opened after the recovery.
    @FunctionalInterface
    private interface SocketOpener {
        ListeningSockets open() throws IOException;
    }

    private static void serve(SocketOpener opening, DaemonServices engine, LinkCache picture, Subscribers subscribers)
            throws EngineException, IOException {
        RequestDispatcher dispatcher = new RequestDispatcher(engine, Authorization.forThisMachine());
        RequestMemory memory = new RequestMemory();
        try (KernelEvents _ = KernelEvents.open(
                        news -> {
                            picture.drainEvents();
                            engine.dirty().mark(news);
                            subscribers.announce(new Event.KernelChanged());
                        },
                        failure -> {
                            if (engine.problems().setWatchFailure("events", failure)) {
                                subscribers.announce(new Event.KernelChanged());
                            }
                        });
                ListeningSockets sockets = opening.open()) {
            LOG.log(Level.INFO, "listening");
            sockets.run((channel, peer) -> new ClientConnection(
                    channel,
                    memory.shareOf(peer.user()),
                    request -> dispatcher.reply(request, peer),
                    subscribers,
                    sockets::stop));
        }
    }
}
