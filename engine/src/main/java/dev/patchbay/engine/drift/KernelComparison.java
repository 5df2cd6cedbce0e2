package dev.patchbay.engine.drift;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.dns.DnsRecord;
import dev.patchbay.engine.dns.DnsRecords;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netfilter.UdpFlow;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.rule.OwnChain;
import dev.patchbay.engine.ruleset.RuleScriptPlanner;
import dev.patchbay.engine.ruleset.Ruleset;
import dev.patchbay.engine.sandbox.EtcFiles;
import dev.patchbay.engine.sandbox.Orphans;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ProblemKind;
import dev.patchbay.engine.step.EtcFilesFactory;
import dev.patchbay.engine.step.FilesStep;
import dev.patchbay.engine.step.ForwardingStep;
import dev.patchbay.engine.step.KernelAccess;
import dev.patchbay.engine.step.RepairStep;
import dev.patchbay.engine.step.StaleUdpFlows;
import dev.patchbay.engine.step.Step;
import dev.patchbay.engine.step.WorkloadStep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds the differences between kernel and records, after a crash, a reboot, or a change by hand.
public final class KernelComparison {
    private static final System.Logger LOG = System.getLogger(KernelComparison.class.getName());

    private final KernelAccess kernel;
    private final Specs specs;
    private final Specs interrupted;
    private final boolean noneInterrupted;
    private final boolean dnsOffered;
    private final boolean includeNamespaces;
    private final LinkLookup links;
    private final ObjectChecks checks;
    private final List<Drift> drifts = new ArrayList<>();

    /// @param interrupted specs of an unfinished change, which must not be in force
    /// @param inside whether to check also the inside of each sandbox: namespace, files, command and
    ///     names
    private KernelComparison(KernelAccess kernel, Specs specs, Specs interrupted, boolean inside) {
        this.kernel = kernel;
        this.specs = specs;
        this.interrupted = interrupted;
        this.noneInterrupted = interrupted.equals(specs);
        this.dnsOffered = kernel.dns().isOffered();
        this.includeNamespaces = inside;
        this.links = new LinkLookup(kernel.links());
        this.checks = new ObjectChecks(kernel, specs, links, inside);
    }

    /// The steps that make the kernel match the specs; empty when it does.
    ///
    /// @param interrupted specs of an unfinished change, which must not be in force, or `specs` again
    /// @param unreadable gets UDP flows; the readers of links and rules report theirs
    public static List<Step> repairSteps(
            KernelAccess kernel, Specs specs, Specs interrupted, Consumer<Unreadable> unreadable)
            throws EngineException {
        return steps(new KernelComparison(kernel, specs, interrupted, true).findDrift(unreadable));
    }

    public static List<Step> steps(List<Drift> drifts) {
        return drifts.stream().flatMap(drift -> drift.steps().stream()).toList();
    }

    /// Compares only what is visible from the host's namespace.
    public static KernelComparison fromHost(KernelAccess kernel, Specs specs) {
        return new KernelComparison(kernel, specs, specs, false);
    }

    /// All differences, in an order in which their steps can run.
    public List<Drift> findDrift(Consumer<Unreadable> unreadable) throws EngineException {
        links.all();
        checkOrphans();
        checkRules();
        checkForwarding();
        checkUdpFlows(unreadable);
        for (NetworkSpec network : specs.networks()) {
            drifts.addAll(checks.check(network));
        }
        for (ExternalPublishSpec forward : specs.externalPublishes()) {
            drifts.addAll(checks.check(forward));
        }
        if (includeNamespaces) {
            checkDns();
        }
        for (SandboxSpec sandbox : specs.sandboxes()) {
            drifts.addAll(checks.check(sandbox));
            for (EndpointSpec endpoint : specs.endpointsOf(sandbox.id())) {
                drifts.addAll(checks.check(endpoint));
            }
            if (includeNamespaces) {
                checkCommand(sandbox);
            }
        }
        return drifts;
    }

    /// Only differences of rules.
    public List<Drift> findRuleDrift() throws EngineException {
        checkRules();
        return drifts;
    }

    /// Only differences of the host's forwarding.
    public List<Drift> findForwardingDrift() throws EngineException {
        checkForwarding();
        return drifts;
    }

    /// Only links, namespaces and files that have our marks and no record.
    public List<Drift> findOrphans() throws EngineException {
        links.all();
        checkOrphans();
        return drifts;
    }

    /// Only differences of some objects, without their rules.
    ///
    /// @param names of links that may have their marks without a record
    public Map<Id, List<Drift>> findDriftOf(Collection<Id> objects, Set<String> names) throws EngineException {
        Map<Id, List<Drift>> found = new LinkedHashMap<>();
        for (Id object : objects) {
            found.put(object, findDriftOf(object, names));
        }
        return found;
    }

    private List<Drift> findDriftOf(Id id, Set<String> names) throws EngineException {
        if (specs.find(id) instanceof Spec spec) {
            return checks.check(spec);
        }
        List<Drift> orphans = new ArrayList<>();
        for (String name : names) {
            Link link = links.byName(name);
            if (link != null && id.equals(Ownership.owner(link))) {
                orphans.add(orphanLink(link));
            }
        }
        return orphans;
    }

