package dev.patchbay.engine.container;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.patchbay.engine.net.Addresses;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An additional line of a sandbox's `/etc/hosts`, as `--add-host` takes it.
///
/// @param address null for the host itself, which Docker writes as `host-gateway`
public record ExtraHost(
        String name,
        @JsonSetter(nulls = Nulls.SET) @Nullable InetAddress address) {
    /// Docker's name for the host's own address.
    public static final String HOST_GATEWAY = "host-gateway";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}");

    public ExtraHost {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a host name: " + name);
        }
    }

    /// Docker's form, as `db:10.0.0.5`.
    @Override
    public String toString() {
        return name + ":" + (address == null ? HOST_GATEWAY : Addresses.format(address));
    }
}
