/// What is at a point of a scene, and what comes next when walking through it with the keyboard.
@NullMarked
package dev.patchbay.app.canvas.hit;

import org.jspecify.annotations.NullMarked;
