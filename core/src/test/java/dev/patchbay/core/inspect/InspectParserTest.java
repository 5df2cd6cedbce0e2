package dev.patchbay.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.engine.container.ExtraHost;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.RestartPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class InspectParserTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aNetworkWithAllThatItsDocumentTells() throws IOException {
        assertThat(InspectParser.network(JSON.readTree("""
            {"Name": "backend", "Driver": "bridge", "EnableIPv6": false, "Internal": true,
             "IPAM": {"Config": [{"Subnet": "172.28.0.0/16", "IPRange": "172.28.5.0/24",
               "Gateway": "172.28.5.254", "AuxiliaryAddresses": {"router": "172.28.5.5"}}]},
             "ConfigFrom": {"Network": ""}, "Options": {"com.docker.network.driver.mtu": "1400"},
             "Labels": {"tier": "it's back"}}
            """)).map(EquivalentCommand::of))
                .hasValue("docker network create --subnet 172.28.0.0/16 --ip-range 172.28.5.0/24 --gateway 172.28.5.254"
                        + " --aux-address router=172.28.5.5 --internal --label 'tier=it'\\''s back'"
                        + " --opt com.docker.network.driver.mtu=1400 backend");
    }

    @Test
    void nothingMakesAPredefinedNetwork() throws IOException {
        assertThat(InspectParser.network(JSON.readTree("{\"Name\": \"bridge\", \"Driver\": \"bridge\"}")))
                .isEmpty();
    }

    @Test
    void aNetworkOfADriverThatOnlyAnEngineHas() throws IOException {
        assertThat(InspectParser.network(
                                JSON.readTree("{\"Name\": \"swarm\", \"Driver\": \"overlay\", \"IPAM\": {\"Driver\":"
                                        + " \"far\", \"Options\": {\"a\": \"b\", \"driver\": \"host-local\"},"
                                        + " \"Config\": null}}"))
                        .map(EquivalentCommand::of))
                .hasValue("docker network create --driver overlay --ipam-driver far --ipam-opt a=b swarm");
    }

    @Test
    void aContainerWithItsPlacesPortsAndSettings() throws IOException {
        assertThat(EquivalentCommand.withValues(InspectParser.container(JSON.readTree("""
            {"Id": "0123456789abcdef", "Name": "/web01",
             "Config": {"Hostname": "0123456789ab", "Image": "httpd:2.4", "Cmd": ["httpd-foreground"],
               "Env": ["A=b c"], "Labels": {}, "Tty": false},
             "HostConfig": {"NetworkMode": "mydockernet", "RestartPolicy": {"Name": "on-failure",
               "MaximumRetryCount": 3}, "PortBindings": {"80/tcp": [{"HostIp": "", "HostPort": "8080"},
               {"HostIp": "127.0.0.1", "HostPort": ""}]}},
             "NetworkSettings": {"Networks": {
               "backend": {"IPAMConfig": {"IPv4Address": "172.28.5.9"}},
               "mydockernet": {"IPAMConfig": null}}}}
            """))))
                .isEqualTo("docker run -d --name web01 -p 8080:80 -p 127.0.0.1::80 --network mydockernet"
                        + " --network name=backend,ip=172.28.5.9 --restart on-failure:3 -e 'A=b c'"
                        + " httpd:2.4 httpd-foreground");
    }

    @Test
    void aContainerOfTheDefaultBridgeNamesNoNetwork() throws IOException {
        assertThat(EquivalentCommand.withValues(InspectParser.container(JSON.readTree("""
            {"Id": "0123456789abcdef", "Name": "/old-web", "Config": {"Hostname": "front",
             "Image": "nginx:1.29", "Cmd": null, "Env": null}, "HostConfig": {"NetworkMode": "default"},
             "NetworkSettings": {"Networks": {"bridge": {"IPAMConfig": null}}}}
            """))))
                .isEqualTo("docker run -d --name old-web --hostname front nginx:1.29");
    }

    @Test
    void aSettingThatCannotBeReadTakesNoOtherAway() throws IOException {
        assertThat(InspectParser.config(JSON.readTree("""
            {"Config": {}, "HostConfig": {"Dns": ["9.9.9.9", "not an address"], "AutoRemove": true,
             "DnsSearch": ["two words", "lan"],
             "ExtraHosts": ["db:10.0.0.5", "nothing", "::", "gate:host-gateway"]}}
            """)).settings())
                .isEqualTo(new HostSettings(
                        RestartPolicy.NO,
                        false,
                        true,
                        List.of(InetAddress.ofLiteral("9.9.9.9")),
                        List.of("lan"),
                        List.of(),
                        List.of(new ExtraHost("db", InetAddress.ofLiteral("10.0.0.5")), new ExtraHost("gate", null))));
    }
}
