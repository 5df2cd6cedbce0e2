/// Commands on the host as a whole: its rules, its history, the Lab it lives in, and what helps to learn and to check.
@NullMarked
package dev.patchbay.app.cli.host;

import org.jspecify.annotations.NullMarked;
