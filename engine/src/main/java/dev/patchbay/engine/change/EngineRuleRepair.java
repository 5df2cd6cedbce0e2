package dev.patchbay.engine.change;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.firewall.RuleCache;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.ruleset.EngineRuleMemory;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.step.KernelAccess;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts back rules of Docker that this helper read from the kernel and that are gone. A client chooses among them by
/// number, since it knows which of them the engine still wants. Any thread may call.
public final class EngineRuleRepair {
    private static final System.Logger LOG = System.getLogger(EngineRuleRepair.class.getName());

    /// Docker's libnetwork has a socket here while it runs, with another random name after each start. It is made after
    /// the rules of the networks are written.
    private static final Path ENGINE_SOCKETS = Path.of("/run/docker/libnetwork");

    private final DaemonState shared;
    /// Its lock is taken after that of `shared`.
    private final EngineRuleMemory memory = new EngineRuleMemory();

    public EngineRuleRepair(DaemonState shared) {
        this.shared = shared;
    }

    /// Remembers the rules that are in force. Reads them only when they may have changed.
    ///
    /// @param kernel whose firewalls the caller may use
    public void observe(KernelAccess kernel) throws EngineException {
        // Read and remembered in one step: a thread must not remember what another one has read later.
        synchronized (memory) {
            for (Map.Entry<Family, Firewall> entry : kernel.firewalls().entrySet()) {
                RuleCache rules = entry.getValue().rules();
                // Rules of a table that iptables cannot show are not gone.
                if (entry.getValue().unreadable().stream().noneMatch(it -> it.kind() == Unreadable.Kind.TABLE)) {
                    memory.observe(entry.getKey(), rules, engineSockets(), kernel.links()::links);
                }
            }
        }
    }

    /// Empty while Docker does not run, or has its files elsewhere.
    private static Set<String> engineSockets() {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(ENGINE_SOCKETS)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (NoSuchFileException noDocker) {
            return Set.of();
        } catch (IOException | DirectoryIteratorException e) {
            LOG.log(System.Logger.Level.DEBUG, "whether Docker was started again is not known", e);
            return Set.of();
        }
        return names;
    }

    public Reply.GoneEngineRules gone() {
        synchronized (memory) {
            return new Reply.GoneEngineRules(memory.gone());
        }
    }

    public Reply restore(Request.RestoreEngineRules request) throws EngineException {
        Set<Long> numbers = new HashSet<>(request.rules());
        synchronized (shared) {
            Map<Family, RuleScript> scripts = new EnumMap<>(Family.class);
            synchronized (memory) {
                observe(shared.kernel());
                if (!memory.knows(numbers)) {
                    return new Reply.Refused(new Refusal(
                            "engine-rule-unknown",
                            "These rules of Docker cannot be put back: the helper has not seen all of them in force, or"
                                    + " Docker was started again, or a bridge is gone.",
                            "A restart of Docker makes its rules again."));
                }
                for (Map.Entry<Family, Firewall> entry :
                        shared.kernel().firewalls().entrySet()) {
                    RuleScript script = memory.script(
                            entry.getKey(), numbers, entry.getValue().rules());
                    if (!script.isEmpty()) {
                        scripts.put(entry.getKey(), script);
                    }
                }
            }
            if (!request.dryRun()) {
                run(scripts);
                observe(shared.kernel());
            }
            List<PlannedStep> steps = new ArrayList<>();
            scripts.forEach((family, script) -> steps.add(
                    new PlannedStep("put back " + family.iptablesCommand() + " rules of Docker", script.lines())));
            return new Reply.Planned(steps);
        }
    }

    /// All scripts or none.
    private void run(Map<Family, RuleScript> scripts) throws EngineException {
        Map<Family, RuleScript> done = new EnumMap<>(Family.class);
        try {
            for (Map.Entry<Family, RuleScript> script : scripts.entrySet()) {
                shared.kernel().firewall(script.getKey()).run(script.getValue());
                done.put(script.getKey(), script.getValue());
            }
        } catch (EngineException e) {
            for (Map.Entry<Family, RuleScript> script : done.entrySet()) {
                try {
                    shared.kernel()
                            .firewall(script.getKey())
                            .run(script.getValue().inverse());
                } catch (EngineException also) {
                    e.addSuppressed(also);
                }
            }
            throw e;
        }
    }
}
