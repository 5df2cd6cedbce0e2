package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.drag.Aim;
import dev.patchbay.app.canvas.drag.Aiming;
import dev.patchbay.app.canvas.drag.Gestures;
import dev.patchbay.app.canvas.drag.Grip;
import dev.patchbay.app.canvas.drag.Intent;
import dev.patchbay.app.canvas.drag.Note;
import dev.patchbay.app.canvas.paint.Detail;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.model.Element;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The drag of a thing in the picture, from the first movement to the release or Esc. What only moves things in the
/// picture is done here; the rest is somebody else's.
final class Dragging {
    private final Standing standing;
    private final Viewport viewport;
    private final Runnable changed;
    private Gestures gestures = Gestures.NONE;
    private @Nullable Aiming aiming;
    private @Nullable Aim aim;
    private @Nullable Note note;

    /// @param changed called when something has to be drawn anew
    Dragging(Standing standing, Viewport viewport, Runnable changed) {
        this.standing = standing;
        this.viewport = viewport;
        this.changed = changed;
    }

    void tell(Gestures who) {
        gestures = who;
    }

    /// Takes hold of what is at this place of the view.
    ///
    /// @return false on ground
    boolean grab(Point view, @Nullable Element element) {
        Standing.Shown shown = standing.shown();
        if (shown == null || Detail.at(viewport.camera().scale()) == Detail.FAR) {
            return false;
        }
        Point point = viewport.camera().toScene(view);
        Grip grip = Grip.at(shown.scene(), element, point);
        if (grip != null) {
            aiming = new Aiming(shown.topology(), shown.layout(), grip, point);
        }
        return grip != null;
    }

    boolean underWay() {
        return aiming != null;
    }

    @Nullable
    Aim aim() {
        return aim;
    }

    /// What stands beside the pointer: why nothing would happen, or what somebody says of the intent.
    @Nullable
    Note note() {
        Aim now = aim;
        return now == null || now.why().isEmpty() ? note : new Note(now.why(), List.of(), false);
    }

    void say(@Nullable Note what) {
        note = what;
        changed.run();
    }

    void to(Point view) {
        Aiming now = aiming;
        if (now != null) {
            take(now.at(viewport.camera().toScene(view)));
        }
    }

    /// The host has changed under the drag.
    void renew() {
        Standing.Shown shown = standing.shown();
        Aiming now = aiming;
        Aim last = aim;
        if (now == null || shown == null) {
            return;
        }
        Aiming next = now.in(shown.topology(), shown.layout());
        if (next == null) {
            cancel();
        } else {
            aiming = next;
            if (last != null) {
                take(next.at(last.at()));
            }
        }
    }

    private void take(Aim next) {
        Intent before = intent();
        aim = next;
        if (!Objects.equals(before, next.intent())) {
            note = null;
            gestures.aim(next.intent());
        }
        changed.run();
    }

    /// Lets go.
    void end() {
        Intent wanted = intent();
        cancel();
        switch (wanted) {
            case null -> {}
            case Intent.MoveCard move -> standing.move(move);
            case Intent.MoveLane move -> standing.move(move);
            case Intent.Connect _, Intent.Disconnect _, Intent.Publish _, Intent.Unpublish _ -> gestures.drop(wanted);
        }
        viewport.show(standing.scene());
        changed.run();
    }

    void cancel() {
        aiming = null;
        aim = null;
        note = null;
        gestures.aim(null);
        changed.run();
    }

    private @Nullable Intent intent() {
        return aim == null ? null : aim.intent();
    }
}
