package dev.patchbay.app.action;

import static dev.patchbay.app.action.Shortcut.Scope.CANVAS;
import static dev.patchbay.app.action.Shortcut.Scope.EVERYWHERE;
import static dev.patchbay.app.action.Shortcut.Scope.WINDOW;

import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignI;
import org.kordamp.ikonli.materialdesign2.MaterialDesignK;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;
import org.kordamp.ikonli.materialdesign2.MaterialDesignU;
import org.kordamp.ikonli.materialdesign2.MaterialDesignW;

/// Every action of the window: its label, icon, shortcuts and the condition on its objects. The effects
/// are registered with [ActionCatalogue]. The toolbar, menus, shortcuts, tooltips, the help and the
/// command palette are made from both.
public enum ActionId {
    NEW_NETWORK(change(MaterialDesignP.PLUS, () -> Messages.of("action.newNetwork"))
            .dialog()
            .key('N')),
    RUN_CONTAINER(change(MaterialDesignP.PLAY, () -> Messages.of("action.runContainer"))
            .words(target -> target.network() == null
                    ? Messages.of("action.runContainer")
                    : Messages.of("action.runContainer.here"))
            .dialog()
            .key('R')),
    CONNECT(change(MaterialDesignL.LAN_CONNECT, () -> Messages.of("action.connect"))
            .words(target -> target.network() != null
                    ? Messages.of("action.connect.container")
                    : target.container() != null
                            ? Messages.of("action.connect.network")
                            : Messages.of("action.connect"))
            .dialog()
            .condition(ActionId::connectObstacle)
            .key('C')),
    DISCONNECT(change(MaterialDesignL.LAN_DISCONNECT, () -> Messages.of("action.disconnect"))
            .words(target -> target.network() == null || target.container() == null
                    ? Messages.of("action.disconnect")
                    : Messages.of(
                            "action.disconnect.from",
                            SafeText.escapeAndShorten(target.network().name())))
            .condition(ActionId::endpointObstacle)
            .choices(ActionTarget::endpoints)
            .key('D')),
    MOVE(change(MaterialDesignS.SWAP_VERTICAL, () -> Messages.of("action.move"))
            .words(target -> target.network() == null || target.container() == null
                    ? Messages.of("action.move")
                    : Messages.of(
                            "action.move.from",
                            SafeText.escapeAndShorten(target.network().name())))
            .dialog()
            .condition(ActionId::endpointObstacle)
            .choices(ActionTarget::endpoints)),
    GATEWAY(change(MaterialDesignR.ROUTES, () -> Messages.of("action.gateway"))
            .words(target -> target.network() == null || target.container() == null
                    ? Messages.of("action.gateway")
                    : Messages.of(
                            "action.gateway.of",
                            SafeText.escapeAndShorten(target.network().name())))
            .dialog()
            .condition(ActionId::gatewayObstacle)
            .choices(ActionTarget::endpoints)),
    PUBLISH(change(MaterialDesignU.UPLOAD_NETWORK_OUTLINE, () -> Messages.of("action.publish"))
            .words(target -> target.pin() == null
                    ? Messages.of("action.publish")
                    : Messages.of("action.publish.port", target.pin()))
            .dialog()
            .condition(ActionId::containerObstacle)
            .key('P')),
    UNPUBLISH(change(MaterialDesignC.CLOSE_NETWORK_OUTLINE, () -> Messages.of("action.unpublish"))
            .words(target -> target.port() == null
                    ? Messages.of("action.unpublish")
                    : Messages.of("action.unpublish.port", target.port().port().hostSide()))
            .condition(ActionId::portObstacle)
            .choices(ActionTarget::ports)
            .key('U')),
    REPUBLISH(change(MaterialDesignS.SWAP_HORIZONTAL, () -> Messages.of("action.republish"))
            .words(target -> target.port() == null
                    ? Messages.of("action.republish")
                    : Messages.of("action.republish.port", target.port().port().hostSide()))
            .dialog()
            .condition(ActionId::portObstacle)
            .choices(ActionTarget::ports)),
    START(change(MaterialDesignP.PLAY, () -> Messages.of("action.start"))
            .condition(target -> target.container() != null && isStarted(target.container())
                    ? Messages.of("condition.running", target.name())
                    : containerObstacle(target))),
    STOP(change(MaterialDesignS.STOP, () -> Messages.of("action.stop"))
            .condition(target -> target.container() != null && !isStarted(target.container())
                    ? Messages.of("condition.stopped", target.name())
                    : containerObstacle(target))),
    RESTART(change(MaterialDesignR.RESTART, () -> Messages.of("action.restart"))
            .condition(
                    target -> target.container() != null && !target.container().running()
                            ? Messages.of("condition.stopped", target.name())
                            : containerObstacle(target))),
    RENAME(change(MaterialDesignR.RENAME_BOX, () -> Messages.of("action.rename"))
            .dialog()
            .condition(ActionId::containerObstacle)),
    EDIT_NETWORK(change(MaterialDesignP.PENCIL_OUTLINE, () -> Messages.of("action.editNetwork"))
            .dialog()
            .condition(target ->
                    target.network() == null ? Messages.of("hint.network") : predefinedObstacle(target.network()))),
    SUBNET(change(MaterialDesignI.IP_NETWORK_OUTLINE, () -> Messages.of("action.subnet"))
            .dialog()
            .condition(target ->
                    target.network() == null ? Messages.of("hint.network") : subnetObstacle(target.network()))),
    REMOVE(change(MaterialDesignD.DELETE_OUTLINE, () -> Messages.of("action.remove"))
            .condition(target -> target.port() != null || target.container() != null
                    ? ""
                    : target.network() == null ? Messages.of("hint.remove") : predefinedObstacle(target.network()))
            .key(new Shortcut.Pressed(KeyCode.DELETE, CANVAS, () -> Messages.of("keys.delete")))),
    UNDO(change(MaterialDesignU.UNDO, () -> Messages.of("action.undo"))
            .key(new Shortcut.Control(KeyCode.Z, false, WINDOW))),
    REDO(change(MaterialDesignR.REDO, () -> Messages.of("action.redo"))
            .key(new Shortcut.Control(KeyCode.Z, true, WINDOW))),
    REPAIR(change(MaterialDesignW.WRENCH_OUTLINE, () -> Messages.of("action.repair"))),
    COMPOSE(change(MaterialDesignF.FILE_DOCUMENT_OUTLINE, () -> Messages.of("action.compose"))
            .dialog()
            .key(new Shortcut.Control(KeyCode.O, false, WINDOW))),
    EXPORT(copy(MaterialDesignE.EXPORT_VARIANT, () -> Messages.of("action.export"))
            .key(new Shortcut.Control(KeyCode.E, false, WINDOW))),
    EXPORT_JSON(copy(MaterialDesignE.EXPORT_VARIANT, () -> Messages.of("action.exportJson"))
            .dialog()
            .condition(ActionId::objectObstacle)),
    EXPORT_PNG(copy(MaterialDesignI.IMAGE_OUTLINE, () -> Messages.of("action.exportPng", 1))
            .dialog()),
    EXPORT_PNG2(copy(MaterialDesignI.IMAGE_OUTLINE, () -> Messages.of("action.exportPng", 2))
            .dialog()),
    EXPORT_PNG4(copy(MaterialDesignI.IMAGE_OUTLINE, () -> Messages.of("action.exportPng", 4))
            .dialog()),
    EXPORT_SVG(copy(MaterialDesignI.IMAGE_OUTLINE, () -> Messages.of("action.exportSvg"))
            .dialog()),
    EXPORT_MERMAID(copy(MaterialDesignE.EXPORT_VARIANT, () -> Messages.of("action.exportMermaid"))
            .dialog()),
    EXPORT_RULES(copy(MaterialDesignE.EXPORT_VARIANT, () -> Messages.of("action.exportRules"))
            .dialog()),
    EXPORT_TRAFFIC(copy(MaterialDesignE.EXPORT_VARIANT, () -> Messages.of("action.exportTraffic"))
            .dialog()),
    COPY_CREATE_COMMAND(copy(MaterialDesignC.CONTENT_COPY, () -> Messages.of("action.copyCreateCommand"))
            .condition(ActionId::objectObstacle)),
    COPY_COMMAND(copy(MaterialDesignC.CONTENT_COPY, () -> Messages.of("action.copyCommand"))
            .condition(target -> target.port() == null ? Messages.of("hint.port") : "")),
    PALETTE(view(MaterialDesignC.CONSOLE_LINE, () -> Messages.of("action.palette"))
            .key(new Shortcut.Control(KeyCode.K, false, WINDOW))),
    SEARCH(view(MaterialDesignM.MAGNIFY, () -> Messages.of("action.search"))
            .key(new Shortcut.Control(KeyCode.F, false, EVERYWHERE))
            .key('/')),
    FIT(view(MaterialDesignF.FIT_TO_PAGE_OUTLINE, () -> Messages.of("action.fit"))
            .key('F')),
    TIDY(view(MaterialDesignA.AUTO_FIX, () -> Messages.of("action.tidy"))),
    ADDRESSES(view(MaterialDesignM.MAP_OUTLINE, () -> Messages.of("action.addresses"))
            .dialog()),
    THEME(view(MaterialDesignC.CIRCLE_HALF_FULL, () -> Messages.of("action.theme"))),
    THEME_DESKTOP(view(MaterialDesignT.THEME_LIGHT_DARK, () -> Messages.of("action.themeDesktop"))),
    THEME_DARK(view(MaterialDesignT.THEME_LIGHT_DARK, () -> Messages.of("action.themeDark"))),
    THEME_LIGHT(view(MaterialDesignT.THEME_LIGHT_DARK, () -> Messages.of("action.themeLight"))),
    THEME_CONTRAST(view(MaterialDesignT.THEME_LIGHT_DARK, () -> Messages.of("action.themeContrast"))),
    TOUR(view(MaterialDesignP.PLAY_CIRCLE_OUTLINE, () -> Messages.of("action.tour"))),
    RECONNECT(view(MaterialDesignR.RESTART, () -> Messages.of("action.reconnect"))),
    ZOOM(view(null, () -> Messages.of("keys.zoom")).shown(() -> "+").shown(() -> "−")),
    MOVE_FOCUS(view(null, () -> Messages.of("keys.walk")).shown(() -> "↑ ↓ ← →")),
    OPEN(view(null, () -> Messages.of("keys.open")).shown(() -> Messages.of("keys.enter"))),
    MENU(view(null, () -> Messages.of("keys.menu")).shown(() -> Messages.of("keys.menuKey"))),
    NEXT_CONTROL(view(null, () -> Messages.of("keys.tab")).shown(() -> "Tab")),
    NEXT_REGION(
            view(null, () -> Messages.of("keys.region")).key(new Shortcut.Pressed(KeyCode.F6, EVERYWHERE, () -> "F6"))),
    COPY(view(null, () -> Messages.of("keys.copy")).key(new Shortcut.Control(KeyCode.C, false, EVERYWHERE))),
    ESCAPE(view(null, () -> Messages.of("keys.escape"))
            .key(new Shortcut.Pressed(KeyCode.ESCAPE, EVERYWHERE, () -> "Esc"))),
    HELP(view(MaterialDesignK.KEYBOARD_OUTLINE, () -> Messages.of("action.help"))
            .key(new Shortcut.Pressed(KeyCode.F1, EVERYWHERE, () -> "F1"))
            .key('?'));

