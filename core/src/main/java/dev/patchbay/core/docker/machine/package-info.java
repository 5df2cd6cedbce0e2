/// The machine that an engine runs on, as its helper sees it.
@NullMarked
package dev.patchbay.core.docker.machine;

import org.jspecify.annotations.NullMarked;
