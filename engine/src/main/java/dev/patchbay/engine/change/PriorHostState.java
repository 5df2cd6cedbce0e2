package dev.patchbay.engine.change;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.os.Sysctl;
import dev.patchbay.engine.os.SysctlKey;
import dev.patchbay.engine.spec.AdoptedBridge;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.step.BridgeSysctls;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A change with the previous state of the host, as the helper itself reads it from the kernel: the
/// state of an adopted bridge, and the `route_localnet` of a bridge. The client's own claims are
/// ignored, because they decide what is restored when the record is removed.
///
/// @param refusal why the host cannot have it, null when it can
record PriorHostState(SpecChange change, @Nullable Refusal refusal) {
    static PriorHostState of(Specs before, SpecChange change, RouteNetlink links) throws EngineException {
        Reader reading = new Reader(before, change, links);
        List<Spec> put = new ArrayList<>();
        for (Spec spec : change.put()) {
            put.add(reading.spec(spec));
        }
        return new PriorHostState(new SpecChange(put, change.remove()), reading.refusal);
    }

    private static final class Reader {
        private final Specs before;
        private final SpecChange change;
        private final RouteNetlink links;
        private @Nullable Refusal refusal;

        private Reader(Specs before, SpecChange change, RouteNetlink links) {
            this.before = before;
            this.change = change;
            this.links = links;
        }

        private Spec spec(Spec spec) throws EngineException {
            return switch (spec) {
                case NetworkSpec network ->
                    network.driver() == Driver.BRIDGE ? network.withAdoptedBridge(adoptedBridge(network)) : network;
                case ExternalPublishSpec forward ->
                    forward.target() instanceof ExternalPublishSpec.Target asked
                            ? forward.withTarget(target(asked))
                            : forward;
                case SandboxSpec _, EndpointSpec _, PortSpec _ -> spec;
            };
        }

        private @Nullable AdoptedBridge adoptedBridge(NetworkSpec network) throws EngineException {
            if (before.find(network.id()) instanceof NetworkSpec old
                    && old.bridge().equals(network.bridge())) {
                return old.settings().found();
            }
            // Another network that is removed in the same change leaves the adopted bridge in its prior
            // state.
            Optional<NetworkSpec> predecessor = before.networksOnBridge(network.bridge()).stream()
                    .filter(other -> change.remove().contains(other.id()))
                    .findFirst();
            if (predecessor.isPresent()) {
                return predecessor.get().settings().found();
            }
            Link link = links.link(network.bridge());
            if (link == null || network.id().equals(Ownership.owner(link))) {
                return null;
            }
            if (!link.kind().equals("bridge")) {
                refuse("not-a-bridge", "existing interface " + link.name() + " is not a bridge");
                return null;
            }
            if (Ownership.owner(link) != null || network.settings().found() == null) {
                refuse(
                        "bridge-exists",
                        "The host has a bridge " + link.name()
                                + (Ownership.owner(link) != null
                                        ? " of another network of Patchbay's."
                                        : " that is not Patchbay's."));
                return null;
            }
            return new AdoptedBridge(link.addresses(), link.up(), link.mtu(), BridgeSysctls.current(network));
        }

        /// The value before the first mapping counts, because mappings themselves set `route_localnet`.
        private ExternalPublishSpec.Target target(ExternalPublishSpec.Target asked) throws EngineException {
            List<ExternalPublishSpec.Target> recorded = before.externalPublishesToBridge(asked.bridge()).stream()
                    .map(ExternalPublishSpec::target)
                    .flatMap(Stream::ofNullable)
                    .toList();
            Optional<ExternalPublishSpec.Target> first = recorded.stream()
                    .filter(target -> target.address(Family.IPV4) != null)
                    .findFirst();
            if (recorded.isEmpty()) {
                Link link = links.link(asked.bridge());
                if (link == null || !link.kind().equals("bridge")) {
                    refuse("not-a-bridge", "The host has no bridge " + asked.bridge() + ".");
                }
            }
            boolean localnet = first.isPresent()
                    ? first.get().localnet()
                    : Objects.equals(Sysctl.read(SysctlKey.ROUTE_LOCALNET.of(asked.bridge())), "1");
            return new ExternalPublishSpec.Target(asked.bridge(), asked.addresses(), localnet);
        }

        private void refuse(String code, String sentence) {
            if (refusal == null) {
                refusal = Refusal.of(code, sentence);
            }
        }
    }
}