    /// A section of the shortcut help. Only actions that change something need the host.
    public enum Section {
        CHANGE,
        COPY,
        VIEW
    }

    private static final class Description {
        final Section section;
        final @Nullable Ikon icon;
        final Supplier<String> words;
        final List<Shortcut> shortcuts = new ArrayList<>();
        Function<ActionTarget, String> targetWords;
        Function<ActionTarget, String> condition = _ -> "";
        Function<ActionTarget, List<ActionTarget>> choices = List::of;
        boolean dialog;
        boolean onObject;

        Description(Section section, @Nullable Ikon icon, Supplier<String> words) {
            this.section = section;
            this.icon = icon;
            this.words = words;
            this.targetWords = _ -> words.get();
        }

        Description words(Function<ActionTarget, String> ofTarget) {
            targetWords = ofTarget;
            return this;
        }

        Description condition(Function<ActionTarget, String> obstacle) {
            condition = obstacle;
            onObject = true;
            return this;
        }

        Description choices(Function<ActionTarget, List<ActionTarget>> expand) {
            choices = expand;
            return this;
        }

        Description dialog() {
            dialog = true;
            return this;
        }

        Description key(Shortcut shortcut) {
            shortcuts.add(shortcut);
            return this;
        }

        Description key(char character) {
            return key(new Shortcut.Typed(character));
        }

