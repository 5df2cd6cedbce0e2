package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.netlink.RouteNetlink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Deletes many links with one message: moves them into a link group of their own, and deletes the
/// group. That takes the kernel as long as deleting one link. If the group contains a link of somebody
/// else, our links are deleted one by one.
///
/// @param endpoints to detach
/// @param bridges to delete, none of them adopted
record DeleteLinkGroupStep(List<EndpointStep> endpoints, List<BridgeStep> bridges) implements Step {
    /// To check that a group contains no other link, all links must be read. From this number on that
    /// takes less time than deleting one link after the other.
    private static final int MIN_LINKS = 8;

    DeleteLinkGroupStep {
        endpoints = List.copyOf(endpoints);
        bridges = List.copyOf(bridges);
    }

    /// The same steps, with those combined that can be.
    static List<Step> detaching(List<EndpointStep> steps) {
        List<EndpointStep> together =
                steps.stream().filter(step -> !step.isMacvlan()).toList();
        return together.size() < MIN_LINKS
                ? List.copyOf(steps)
                : prepend(
                        new DeleteLinkGroupStep(together, List.of()),
                        steps.stream().filter(EndpointStep::isMacvlan));
    }

    /// The same steps, with those combined that can be.
    static List<Step> deleting(List<BridgeStep> steps) {
        List<BridgeStep> together = steps.stream()
                .filter(step -> step.network().settings().found() == null)
                .toList();
        return together.size() < MIN_LINKS
                ? List.copyOf(steps)
                : prepend(
                        new DeleteLinkGroupStep(List.of(), together),
                        steps.stream().filter(step -> step.network().settings().found() != null));
    }

    private static List<Step> prepend(Step first, Stream<? extends Step> others) {
        return Stream.concat(Stream.of(first), others).toList();
    }

    private record OwnedLink(String name, Id owner) {}

    private List<OwnedLink> links() {
        List<OwnedLink> links = new ArrayList<>();
        endpoints.forEach(plug -> links.add(
                new OwnedLink(plug.endpoint().hostInterface(), plug.endpoint().id())));
        bridges.forEach(bridge -> links.add(
                new OwnedLink(bridge.network().bridge(), bridge.network().id())));
        return links;
    }

    private int group() {
        return Ownership.deleteGroupOf(links().stream().map(OwnedLink::owner).toList());
    }

    @Override
    public String name() {
        return endpoints.isEmpty()
                ? "delete " + bridges.size() + " bridges"
                : "delete " + endpoints.size() + " veth links";
    }

    @Override
    public List<String> commandLines() {
        List<String> lines = new ArrayList<>();
        links().forEach(link -> lines.add("ip link set " + link.name() + " group " + group()));
        lines.add("ip link delete group " + group());
        return lines;
    }

    @Override
    public void run(KernelAccess kernel) throws EngineException {
        RouteNetlink links = kernel.links();
        Map<Integer, String> leaving = new LinkedHashMap<>();
        for (OwnedLink named : links()) {
            Link link = findOwned(named, links);
            if (link != null) {
                links.setGroup(link.index(), group());
                leaving.put(link.index(), link.name());
            }
        }
        if (leaving.keySet().containsAll(links.linksInGroup(group()))) {
            links.deleteGroup(group());
        } else {
            for (String name : leaving.values()) {
                links.deleteLink(name);
            }
        }
    }

    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        for (OwnedLink named : links()) {
            Link link = findOwned(named, kernel.links());
            if (link != null && link.group() != Ownership.GROUP) {
                kernel.links().setGroup(link.index(), Ownership.GROUP);
            }
        }
        for (BridgeStep bridge : bridges) {
            bridge.undo(kernel);
        }
        for (EndpointStep plug : endpoints.reversed()) {
            plug.undo(kernel);
        }
    }

    private static @Nullable Link findOwned(OwnedLink named, RouteNetlink links) throws EngineException {
        Link link = links.link(named.name());
        return link != null && named.owner().equals(Ownership.owner(link)) ? link : null;
    }
}
