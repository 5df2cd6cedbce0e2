/// Hosts: which there are, opening one, the connection to it, and its view model, which every feature asks.
@NullMarked
package dev.patchbay.app.hosts;

import org.jspecify.annotations.NullMarked;
