/// Commands for the host as a whole: rules, history, the Lab, the tour and the checks.
@NullMarked
package dev.patchbay.app.cli.host;

import org.jspecify.annotations.NullMarked;
