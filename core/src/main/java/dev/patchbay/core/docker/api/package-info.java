/// Docker's HTTP API, as little of it as has to be known: a request is a value, an answer is the engine's own JSON, and
/// what the engine refuses is a refusal in its own words. Answers that are streams come through docker-java's commands.
@NullMarked
package dev.patchbay.core.docker.api;

import org.jspecify.annotations.NullMarked;
