/// Netfilter over netlink: nf_tables and the conntrack table.
@NullMarked
package dev.patchbay.engine.netfilter;

import org.jspecify.annotations.NullMarked;