        Description shown(Supplier<String> label) {
            return key(new Shortcut.Shown(label));
        }
    }

    private final Description description;

    ActionId(Description description) {
        this.description = description;
    }

    private static Description change(Ikon icon, Supplier<String> words) {
        return new Description(Section.CHANGE, icon, words);
    }

    private static Description copy(Ikon icon, Supplier<String> words) {
        return new Description(Section.COPY, icon, words);
    }

    private static Description view(@Nullable Ikon icon, Supplier<String> words) {
        return new Description(Section.VIEW, icon, words);
    }

    /// The actions of a section that have a shortcut.
    public static List<ActionId> withKeys(Section section) {
        return Arrays.stream(values())
                .filter(id -> id.section() == section && !id.description.shortcuts.isEmpty())
                .toList();
    }

    /// The action that a key event triggers where the focus is now.
    ///
    /// @param event a key that was pressed or typed
    /// @param scope the narrowest scope that contains the focus
    public static Optional<ActionId> of(KeyEvent event, Shortcut.Scope scope) {
        return Arrays.stream(values())
                .filter(id -> id.description.shortcuts.stream().anyMatch(key -> key.matches(event, scope)))
                .findFirst();
    }

    public Section section() {
        return description.section;
    }

    public @Nullable Ikon icon() {
        return description.icon;
    }

