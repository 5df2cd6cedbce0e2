/// The output formats of Docker's command line: tables, times, ports, JSON. Pure functions.
@NullMarked
package dev.patchbay.app.cli.text;

import org.jspecify.annotations.NullMarked;
