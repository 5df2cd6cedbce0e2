package dev.patchbay.engine.change;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Checks the records of every change, whoever asks: references exist, and no name, address, subnet,
/// bridge or port is used twice. The core checks the same first and refuses in Docker's words.
final class SpecValidator {
    /// Maximum text of one network or container.
    private static final long MAX_TEXT = 64 * 1024;

    private static final long MAX_TEXT_OF_ALL = 8 << 20;
    /// Text of a change that is too short to be counted.
    private static final long UNCOUNTED_TEXT = 1024;

    private final Specs before;
    private final Specs after;

    private SpecValidator(Specs before, Specs after) {
        this.before = before;
        this.after = after;
    }

    /// Null when the change may be made.
    static @Nullable Refusal refusal(Specs before, SpecChange change) {
        SpecValidator admission = new SpecValidator(before, before.after(change));
        for (Id id : change.remove()) {
            String problem =
                    before.find(id) instanceof Spec gone ? admission.removalViolation(gone) : "nothing has id " + id;
            if (problem != null) {
                return Refusal.of(Refusal.INCONSISTENT, problem);
            }
        }
        String tooMuch = sizeViolation(change, admission.after);
        if (tooMuch != null) {
            return Refusal.of("too-long", tooMuch);
        }
        for (Spec spec : change.put()) {
            String problem = Stream.concat(Stream.of(spec), admission.dependents(spec))
                    .map(admission::violation)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            if (problem != null) {
                return Refusal.of(Refusal.INCONSISTENT, problem);
            }
        }
        return null;
    }

    /// The specs that may become valid or invalid with this one, and so are checked again when it is
    /// replaced.
    private Stream<? extends Spec> dependents(Spec spec) {
        return switch (spec) {
            case NetworkSpec network -> after.endpointsOn(network.id()).stream();
            case SandboxSpec sandbox ->
                Stream.concat(after.endpointsOf(sandbox.id()).stream(), after.portsOf(sandbox.id()).stream());
            case EndpointSpec endpoint -> after.portsOfEndpoint(endpoint.id()).stream();
            case PortSpec _, ExternalPublishSpec _ -> Stream.empty();
        };
    }

    /// Limits the text, because all of it is in memory, in each snapshot, and partly in the activity as
    /// well.
    private static @Nullable String sizeViolation(SpecChange change, Specs after) {
        for (Spec spec : change.put()) {
            if (spec.textSize() > MAX_TEXT) {
                return "The labels, options, environment, command and aliases of %s have %d characters; at most %d are kept"
                        .formatted(describe(spec), spec.textSize(), MAX_TEXT);
            }
        }
        if (change.textSize() > UNCOUNTED_TEXT) {
            long all = after.all().stream().mapToLong(Spec::textSize).sum();
            if (all > MAX_TEXT_OF_ALL) {
                return "The labels, options, environments and commands of all networks and containers would have %d"
                                .formatted(all)
                        + " characters; at most " + MAX_TEXT_OF_ALL + " are kept";
            }
        }
        return null;
    }

    private static String describe(Spec spec) {
        String name = switch (spec) {
            case NetworkSpec network -> "network " + network.name();
            case SandboxSpec sandbox -> "container " + sandbox.name();
            case EndpointSpec _, PortSpec _, ExternalPublishSpec _ -> spec.id().shortForm();
        };
        return name.length() > 100 ? spec.id().shortForm() : name;
    }

    private @Nullable String removalViolation(Spec gone) {
        return switch (gone) {
            case NetworkSpec network
            when !after.endpointsOn(network.id()).isEmpty() -> "network " + network.name() + " still has endpoints";
            case SandboxSpec sandbox
            when !after.endpointsOf(sandbox.id()).isEmpty()
                    || !after.portsOf(sandbox.id()).isEmpty() ->
                "container " + sandbox.name() + " still has endpoints or ports";
            case EndpointSpec endpoint
            when !after.portsOfEndpoint(endpoint.id()).isEmpty() ->
                "a port is still published through endpoint " + endpoint.id();
            case NetworkSpec _, SandboxSpec _, EndpointSpec _, PortSpec _, ExternalPublishSpec _ -> null;
        };
    }

    private @Nullable String violation(Spec spec) {
        Spec old = before.find(spec.id());
        if (old != null && old.getClass() != spec.getClass()) {
            return spec.id() + " is the id of an object of another kind";
        }
        return switch (spec) {
            case NetworkSpec network -> networkViolation(network);
            case SandboxSpec sandbox -> sandboxViolation(sandbox);
            case EndpointSpec endpoint -> endpointViolation(endpoint);
            case PortSpec port -> portViolation(port);
            case ExternalPublishSpec forward ->
                forward.target() == null ? duplicatePort(forward) : portConflict(forward.port());
        };
    }