    private void checkRules() throws EngineException {
        for (Family family : kernel.firewalls().keySet()) {
            if (needsNoRules(family)) {
                continue;
            }
            Ruleset desired = Ruleset.of(family, specs);
            Ruleset record = noneInterrupted ? desired : Ruleset.of(family, interrupted);
            RuleScript script =
                    RuleScriptPlanner.planRepair(kernel.firewall(family).read(), desired, record);
            if (!script.isEmpty()) {
                drifts.add(Drift.of(
                        null,
                        ProblemKind.RULES_CHANGED,
                        List.of(
                                family.iptablesCommand(),
                                script.summary(),
                                String.valueOf(script.missingChains()),
                                String.valueOf(script.missingRules()),
                                String.valueOf(script.surplusRules())),
                        new RepairStep.RestoreRules(family, script)));
            }
        }
    }

    private void checkForwarding() throws EngineException {
        for (ForwardingStep step : ForwardingStep.missing(kernel, specs)) {
            drifts.add(Drift.of(
                    null, ProblemKind.FORWARDING_OFF, List.of(ForwardingStep.displayName(step.family())), step));
        }
    }

    /// When the kernel does not show its flows they stay; each ends when its client stops sending.
    private void checkUdpFlows(Consumer<Unreadable> unreadable) {
        if (!specs.hasNetworks()) {
            return;
        }
        try {
            List<UdpFlow> staleFlows = StaleUdpFlows.find(kernel, specs, unreadable);
            if (!staleFlows.isEmpty()) {
                drifts.add(Drift.of(
                        null,
                        staleFlows.size() == 1 ? ProblemKind.FLOW_ASTRAY : ProblemKind.FLOWS_ASTRAY,
                        List.of(String.valueOf(staleFlows.size())),
                        new RepairStep.StaleFlows(specs, staleFlows)));
            }
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.WARNING, "stray UDP flows are not seen", e);
        }
    }

    /// Whether the machine needs no rule of ours; it then gets no empty chains either.
    private boolean needsNoRules(Family family) throws EngineException {
        return Ruleset.of(family, specs).equals(Ruleset.EMPTY)
                && Ruleset.of(family, interrupted).equals(Ruleset.EMPTY)
                && kernel.firewall(family).read().chains().stream()
                        .noneMatch(chain -> chain.name().startsWith(OwnChain.PREFIX));
    }

    private void checkOrphans() throws EngineException {
        Set<String> wantedLinks = new HashSet<>();
        Set<String> wantedNamespaces = new HashSet<>();
        Set<String> wantedFiles = new HashSet<>();
        for (NetworkSpec network : specs.networks()) {
            wantedLinks.add(network.bridge());
        }
        for (SandboxSpec sandbox : specs.sandboxes()) {
            wantedFiles.add(sandbox.id().shortForm());
            if (sandbox.running()) {
                wantedNamespaces.add(sandbox.netnsName());
                specs.endpointsOf(sandbox.id()).forEach(endpoint -> wantedLinks.add(endpoint.hostInterface()));
            }
        }
        for (Link link : List.copyOf(links.all())) {
            if (Ownership.owner(link) instanceof Id owner
                    && !wantedLinks.contains(link.name())
                    && !checks.isRenamed(link, owner)) {
                drifts.add(orphanLink(link));
            }
        }
        for (String namespace : Namespaces.names()) {
            if (Ownership.shortIdOfNetns(namespace) != null && !wantedNamespaces.contains(namespace)) {
                drifts.add(Drift.of(
                        null,
                        ProblemKind.STRAY_NAMESPACE,
                        List.of(namespace),
                        Orphans.isExclusive(namespace)
                                ? new RepairStep.OrphanNamespace(namespace)
                                : new RepairStep.OrphanNamespaceName(namespace)));
            }
        }
        for (String shortId : kernel.workloads().orphans().sandboxIds()) {
            if (!wantedFiles.contains(shortId)) {
                drifts.add(
                        Drift.of(null, ProblemKind.STRAY_FILES, List.of(shortId), new RepairStep.OrphanFiles(shortId)));
            }
        }
    }

    private static Drift orphanLink(Link link) {
        return Drift.of(
                Ownership.owner(link), ProblemKind.STRAY_LINK, List.of(link.name()), new RepairStep.OrphanLink(link));
    }

    private @Nullable EtcFiles interruptedFiles(Id id) {
        return interrupted.find(id) instanceof SandboxSpec sandbox
                ? EtcFilesFactory.of(interrupted, sandbox, dnsOffered)
                : null;
    }

    private void checkDns() {
        Map<Id, DnsRecord> records = DnsRecords.all(specs);
        if (!kernel.dns().isUpToDate(records)) {
            drifts.add(Drift.of(null, ProblemKind.NAMES_UNKNOWN, List.of(), new RepairStep.RestoreDns(records)));
        }
    }

    private void checkCommand(SandboxSpec sandbox) {
        if (!sandbox.running() || sandbox.isExternal()) {
            return;
        }
        boolean runs = kernel.workloads().isRunning(sandbox);
        EtcFiles etc = EtcFilesFactory.of(specs, sandbox, dnsOffered);
        if (!runs || (!noneInterrupted && !etc.equals(interruptedFiles(sandbox.id())))) {
            drifts.add(Drift.of(
                    sandbox.id(), ProblemKind.FILES_OLD, List.of(sandbox.name()), new FilesStep(sandbox, etc, etc)));
        }
        if (!runs) {
            drifts.add(Drift.of(
                    sandbox.id(), ProblemKind.COMMAND_ENDED, List.of(sandbox.name()), new WorkloadStep(sandbox, true)));
        }
    }
}
