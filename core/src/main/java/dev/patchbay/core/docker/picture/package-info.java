/// Docker's answers as a picture of its host: read once, and translated without asking anything more.
@NullMarked
package dev.patchbay.core.docker.picture;

import org.jspecify.annotations.NullMarked;
