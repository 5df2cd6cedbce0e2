/// The hosts that a window can show: the Lab, and the engines that can be reached.
@NullMarked
package dev.patchbay.app.viewmodel.hosts;

import org.jspecify.annotations.NullMarked;
