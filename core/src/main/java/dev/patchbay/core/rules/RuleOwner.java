package dev.patchbay.core.rules;

import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.Ownership;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The owner of a rule, as far as its chain, target and interfaces show it.
public enum RuleOwner {
    PATCHBAY("Patchbay"),
    DOCKER("Docker"),
    PODMAN("Podman"),
    UFW("ufw"),
    FIREWALLD("firewalld"),
    OTHER("other");

    private static final Pattern DOCKER_BRIDGE = Pattern.compile("docker0|docker_gwbridge|br-[0-9a-f]{12}");
    private static final Pattern PODMAN_BRIDGE = Pattern.compile("podman\\d+");
    private static final Pattern PATCHBAY_BRIDGE = Pattern.compile("patchbay0|" + Ownership.BRIDGE_NAMES);
    private static final Pattern FIREWALLD_CHAIN = Pattern.compile(
            "RFC3964_IPv4|(PRE|POST|IN|OUT|FWDI|FWDO|FWD)_[a-z].*|(INPUT|OUTPUT|FORWARD|PREROUTING|POSTROUTING)"
                    + "_(direct|ZONES|IN_ZONES|OUT_ZONES|POLICIES_pre|POLICIES_post|ZONES_SOURCE)");

    private final String label;

    RuleOwner(String words) {
        this.label = words;
    }

    /// Owner of a chain by its name; [#OTHER] for the built-in ones.
    public static RuleOwner ofChain(String chain) {
        if (chain.startsWith("PATCHBAY")) {
            return PATCHBAY;
        }
        if (chain.startsWith("DOCKER")) {
            return DOCKER;
        }
        // Podman uses netavark since 4.0.
        if (chain.startsWith("NETAVARK")) {
            return PODMAN;
        }
        if (chain.toLowerCase(Locale.ROOT).startsWith("ufw")) {
            return UFW;
        }
        return FIREWALLD_CHAIN.matcher(chain).matches() ? FIREWALLD : OTHER;
    }

    /// Owner of a table of nf_tables that iptables does not show, by its name.
    public static RuleOwner ofTable(String table) {
        if (table.startsWith("firewalld")) {
            return FIREWALLD;
        }
        if (table.startsWith("docker")) {
            return DOCKER;
        }
        return table.equals("netavark") ? PODMAN : OTHER;
    }

    /// Whether it is a container engine, which puts back what somebody deletes, and needs it.
    public boolean isEngine() {
        return this == DOCKER || this == PODMAN;
    }

    /// The owner of the active firewall, of those that a person sets up: one with at least one rule.
    /// Chains alone do not count, because ufw leaves them when it is switched off.
    public static Optional<RuleOwner> activeFirewall(HostRules sample) {
        return Stream.concat(
                        sample.rules().stream().map(rule -> ofChain(rule.chain())),
                        sample.tables().stream().map(table -> ofTable(table.name())))
                .filter(owner -> owner == UFW || owner == FIREWALLD)
                .findFirst();
    }

    /// Owner of a bridge by its name; [#OTHER] for every other link.
    static RuleOwner ofLink(String link) {
        if (PATCHBAY_BRIDGE.matcher(link).matches()) {
            return PATCHBAY;
        }
        if (PODMAN_BRIDGE.matcher(link).matches()) {
            return PODMAN;
        }
        return DOCKER_BRIDGE.matcher(link).matches() ? DOCKER : OTHER;
    }

    /// As text: `Patchbay`, `Docker`, `Podman`, `ufw`, `firewalld`, `other`.
    @Override
    public String toString() {
        return label;
    }
}
