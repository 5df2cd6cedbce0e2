/// Addresses, prefixes, MAC addresses, ports and protocols: values without behaviour that needs a host.
@NullMarked
package dev.patchbay.engine.net;

import org.jspecify.annotations.NullMarked;
