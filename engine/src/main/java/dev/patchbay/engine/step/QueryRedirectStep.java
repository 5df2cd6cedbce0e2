package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.dns.QueryRedirects;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.netns.NetnsRef;
import dev.patchbay.engine.os.Programs;
import dev.patchbay.engine.os.SysctlKey;
import dev.patchbay.engine.os.SystemProgram;
import dev.patchbay.engine.spec.SandboxSpec;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Has an engine's container ask Patchbay's name server for the names on its networks of Patchbay.
///
/// A failure does not fail the change, as in [DnsStep]: the container still reaches the others by
/// address.
///
/// @param old in force now, in the same namespace
record QueryRedirectStep(SandboxSpec sandbox, QueryRedirects old, QueryRedirects now) implements Step {
    private static final System.Logger LOG = System.getLogger(QueryRedirectStep.class.getName());
    private static final SystemProgram NSENTER =
            new SystemProgram("nsenter", Programs.DIRECTORIES, Duration.ofSeconds(10));

    @Override
    public String name() {
        return (now.isEmpty() ? "stop redirecting" : "redirect") + " name queries in " + new NetnsRef(sandbox).name();
    }

    @Override
    public List<String> commandLines() {
        String prefix = new NetnsRef(sandbox).execPrefix();
        List<String> lines = new ArrayList<>();
        now.commands().forEach(command -> lines.add(prefix + "nft '" + command + "'"));
        now.links()
                .forEach(link -> lines.add(
                        prefix + SysctlKey.ROUTE_LOCALNET.of(link).to("1").commandLine()));
        return lines;
    }

    @Override
    public void run(KernelAccess kernel) {
        apply(now);
    }

    @Override
    public void undo(KernelAccess kernel) {
        apply(old);
    }

    private void apply(QueryRedirects redirects) {
        try {
            NetnsRef netns = new NetnsRef(sandbox);
            // The table ends with the namespace.
            if (netns.exists()) {
                apply(redirects, netns);
            }
        } catch (EngineException e) {
            LOG.log(Level.WARNING, sandbox.name() + " finds no names on networks of Patchbay", e);
        }
    }

    private void apply(QueryRedirects redirects, NetnsRef netns) throws EngineException {
        try (Namespace namespace = netns.open()) {
            NSENTER.run(
                    name(),
                    String.join("\n", redirects.commands()) + "\n",
                    "--net=/proc/" + ProcessHandle.current().pid() + "/fd/" + namespace.fd(),
                    Programs.require("nft"),
                    "-f",
                    "-");
            Namespaces.runInside(namespace, () -> {
                for (String link : redirects.links()) {
                    SysctlKey.ROUTE_LOCALNET.of(link).to("1").write();
                }
                return true;
            });
        }
    }
}
