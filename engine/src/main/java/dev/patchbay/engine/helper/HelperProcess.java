package dev.patchbay.engine.helper;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.converge.Converger;
import dev.patchbay.engine.converge.Kernel;
import dev.patchbay.engine.converge.Runs;
import dev.patchbay.engine.converge.StepWatch;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.journal.Journal;
import dev.patchbay.engine.netlink.KernelEvents;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.sandbox.Strays;
import dev.patchbay.engine.sandbox.Workloads;
import dev.patchbay.engine.spec.Family;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;

/// The life of a helper: open the records, recover, serve until it is stopped.
public final class HelperProcess {
    private static final System.Logger LOG = System.getLogger(HelperProcess.class.getName());

    private HelperProcess() {}

    /// @param watch where a test stands between the steps
    /// @return the exit code: 0 stopped as asked, 2 usage, 3 failure
    public static int run(String[] arguments, StepWatch watch) {
        if (arguments.length != 2 || !arguments[0].equals("--lab")) {
            System.err.println("usage: HelperMain --lab DIRECTORY");
            return 2;
        }
        Path directory = Path.of(arguments[1]);
        try (Journal journal = Journal.open(directory.resolve("journal"));
                RouteNetlink links = RouteNetlink.open()) {
            journal.findings().forEach(finding -> LOG.log(Level.WARNING, finding));
            Map<Family, Firewall> firewalls = Firewalls.ofThisHost();
            Uplink.ensure(links, firewalls);
            Path sandboxes = directory.resolve("sandboxes");
            Kernel kernel = new Kernel(links, firewalls, new Runs(new Workloads(sandboxes), new Strays(sandboxes)));
            Subscribers subscribers = new Subscribers();
            Engine engine = new Engine(kernel, new Converger(kernel, watch), journal, subscribers, watch);
            engine.recover();
            serve(directory.resolve("helper.sock"), engine, subscribers);
            return 0;
        } catch (EngineException | IOException e) {
            LOG.log(Level.ERROR, "the helper ends", e);
            return 3;
        }
    }

    private static void serve(Path socket, Engine engine, Subscribers subscribers) throws EngineException, IOException {
        try (KernelEvents _ = KernelEvents.open(_ -> subscribers.announce(new Event.KernelChanged()));
                SocketServer server = SocketServer.bind(socket, PeerCheck.ownUser())) {
            LOG.log(Level.INFO, "listening on {0}", socket);
            Dispatcher dispatcher = new Dispatcher(engine);
            server.run(peer -> new Connection(peer, dispatcher::reply, subscribers, server::stop).serve());
        }
    }
}
