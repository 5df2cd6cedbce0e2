/// The Lab as a host: what its plans, its picture and its watch do through a session with its helper.
@NullMarked
package dev.patchbay.core.lab;

import org.jspecify.annotations.NullMarked;
