/// The packet filter of the host: which rules the kernel holds, and edits of them.
///
/// [dev.patchbay.engine.firewall.RuleScript] is what is to be done, a value.
/// [dev.patchbay.engine.firewall.Firewall] does it, and only [dev.patchbay.engine.firewall.Iptables] starts a
/// process. Nothing here knows the specs that call for rules.
@NullMarked
package dev.patchbay.engine.firewall;

import org.jspecify.annotations.NullMarked;
