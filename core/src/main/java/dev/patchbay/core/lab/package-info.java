/// The Lab as a host: the session with its helper, planning against the newest state, and executing the plan.
@NullMarked
package dev.patchbay.core.lab;

import org.jspecify.annotations.NullMarked;
