package dev.patchbay.core.inspect;

import static dev.patchbay.core.inspect.JsonParts.array;
import static dev.patchbay.core.inspect.JsonParts.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.helper.PortSpecConverter;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.engine.container.ExtraHost;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/// The `HostConfigDocument` of a container: the requested settings. A Lab sets no limits on memory,
/// processors or devices.
final class HostConfigDocument {
    private HostConfigDocument() {}

    static ObjectNode document(SandboxSpec sandbox, Specs specs) {
        ObjectNode config = object();
        config.putNull("Binds");
        config.put("ContainerIDFile", "");
        config.set("LogConfig", object().put("Type", "none").set("Config", object()));
        config.put("NetworkMode", sandbox.networkMode());
        config.set(
                "PortBindings",
                portBindings(specs.portsOf(sandbox.id()).stream()
                        .map(PortSpecConverter::binding)
                        .filter(port -> !(sandbox.settings().publishAll() && isFromPublishAll(port)))
                        .toList()));
        config.set("RestartPolicy", restartPolicy(sandbox.settings().restart()));
        config.put("AutoRemove", sandbox.settings().autoRemove());
        config.put("VolumeDriver", "");
        config.putNull("VolumesFrom");
        config.putNull("CapAdd");
        config.putNull("CapDrop");
        config.put("CgroupnsMode", "host");
        config.set(
                "Dns",
                array(sandbox.settings().dns().stream().map(Addresses::format).toList()));
        config.set("DnsOptions", array(sandbox.settings().dnsOptions()));
        config.set("DnsSearch", array(sandbox.settings().dnsSearch()));
        config.set(
                "ExtraHosts",
                sandbox.settings().extraHosts().isEmpty()
                        ? null
                        : array(sandbox.settings().extraHosts().stream()
                                .map(ExtraHost::toString)
                                .toList()));
        config.putNull("GroupAdd");
        config.put("IpcMode", "host");
        config.put("Cgroup", "");
        config.putNull("Links");
        config.put("OomScoreAdj", 0);
        config.put("PidMode", "");
        config.put("Privileged", false);
        config.put("PublishAllPorts", sandbox.settings().publishAll());
        config.put("ReadonlyRootfs", false);
        config.putNull("SecurityOpt");
        config.put("UTSMode", "");
        config.put("UsernsMode", "");
        config.put("ShmSize", 0);
        config.put("Runtime", ContainerDocument.RUNTIME);
        config.set("ConsoleSize", array().add(0).add(0));
        config.put("Isolation", "");
        limits(config);
        config.set("MaskedPaths", array());
        config.set("ReadonlyPaths", array());
        return config;
    }

    private static void limits(ObjectNode config) {
        config.put("CpuShares", 0);
        config.put("Memory", 0);
        config.put("NanoCpus", 0);
        config.put("CgroupParent", "");
        config.put("BlkioWeight", 0);
        config.set("BlkioWeightDevice", array());
        for (String list :
                List.of("BlkioDeviceReadBps", "BlkioDeviceWriteBps", "BlkioDeviceReadIOps", "BlkioDeviceWriteIOps")) {
            config.putNull(list);
        }
        config.put("CpuPeriod", 0);
        config.put("CpuQuota", 0);
        config.put("CpuRealtimePeriod", 0);
        config.put("CpuRealtimeRuntime", 0);
        config.put("CpusetCpus", "");
        config.put("CpusetMems", "");
        config.set("Devices", array());
        config.putNull("DeviceCgroupRules");
        config.putNull("DeviceRequests");
        config.put("KernelMemory", 0);
        config.put("KernelMemoryTCP", 0);
        config.put("MemoryReservation", 0);
        config.put("MemorySwap", 0);
        config.putNull("MemorySwappiness");
        config.put("OomKillDisable", false);
        config.putNull("PidsLimit");
        config.putNull("Ulimits");
        config.put("CpuCount", 0);
        config.put("CpuPercent", 0);
        config.put("IOMaximumIOps", 0);
        config.put("IOMaximumBandwidth", 0);
    }

    private static ObjectNode restartPolicy(RestartPolicy policy) {
        return object().put("Name", policy.name().toString()).put("MaximumRetryCount", policy.maximumRetryCount());
    }

    /// As asked: no host address and no host port where the person named none.
    private static ObjectNode portBindings(List<PortBinding> ports) {
        TreeMap<String, List<PortBinding>> byContainerPort = new TreeMap<>();
        ports.stream()
                .flatMap(NetworkSettingsDocument::splitRange)
                .forEach(port -> byContainerPort
                        .computeIfAbsent(port.containerPortText(), _ -> new ArrayList<>())
                        .add(port));
        ObjectNode bindings = object();
        byContainerPort.forEach((key, mappings) -> {
            ArrayNode list = array();
            mappings.forEach(port -> {
                InetAddress address = port.requested().hostAddress();
                list.add(NetworkSettingsDocument.binding(
                        address == null ? "" : Addresses.format(address),
                        Objects.toString(port.requested().hostPorts(), "")));
            });
            bindings.set(key, list);
        });
        return bindings;
    }

    /// As those are that `-P` publishes, of which Docker says nothing here.
    private static boolean isFromPublishAll(PortBinding port) {
        return port.requested().hostPorts() == null && port.requested().hostAddress() == null;
    }
}
