/// Questions about who reaches whom, and what is answered.
@NullMarked
package dev.patchbay.app.viewmodel.reachability;

import org.jspecify.annotations.NullMarked;
