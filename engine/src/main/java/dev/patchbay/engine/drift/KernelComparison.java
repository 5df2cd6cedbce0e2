package dev.patchbay.engine.drift;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.dns.DnsRecord;
import dev.patchbay.engine.dns.DnsRecords;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netfilter.UdpFlow;
import dev.patchbay.engine.netlink.Unreadable;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.ruleset.RuleLayout;
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
import dev.patchbay.engine.step.WorkloadStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the kernel lacks or has too much, compared with the records: after a crash, a reboot, or somebody's hand.
final class KernelComparison {
    private static final System.Logger LOG = System.getLogger(KernelComparison.class.getName());

    private final KernelAccess kernel;
    private final Specs specs;
    private final Specs interrupted;
    private final boolean settled;
    private final boolean names;
    private final boolean inside;
    private final LinkLookup links;
    private final ObjectChecks looks;
    private final List<Drift> faults = new ArrayList<>();

    /// @param interrupted specs that may be half in force and shall not be
    /// @param inside looks into each sandbox, too: its namespace, files, command and names
    KernelComparison(KernelAccess kernel, Specs specs, Specs interrupted, boolean inside) {
        this.kernel = kernel;
        this.specs = specs;
        this.interrupted = interrupted;
        this.settled = interrupted.equals(specs);
        this.names = kernel.names().isOffered();
        this.inside = inside;
        this.links = new LinkLookup(kernel.links());
        this.looks = new ObjectChecks(kernel, specs, links, inside);
    }

    /// In an order in which their steps can run.
    List<Drift> faults(Consumer<Unreadable> unreadable) throws EngineException {
        links.all();
        strays();
        rules();
        forwarding();
        flows(unreadable);
        for (NetworkSpec network : specs.networks()) {
            faults.addAll(looks.at(network));
        }
        for (ExternalPublishSpec forward : specs.forwards()) {
            faults.addAll(looks.at(forward));
        }
        if (inside) {
            names();
        }
        for (SandboxSpec sandbox : specs.sandboxes()) {
            faults.addAll(looks.at(sandbox));
            for (EndpointSpec endpoint : specs.endpointsOf(sandbox.id())) {
                faults.addAll(looks.at(endpoint));
            }
            if (inside) {
                command(sandbox);
            }
        }
        return faults;
    }

    /// Only what is about the rules.
    List<Drift> ruleFaults() throws EngineException {
        rules();
        return faults;
    }

    /// Only whether the host forwards what it has to.
    List<Drift> forwardingFaults() throws EngineException {
        forwarding();
        return faults;
    }

    /// Only links, namespaces and files that have our mark and no record.
    List<Drift> strayFaults() throws EngineException {
        links.all();
        strays();
        return faults;
    }

    /// Only what is about this object, its rules aside.
    ///
    /// @param names of links that may carry its mark without a record
    List<Drift> faultsOf(Id id, Set<String> names) throws EngineException {
        if (specs.find(id) instanceof Spec spec) {
            return looks.at(spec);
        }
        List<Drift> strays = new ArrayList<>();
        for (String name : names) {
            Link link = links.named(name);
            if (link != null && id.equals(Ownership.owner(link))) {
                strays.add(stray(link));
            }
        }
        return strays;
    }

    private void rules() throws EngineException {
        for (Family family : kernel.firewalls().keySet()) {
            if (isUntouched(family)) {
                continue;
            }
            Ruleset desired = Ruleset.of(family, specs);
            Ruleset record = settled ? desired : Ruleset.of(family, interrupted);
            RuleScript script = kernel.firewall(family).planRepair(desired, record);
            if (!script.isEmpty()) {
                faults.add(Drift.of(
                        null,
                        ProblemKind.RULES_CHANGED,
                        List.of(
                                family.tool(),
                                script.summary(),
                                String.valueOf(script.missingChains()),
                                String.valueOf(script.missingRules()),
                                String.valueOf(script.surplusRules())),
                        new RepairStep.RestoreRules(family, script)));
            }
        }
    }

    private void forwarding() throws EngineException {
        for (ForwardingStep step : ForwardingStep.unlessThere(kernel, specs)) {
            faults.add(Drift.of(null, ProblemKind.FORWARDING_OFF, List.of(ForwardingStep.called(step.family())), step));
        }
    }

