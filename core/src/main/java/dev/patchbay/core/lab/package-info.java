/// The Lab as a host: plans, topology and watch, through a session with its helper.
@NullMarked
package dev.patchbay.core.lab;

import org.jspecify.annotations.NullMarked;
