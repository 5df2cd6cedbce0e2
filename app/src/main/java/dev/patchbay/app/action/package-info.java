/// What a person can do, by whatever means.
@NullMarked
package dev.patchbay.app.action;

import org.jspecify.annotations.NullMarked;
