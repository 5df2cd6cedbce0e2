package dev.patchbay.engine.daemon;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.auth.Authorization;
import dev.patchbay.engine.change.DriftWatch;
import dev.patchbay.engine.change.Subscribers;
import dev.patchbay.engine.dns.NameServer;
import dev.patchbay.engine.dns.Resolver;
import dev.patchbay.engine.drift.Converger;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.firewall.Firewalls;
import dev.patchbay.engine.journal.Journal;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.os.TrustedPlace;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.sandbox.Runs;
import dev.patchbay.engine.sandbox.Strays;
import dev.patchbay.engine.sandbox.Workloads;
import dev.patchbay.engine.server.Connection;
import dev.patchbay.engine.server.Doors;
import dev.patchbay.engine.server.RequestMemory;
import dev.patchbay.engine.step.Kernel;
import dev.patchbay.engine.step.StepWatch;
import dev.patchbay.engine.watch.HostPicture;
import dev.patchbay.engine.watch.KernelEvents;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The life of a helper: open the records, recover, serve until it is stopped.
public final class HelperProcess {
    private static final System.Logger LOG = System.getLogger(HelperProcess.class.getName());

    /// Gone when the Lab or the machine is, as is the process that it names.
    private static final Path RESOLVER_RECORD = Path.of("/run/patchbay/resolver");

    /// Where the resolver's own command line begins among the arguments, less one.
    private static final int RESOLVER = 2;

    private static final int MACHINE = 3;

    private HelperProcess() {}

    /// @param watch where a test stands between the steps
    /// @return the exit code: 0 stopped as asked, 2 usage, 3 failure
    public static int run(String[] arguments, StepWatch watch) {
        List<String> words = List.of(arguments);
        boolean resolver = words.size() > RESOLVER && words.get(RESOLVER).equals("--resolver");
        boolean machine = words.size() == MACHINE && words.getFirst().equals("--machine");
        boolean lab =
                words.size() >= RESOLVER && words.getFirst().equals("--lab") && words.size() > RESOLVER == resolver;
        if (!machine && !lab) {
            System.err.println("usage: HelperMain --lab DIRECTORY [--resolver PROGRAM ARGUMENT...]");
            System.err.println("       HelperMain --machine DIRECTORY SOCKETS");
            return 2;
        }
        if (machine && !mayServeTheMachine()) {
            return 2;
        }
        Path directory = Path.of(arguments[1]);
        BoundedLog.bound(directory.resolve("helper.log"));
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught(thread, e));
        try (Journal journal = Journal.open(directory.resolve("journal"));
                RouteNetlink links = RouteNetlink.open();
                RouteNetlink sight = RouteNetlink.open();
                HostPicture picture = HostPicture.open(links)) {
            journal.findings().forEach(finding -> LOG.log(Level.WARNING, finding));
            Map<Family, Firewall> firewalls = Firewalls.ofThisHost();
            if (lab) {
                Uplink.ensure(links, firewalls);
            }
            Path sandboxes = directory.resolve("sandboxes");
            Subscribers subscribers = new Subscribers();
            Kernel kernel = new Kernel(
                    links,
                    firewalls,
                    new Runs(new Workloads(sandboxes), new Strays(sandboxes)),
                    names(resolver ? words.subList(RESOLVER + 1, words.size()) : List.of(), directory, subscribers));
            Engine engine = new Engine(
                    kernel, looking(kernel, sight), picture, new Converger(kernel, watch), journal, subscribers, watch);
            engine.recover();
            Opening doors = machine
                    ? () -> Doors.ofMachine(Path.of(arguments[2]))
                    : () -> Doors.ofLab(directory.resolve("helper.sock"));
            try (DriftWatch _ = DriftWatch.start(
                    engine.repairs(), engine.doubts(), engine.problems(), looking(kernel, sight), subscribers)) {
                serve(doors, engine, picture, subscribers);
            }
            return 0;
        } catch (EngineException | IOException e) {
            LOG.log(Level.ERROR, "the helper ends", e);
            // Who started it shows the last line.
            System.err.println(e instanceof IOException file ? EngineException.reason(file) : e.getMessage());
            return 3;
        }
    }

    /// After an error, as without memory, nothing is known of this process: it ends, and the next one starts from the
    /// records. No lock that another thread holds is waited for.
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

    /// For who looks at it while actions change it, and reads all links: with firewalls and a socket of its own, so
    /// that no action waits.
    private static Kernel looking(Kernel kernel, RouteNetlink sight) {
        return new Kernel(sight, Firewalls.like(kernel.firewalls()), kernel.runs(), kernel.names());
    }

    private static boolean mayServeTheMachine() {
        try {
            Optional<Path> doubtful = TrustedPlace.doubtful();
            doubtful.ifPresent(path -> System.err.println(
                    path + " can be changed by others than root: a helper from there serves a Lab only"));
            return doubtful.isEmpty();
        } catch (EngineException e) {
            System.err.println(e.getMessage());
            return false;
        }
    }

    private static NameServer names(List<String> resolver, Path directory, Subscribers subscribers) {
        return resolver.isEmpty()
                ? NameServer.NONE
                : new Resolver(
                        resolver,
                        directory.resolve("resolver.log"),
                        RESOLVER_RECORD,
                        () -> subscribers.announce(new Event.KernelChanged()));
    }

    /// Nobody comes in before all is ready.
    @FunctionalInterface
    private interface Opening {
        Doors open() throws IOException;
    }

    private static void serve(Opening opening, Engine engine, HostPicture picture, Subscribers subscribers)
            throws EngineException, IOException {
        Dispatcher dispatcher = new Dispatcher(engine, Authorization.ofThisMachine());
        RequestMemory memory = new RequestMemory();
        try (KernelEvents _ = KernelEvents.open(
                        news -> {
                            picture.takeNotice();
                            engine.doubts().add(news);
                            subscribers.announce(new Event.KernelChanged());
                        },
                        failure -> {
                            if (engine.problems().watching("events", failure)) {
                                subscribers.announce(new Event.KernelChanged());
                            }
                        });
                Doors doors = opening.open()) {
            LOG.log(Level.INFO, "listening");
            doors.run((channel, peer) -> new Connection(
                    channel,
                    memory.of(peer.user()),
                    request -> dispatcher.reply(request, peer),
                    subscribers,
                    doors::stop));
        }
    }
}
