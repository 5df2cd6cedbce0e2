/// Docker's settings of networks and containers, as values: drivers, pools, exposed ports, restart
/// policies.
///
/// A value is validated in its constructor. Specs contain these values, and changes request them.
@NullMarked
package dev.patchbay.engine.container;

import org.jspecify.annotations.NullMarked;
