package dev.patchbay.engine.watch;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netlink.NetlinkMessage;
import dev.patchbay.engine.netlink.RouteMessageParser;
import dev.patchbay.engine.netlink.Rtnl;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/// The objects of one batch of events.
///
/// @param linkNames of the links that were added, changed or deleted
/// @param aliases of the links that have one
/// @param addressedLinks indexes of links whose addresses changed
/// @param overrun whether events were lost or unreadable, so that anything may have changed
public record KernelEventBatch(
        Set<KernelAspect> aspects,
        Set<String> linkNames,
        Set<String> aliases,
        Set<Integer> addressedLinks,
        boolean overrun) {
    public KernelEventBatch {
        aspects = Set.copyOf(aspects);
        linkNames = Set.copyOf(linkNames);
        aliases = Set.copyOf(aliases);
        addressedLinks = Set.copyOf(addressedLinks);
    }

    private static final System.Logger LOG = System.getLogger(KernelEventBatch.class.getName());

    static final class Builder {
        private final Set<KernelAspect> aspects = EnumSet.noneOf(KernelAspect.class);
        private final Set<String> linkNames = new HashSet<>();
        private final Set<String> aliases = new HashSet<>();
        private final Set<Integer> addressedLinks = new HashSet<>();
        private boolean overrun;

        /// A message that cannot be read may be about anything.
        void add(NetlinkMessage message) {
            try {
                read(message);
            } catch (EngineException | RuntimeException e) {
                LOG.log(Level.DEBUG, "an event could not be read", e);
                markOverrun();
            }
        }

        private void read(NetlinkMessage message) throws EngineException {
            switch (message.type()) {
                case Rtnl.RTM_NEWLINK, Rtnl.RTM_DELLINK -> {
                    aspects.add(KernelAspect.LINKS);
                    linkNames.add(RouteMessageParser.linkName(message));
                    String alias = RouteMessageParser.linkAlias(message);
                    if (!alias.isEmpty()) {
                        aliases.add(alias);
                    }
                }
                case Rtnl.RTM_NEWADDR, Rtnl.RTM_DELADDR -> {
                    aspects.add(KernelAspect.ADDRESSES);
                    addressedLinks.add(RouteMessageParser.address(message).index());
                }
                case Rtnl.RTM_NEWROUTE, Rtnl.RTM_DELROUTE -> aspects.add(KernelAspect.ROUTES);
                case Rtnl.RTM_NEWNETCONF, Rtnl.RTM_DELNETCONF -> {
                    if (RouteMessageParser.isHostForwarding(message)) {
                        aspects.add(KernelAspect.FORWARDING);
                    }
                }
                default -> aspects.add(KernelAspect.RULES); // nf_tables messages have higher numbers than these
            }
        }

        void markOverrun() {
            overrun = true;
            aspects.addAll(EnumSet.allOf(KernelAspect.class));
        }

        KernelEventBatch build() {
            return new KernelEventBatch(aspects, linkNames, aliases, addressedLinks, overrun);
        }
    }
}
