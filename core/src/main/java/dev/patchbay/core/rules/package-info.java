/// The kernel's rules in words: the columns of `iptables -L -n -v`, whose rule it is, and what it does to which packet.
///
/// Pure: everything here works on values that were read elsewhere, for rules of any origin. A rule that nobody foresaw
/// keeps its own text.
@NullMarked
package dev.patchbay.core.rules;

import org.jspecify.annotations.NullMarked;
