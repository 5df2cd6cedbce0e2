/// The used part of Docker's HTTP API: a request is a value, an answer is the engine's own JSON, and a
/// refusal has the engine's own words. Streamed answers come through docker-java's commands.
@NullMarked
package dev.patchbay.core.docker.api;

import org.jspecify.annotations.NullMarked;