    /// A kernel that does not show its flows is left with them: they end once nobody sends any more.
    private void flows(Consumer<Unreadable> unreadable) {
        if (!specs.anyNetwork()) {
            return;
        }
        try {
            List<UdpFlow> strays = StaleUdpFlows.of(kernel, specs, unreadable);
            if (!strays.isEmpty()) {
                faults.add(Drift.of(
                        null,
                        strays.size() == 1 ? ProblemKind.FLOW_ASTRAY : ProblemKind.FLOWS_ASTRAY,
                        List.of(String.valueOf(strays.size())),
                        new RepairStep.StaleFlows(specs, strays)));
            }
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.WARNING, "stray UDP flows are not seen", e);
        }
    }

    /// A machine that needs no rule of ours is left without even an empty chain.
    private boolean isUntouched(Family family) throws EngineException {
        return Ruleset.of(family, specs).equals(Ruleset.NONE)
                && Ruleset.of(family, interrupted).equals(Ruleset.NONE)
                && kernel.firewall(family).read().chains().stream()
                        .noneMatch(chain -> chain.name().startsWith(RuleLayout.PREFIX));
    }

    private void strays() throws EngineException {
        Set<String> wantedLinks = new HashSet<>();
        Set<String> wantedNamespaces = new HashSet<>();
        Set<String> wantedFiles = new HashSet<>();
        for (NetworkSpec network : specs.networks()) {
            wantedLinks.add(network.bridge());
        }
        for (SandboxSpec sandbox : specs.sandboxes()) {
            wantedFiles.add(sandbox.id().shortForm());
            if (sandbox.running()) {
                wantedNamespaces.add(sandbox.namespaceName());
                specs.endpointsOf(sandbox.id()).forEach(endpoint -> wantedLinks.add(endpoint.hostInterface()));
            }
        }
        for (Link link : List.copyOf(links.all())) {
            if (Ownership.owner(link) instanceof Id owner
                    && !wantedLinks.contains(link.name())
                    && !looks.isRenamed(link, owner)) {
                faults.add(stray(link));
            }
        }
        for (String namespace : Namespaces.names()) {
            if (Ownership.isNamespaceName(namespace) && !wantedNamespaces.contains(namespace)) {
                faults.add(Drift.of(
                        null,
                        ProblemKind.STRAY_NAMESPACE,
                        List.of(namespace),
                        Orphans.isSandboxesAlone(namespace)
                                ? new RepairStep.OrphanNamespace(namespace)
                                : new RepairStep.OrphanNamespaceName(namespace)));
            }
        }
        for (String shortId : kernel.runs().strays().directories()) {
            if (!wantedFiles.contains(shortId)) {
                faults.add(
                        Drift.of(null, ProblemKind.STRAY_FILES, List.of(shortId), new RepairStep.OrphanFiles(shortId)));
            }
        }
    }

    private static Drift stray(Link link) {
        return Drift.of(
                Ownership.owner(link), ProblemKind.STRAY_LINK, List.of(link.name()), new RepairStep.OrphanLink(link));
    }

    private @Nullable EtcFiles ofInterrupted(Id id) {
        return interrupted.find(id) instanceof SandboxSpec sandbox
                ? EtcFilesFactory.of(interrupted, sandbox, names)
                : null;
    }

    private void names() {
        Map<Id, DnsRecord> records = DnsRecords.all(specs);
        if (!kernel.names().serves(records)) {
            faults.add(Drift.of(null, ProblemKind.NAMES_UNKNOWN, List.of(), new RepairStep.RestoreDns(records)));
        }
    }

    private void command(SandboxSpec sandbox) {
        if (!sandbox.running() || sandbox.isForeign()) {
            return;
        }
        boolean runs = kernel.runs().isRunning(sandbox);
        EtcFiles etc = EtcFilesFactory.of(specs, sandbox, names);
        if (!runs || (!settled && !etc.equals(ofInterrupted(sandbox.id())))) {
            faults.add(Drift.of(
                    sandbox.id(), ProblemKind.FILES_OLD, List.of(sandbox.name()), new FilesStep(sandbox, etc, etc)));
        }
        if (!runs) {
            faults.add(Drift.of(
                    sandbox.id(), ProblemKind.COMMAND_ENDED, List.of(sandbox.name()), new WorkloadStep(sandbox, true)));
        }
    }
}
