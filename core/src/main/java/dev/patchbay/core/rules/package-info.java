/// The kernel's rules as text: the columns of `iptables -L -n -v`, the owner of a rule, and what it does
/// to which packets.
///
/// Pure: everything works on values, for rules of any origin. A rule of unknown form keeps its own text.
@NullMarked
package dev.patchbay.core.rules;

import org.jspecify.annotations.NullMarked;
