package dev.patchbay.engine.container;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;

/// A container's settings on the host beside networks and ports: the rest of Docker's
/// `HostConfigDocument`.
///
/// @param publishAll whether every exposed port is published, on a host port that is chosen at each
///     start
/// @param autoRemove whether the container is removed after its command has ended
/// @param dns name servers instead of the host's
/// @param dnsSearch search domains
/// @param dnsOptions `options` of `resolv.conf`, as `ndots:2`
/// @param extraHosts additional lines of `/etc/hosts`
public record HostSettings(
        RestartPolicy restart,
        boolean publishAll,
        boolean autoRemove,
        List<InetAddress> dns,
        List<String> dnsSearch,
        List<String> dnsOptions,
        List<ExtraHost> extraHosts) {
    /// The settings of a container without any option.
    public static final HostSettings DEFAULT =
            new HostSettings(RestartPolicy.NO, false, false, List.of(), List.of(), List.of(), List.of());

    /// One word of a line in `resolv.conf`.
    private static final Pattern WORD_PATTERN = Pattern.compile("[A-Za-z0-9_.:-]{1,255}");

    public HostSettings {
        dns = List.copyOf(dns);
        dnsSearch = List.copyOf(dnsSearch);
        dnsOptions = List.copyOf(dnsOptions);
        extraHosts = List.copyOf(extraHosts);
        dnsSearch.forEach(HostSettings::requireWord);
        dnsOptions.forEach(HostSettings::requireWord);
    }

    /// Whether it is valid in a line of `resolv.conf`.
    public static boolean isWord(String text) {
        return WORD_PATTERN.matcher(text).matches();
    }

    private static void requireWord(String text) {
        if (!isWord(text)) {
            throw new IllegalArgumentException(text + " is not a word of resolv.conf");
        }
    }

    public HostSettings withPublishAll() {
        return new HostSettings(restart, true, autoRemove, dns, dnsSearch, dnsOptions, extraHosts);
    }

    public HostSettings withRestart(RestartPolicy policy) {
        return new HostSettings(policy, publishAll, autoRemove, dns, dnsSearch, dnsOptions, extraHosts);
    }

    public HostSettings withAutoRemove(boolean remove) {
        return new HostSettings(restart, publishAll, remove, dns, dnsSearch, dnsOptions, extraHosts);
    }
}
