/// How Docker's command line writes things: tables, times, ports, JSON. Pure functions.
@NullMarked
package dev.patchbay.app.cli.text;

import org.jspecify.annotations.NullMarked;
