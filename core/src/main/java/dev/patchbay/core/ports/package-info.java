/// How a published port is written, which host port it gets, and whether it can have it: decided against every port in
/// force and every real socket of the host, so that whoever holds a busy port is named before anything is tried.
@NullMarked
package dev.patchbay.core.ports;

import org.jspecify.annotations.NullMarked;