    public String words() {
        return description.words.get();
    }

    public String words(ActionTarget target) {
        return description.targetWords.apply(target);
    }

    /// Whether the action is done to the selected objects.
    public boolean isOnObject() {
        return description.onObject;
    }

    /// Whether a dialog or file chooser asks for more before anything is done.
    boolean opensDialog() {
        return description.dialog;
    }

    /// The label of its shortcut; empty without one.
    public String keyText() {
        return description.shortcuts.stream().map(Shortcut::label).collect(Collectors.joining("  "));
    }

    Optional<Shortcut> firstShortcut() {
        return description.shortcuts.stream().findFirst();
    }

    /// Why the action cannot be done to these objects; empty when it can.
    String obstacle(ActionTarget target) {
        return description.condition.apply(target);
    }

    /// The objects that the action could mean, one target each; never empty.
    public List<ActionTarget> choices(ActionTarget target) {
        return description.choices.apply(target);
    }

    /// The id of its button: `newNetwork`.
    public String controlId() {
        String joined = Arrays.stream(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return Character.toLowerCase(joined.charAt(0)) + joined.substring(1);
    }

    private static boolean isStarted(Container container) {
        return container.running() || container.state() == Container.State.RESTARTING;
    }

    private static String containerObstacle(ActionTarget target) {
        return target.container() == null ? Messages.of("hint.container") : "";
    }

    private static String endpointObstacle(ActionTarget target) {
        if (target.container() == null) {
            return Messages.of("hint.container");
        }
        return target.network() == null ? Messages.of("condition.noNetwork", target.name()) : "";
    }

    private static String gatewayObstacle(ActionTarget target) {
        Container container = target.container();
        Network network = target.network();
        if (container == null || network == null) {
            return endpointObstacle(target);
        }
        Endpoint endpoint = container.endpointOn(network.id());
        if (container.endpoints().size() < 2) {
            return Messages.of("condition.oneNetwork", target.name());
        }
        if (network.internal()) {
            return Messages.of("condition.internal", SafeText.escapeAndShorten(network.name()));
        }
        return endpoint != null && endpoint.defaultRoute()
                ? Messages.of("condition.defaultRoute", SafeText.escapeAndShorten(network.name()))
                : "";
    }

    private static String portObstacle(ActionTarget target) {
        if (target.port() != null) {
            return "";
        }
        return target.container() == null ? Messages.of("hint.port") : Messages.of("condition.noPort", target.name());
    }

    private static String objectObstacle(ActionTarget target) {
        return target.container() == null && target.network() == null ? Messages.of("hint.object") : "";
    }

    private static String predefinedObstacle(Network network) {
        return network.predefined()
                ? Messages.of("condition.predefined", SafeText.escapeAndShorten(network.name()))
                : "";
    }

    private static String subnetObstacle(Network network) {
        return network.attached()
                        || network.configOnly()
                        || network.config().pools().isEmpty()
                ? Messages.of("condition.fixedSubnet", SafeText.escapeAndShorten(network.name()))
                : predefinedObstacle(network);
    }

    private static String connectObstacle(ActionTarget target) {
        return target.container() == null && target.network() == null
                ? Messages.of("hint.object")
                : connectObstacle(target.container(), target.network());
    }

    /// Why a container cannot be connected to a network; empty when it can.
    ///
    /// @param container null while it is to be chosen
    /// @param network null while it is to be chosen
    public static String connectObstacle(@Nullable Container container, @Nullable Network network) {
        if (network != null && !network.driver().hasEndpoints()) {
            return Messages.of("condition.noBridge", SafeText.escapeAndShorten(network.name()));
        }
        if (container == null) {
            return "";
        }
        String name = SafeText.escapeAndShorten(container.name());
        if (network != null && container.endpointOn(network.id()) != null) {
            return Messages.of("condition.connected", name, SafeText.escapeAndShorten(network.name()));
        }
        // Docker refuses to connect a container that shares another namespace or has the mode `none`.
        String mode = container.networkMode();
        boolean shares = mode.equals("host")
                || mode.startsWith("container:")
                || (mode.equals("none") && network != null && !network.attached());
        return shares ? Messages.of("condition.sharesNetwork", name, SafeText.escapeAndShorten(mode)) : "";
    }
}
