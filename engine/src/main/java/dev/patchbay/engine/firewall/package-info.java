/// The packet filter of the host: how it comes from the rules in the kernel to those that the specs call for, by
/// one `iptables-restore`.
///
/// Everything up to the text of a script is pure: [dev.patchbay.engine.ruleset.RuleLayout] says which rules an
/// object has, [dev.patchbay.engine.ruleset.Ruleset] which rules all specs have, and
/// [dev.patchbay.engine.firewall.RuleScript] which edits lead from the rules that are in the kernel to those.
/// Only [dev.patchbay.engine.firewall.Iptables] starts a process. The layout is that of Docker 20.10 without its
/// userland proxy, with chains of our own names. Rules of others are never edited, nor moved against one another.
@NullMarked
package dev.patchbay.engine.firewall;

import org.jspecify.annotations.NullMarked;
