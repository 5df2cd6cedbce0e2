package dev.patchbay.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What the package installs for systemd-networkd and NetworkManager keeps them from the links that are named as ours
/// are, while they are set to manage every link there is.
@ExtendWith(PrivateNamespace.class)
class LinkManagersTest {
    private static final Path NETWORKD = Path.of("/lib/systemd/systemd-networkd");
    private static final Path NETWORK_MANAGER = Path.of("/usr/sbin/NetworkManager");
    private static final Path INSTALLED = Path.of("../installer/network").toAbsolutePath();
    private static final String BRIDGE = Ownership.bridgeName(Id.random());
    private static final String CABLE = Ownership.hostInterface(Id.random());
    private static final String PEER = "stranger1";
    private static final String OTHER = "stranger0";

    /// Runs until the link of nobody has its address. Without udev it manages links only where /sys cannot be
    /// written.
    private static final String RUN_NETWORKD = """
            set -e
            mount -t tmpfs tmpfs /run
            mount -t tmpfs tmpfs /etc/systemd/network
            mkdir -p /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
            chown -R systemd-network /run/systemd/netif
            cp "$1"/*.network /etc/systemd/network 2>/dev/null || true
            printf '[Match]\\nName=*\\n[Network]\\nAddress=192.0.2.9/24\\n' >/etc/systemd/network/10-all.network
            mount -t sysfs -o ro sysfs /sys
            /lib/systemd/systemd-networkd >"$2" 2>&1 &
            for turn in $(seq 100); do
              ip -o -4 address show dev stranger0 | grep -q 192.0.2.9 && break
              kill -0 $!
              sleep 0.1
            done
            sleep 0.5
            kill $!
            wait $! || true
            """;

    /// Prints what it does with each link, once it has taken the other end of our cable.
    private static final String RUN_NETWORK_MANAGER = """
            set -e
            mount -t tmpfs tmpfs /run
            mkdir -p /run/dbus
            for place in /var/lib/NetworkManager /etc/NetworkManager; do mount -t tmpfs tmpfs "$place"; done
            mkdir /etc/NetworkManager/conf.d
            cp "$1"/*.conf /etc/NetworkManager/conf.d 2>/dev/null || true
            mount -t sysfs -o ro sysfs /sys
            dbus-daemon --system --nofork --nopidfile >"$2" 2>&1 &
            bus=$!
            until [ -S /run/dbus/system_bus_socket ]; do kill -0 $bus; sleep 0.1; done
            NetworkManager --no-daemon >>"$2" 2>&1 &
            manager=$!
            for turn in $(seq 100); do
              nmcli -t -f DEVICE,STATE device 2>/dev/null | grep -q '^stranger1:\\(un\\)\\?\\(available\\|conn\\)' && break
              kill -0 $manager
              sleep 0.2
            done
            nmcli -t -f DEVICE,STATE device
            kill $manager
            wait $manager || true
            kill $bus
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void makeLinks() throws Exception {
        Shell.run("ip", "link", "add", BRIDGE, "type", "bridge");
        Shell.run("ip", "link", "add", CABLE, "type", "veth", "peer", "name", PEER);
        Shell.run("ip", "link", "add", OTHER, "type", "bridge");
        Shell.run("ip", "address", "add", "10.77.0.1/24", "dev", BRIDGE);
    }

    @AfterEach
    void removeLinks() throws Exception {
        for (String link : new String[] {BRIDGE, CABLE, OTHER}) {
            Shell.run("ip", "link", "delete", link);
        }
    }

    @Test
    void networkdLeavesOurLinksAlone() throws Exception {
        PrivateNamespace.require(Files.isExecutable(NETWORKD), "systemd-networkd of Debian's systemd");
        String before = stateOf(BRIDGE) + stateOf(CABLE);

        run(RUN_NETWORKD, INSTALLED);

        assertThat(stateOf(OTHER)).contains("192.0.2.9");
        assertThat(stateOf(BRIDGE) + stateOf(CABLE)).isEqualTo(before);

        run(RUN_NETWORKD, directory);

        assertThat(stateOf(BRIDGE)).as("without the file").contains("192.0.2.9");
    }

    @Test
    void networkManagerLeavesOurLinksAlone() throws Exception {
        PrivateNamespace.require(Files.isExecutable(NETWORK_MANAGER), "Debian's network-manager");
        String before = stateOf(BRIDGE) + stateOf(CABLE);

        String states = run(RUN_NETWORK_MANAGER, INSTALLED);

        assertThat(states).contains(BRIDGE + ":unmanaged", CABLE + ":unmanaged").doesNotContain(PEER + ":unmanaged");
        assertThat(stateOf(BRIDGE) + stateOf(CABLE)).isEqualTo(before);

        assertThat(run(RUN_NETWORK_MANAGER, directory)).as("without the file").contains(CABLE + ":conn");
    }

    /// @param files what is installed for it
    private String run(String script, Path files) throws Exception {
        Path log = directory.resolve("log");
        return Shell.run("unshare", "--mount", "sh", "-c", script, "sh", files.toString(), log.toString());
    }

    /// Addresses, and whether somebody has set it up.
    private static String stateOf(String link) throws Exception {
        boolean up = Shell.run("ip", "-o", "link", "show", "dev", link).matches("(?s).*[<,]UP[,>].*");
        return Shell.run("ip", "-o", "address", "show", "dev", link) + "up: " + up + "\n";
    }
}