    private @Nullable String networkViolation(NetworkSpec network) {
        if (before.find(network.id()) instanceof NetworkSpec old && !hasSameLink(old, network)) {
            return "the driver, link and subnets of network " + old.name() + " cannot be changed";
        }
        if (hasOther(after.networksByName(network.name()), network)) {
            return "the network name " + network.name() + " is taken";
        }
        if (!network.bridge().isEmpty() && hasOther(after.networksOnBridge(network.bridge()), network)) {
            return "the bridge " + network.bridge() + " is taken";
        }
        for (Pool pool : network.pools()) {
            for (NetworkSpec other : after.networksOverlapping(pool.subnet())) {
                if (!other.id().equals(network.id())) {
                    return "a subnet of " + network.name() + " overlaps one of " + other.name();
                }
            }
        }
        return null;
    }

    /// Whether it needs the same link with the same addresses: no step changes these while a network
    /// exists.
    private static boolean hasSameLink(NetworkSpec old, NetworkSpec network) {
        return old.driver() == network.driver()
                && old.bridge().equals(network.bridge())
                && old.settings().parent().equals(network.settings().parent())
                && old.settings().inhibitIpv4() == network.settings().inhibitIpv4()
                && old.pools().equals(network.pools());
    }

    private static boolean hasOther(List<? extends Spec> specs, Spec than) {
        return specs.stream().anyMatch(spec -> !spec.id().equals(than.id()));
    }

    private @Nullable String sandboxViolation(SandboxSpec sandbox) {
        // The names of an engine's containers are not checked; containers of another engine may have the
        // same ones.
        return !sandbox.hasExternalNetns() && hasOther(after.sandboxesByName(sandbox.name()), sandbox)
                ? "the container name " + sandbox.name() + " is taken"
                : null;
    }

    private @Nullable String endpointViolation(EndpointSpec endpoint) {
        if (!(after.find(endpoint.network()) instanceof NetworkSpec network)
                || !(after.find(endpoint.sandbox()) instanceof SandboxSpec sandbox)) {
            return "endpoint " + endpoint.id() + " has no network or no container";
        }
        if (!network.driver().hasEndpoints()) {
            return "network " + network.name() + " of driver " + network.driver() + " has no endpoints";
        }
        if (after.endpointsOf(endpoint.sandbox()).stream()
                .anyMatch(other -> !other.id().equals(endpoint.id())
                        && other.interfaceName().equals(endpoint.interfaceName()))) {
            return "the interface name " + endpoint.interfaceName() + " is taken in container " + sandbox.name();
        }
        for (Cidr address : endpoint.addresses()) {
            if (network.pools().stream()
                    .noneMatch(pool -> pool.subnet().contains(address.address())
                            && !pool.gateway().equals(address.address()))) {
                return address + " is not an address for network " + network.name();
            }
            if (hasOther(after.endpointsByAddress(network.id(), address.address()), endpoint)) {
                return address + " is taken on network " + network.name();
            }
        }
        return null;
    }

    private @Nullable String portViolation(PortSpec port) {
        if (!(after.find(port.sandbox()) instanceof SandboxSpec)) {
            return "port " + port.hostPort() + " belongs to no container";
        }
        if (port.endpoint() != null
                && !(after.find(port.endpoint()) instanceof EndpointSpec endpoint
                        && endpoint.sandbox().equals(port.sandbox()))) {
            return "port " + port.hostPort() + " leads to no endpoint of its container";
        }
        return after.isActive(port) ? portConflict(port) : null;
    }

    /// A stopped container may have the same host ports as others, and gets them if it starts first. Its
    /// own ports must not conflict with each other.
    private @Nullable String duplicatePort(ExternalPublishSpec forward) {
        boolean asBefore = before.find(forward.id()) instanceof ExternalPublishSpec old
                && old.port().equals(forward.port());
        return !asBefore
                        && after.externalPublishesOf(forward.containerId()).stream()
                                .anyMatch(other -> !other.id().equals(forward.id())
                                        && other.port().conflictsWith(forward.port()))
                ? portTaken(forward.port())
                : null;
    }

    private @Nullable String portConflict(PortSpec port) {
        return !after.conflictsWith(port).isEmpty() ? portTaken(port) : null;
    }

    private static String portTaken(PortSpec port) {
        return "host port " + port.hostPort() + "/" + port.protocol() + " is taken";
    }
}
