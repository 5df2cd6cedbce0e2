package dev.patchbay.engine.os;

import dev.patchbay.engine.os.SysctlKey.Scope;
import java.nio.file.Path;

/// The name of a kernel setting, of the whole namespace or of one link.
///
/// @param link empty for a setting of the whole namespace
public record SysctlName(SysctlKey key, String link) {
    private static final Path ROOT = Path.of("/proc/sys");

    public SysctlName {
        if (link.isEmpty() == (key.scope() == Scope.LINK)
                || link.contains("/")
                || link.equals(".")
                || link.equals("..")) {
            throw new IllegalArgumentException("invalid sysctl: " + key + " of " + link);
        }
    }

    /// The setting with an intended value.
    public Sysctl.Assignment to(String value) {
        return new Sysctl.Assignment(this, value);
    }

    /// Whether it would set all present links (`all`) or all later ones (`default`).
    boolean isOfEveryLink() {
        return link.equals("all") || link.equals("default");
    }

    Path path() {
        return ROOT.resolve(key.path().formatted(link));
    }

    /// As `sysctl` accepts it: with slashes, because a link's name may contain a dot.
    @Override
    public String toString() {
        return switch (key.scope()) {
            case NAMESPACE -> key.path().replace('/', '.');
            case LINK -> key.path().formatted(link);
        };
    }
}
