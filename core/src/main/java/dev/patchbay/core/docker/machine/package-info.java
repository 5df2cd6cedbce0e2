/// Access to the machine that an engine runs on, through its helper.
@NullMarked
package dev.patchbay.core.docker.machine;

import org.jspecify.annotations.NullMarked;
