package dev.patchbay.core.lab.plan;

import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.ipam.Ipv4;
import dev.patchbay.core.ipam.Ipv6;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.naming.LabImage;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.naming.NameRules;
import dev.patchbay.core.naming.RandomNames;
import dev.patchbay.core.refusal.AddressRefusals;
import dev.patchbay.core.refusal.ContainerRefusals;
import dev.patchbay.core.refusal.NetworkRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;

/// Creates a container and starts it. Docker leaves a created container behind when its network or a
/// port is refused; here all of it is one change.
final class RunPlans {
    /// Docker binds the largest port first.
    private static final Comparator<PortMapping> BINDING_ORDER = Comparator.comparingInt(
                    (PortMapping mapping) -> mapping.containerPorts().last())
            .reversed()
            .thenComparing(PortMapping::protocol);

    private RunPlans() {}

    static String run(Change.RunContainer asked, SpecChangeBuilder changes, PlanContext context)
            throws RefusedException, EngineException {
        Id id = context.ids().next();
        String name = asked.name() == null
                ? randomName(id, changes.specs())
                : NameRules.validContainerName(asked.name(), changes.specs());
        LabImage image = LabImage.resolve(asked.image(), asked.command());
        List<EndpointRequest> wanted =
                asked.networks().isEmpty() ? List.of(EndpointRequest.on("default")) : asked.networks();
        NetworkMode mode = NetworkMode.of(wanted, asked, changes.specs());
        List<NetworkSpec> networks = new ArrayList<>();
        for (EndpointRequest place : mode.sharesNetns() ? List.<EndpointRequest>of() : wanted) {
            networks.add(network(place.network(), changes.specs()));
            if (place.address() != null && Ipv4.parse(place.address()) == null) {
                throw AddressRefusals.badAddressOfNewContainer(place.address(), true);
            }
            if (place.address6() != null && Ipv6.parse(place.address6()) == null) {
                throw AddressRefusals.badAddressOfNewContainer(place.address6(), false);
            }
        }
        if (asked.settings().autoRemove() && asked.settings().restart().name() != RestartPolicy.Name.NO) {
            throw ContainerRefusals.autoRemoveWithRestart();
        }
        List<PortSpec> ports = new ArrayList<>();
        for (PortMapping mapping :
                mappings(asked, image).stream().sorted(BINDING_ORDER).toList()) {
            ports.addAll(PortPlans.unbound(mapping, id, context));
        }
        SandboxSpec sandbox = sandbox(asked, id, name, image, mode, changes.specs(), context);
        if (sandbox.running()) {
            LifecyclePlans.checkNetnsOwner(sandbox, changes.specs());
        }
        changes.put(sandbox);
        if (!sandbox.usesHostNetwork()) {
            ports.forEach(changes::put);
        }
        for (int i = 0; i < networks.size(); i++) {
            connect(networks.get(i), sandbox, wanted.get(i), changes, context);
        }
        PortPlans.bindUnbound(id, changes, context);
        PortPlans.requireBound(sandbox, changes.specs());
        return id.value();
    }

    /// The requested mappings, and with `-P` one for each other exposed port.
    private static List<PortMapping> mappings(Change.RunContainer asked, LabImage image) {
        List<PortMapping> mappings = new ArrayList<>(asked.ports());
        if (asked.settings().publishAll()) {
            Stream.concat(image.exposed().stream(), asked.exposed().stream())
                    .distinct()
                    .filter(port -> asked.ports().stream()
                            .noneMatch(mapping -> mapping.protocol() == port.protocol()
                                    && mapping.containerPorts().contains(port.port())))
                    .forEach(port -> mappings.add(PortMapping.of(null, 0, port.port(), port.protocol())));
        }
        return mappings;
    }

    private static void connect(
            NetworkSpec network,
            SandboxSpec sandbox,
            EndpointRequest asked,
            SpecChangeBuilder changes,
            PlanContext context)
            throws RefusedException {
        if (network.driver().hasEndpoints()) {
            EndpointPlans.createEndpoint(network, sandbox, asked, changes, context);
        } else if (asked.address() != null || asked.address6() != null) {
            throw AddressRefusals.staticOnDefaultBridge();
        } else if (!asked.aliases().isEmpty()) {
            throw ContainerRefusals.aliasOnDefaultBridge();
        }
    }

    private static NetworkSpec network(String mode, Specs specs) throws RefusedException {
        NetworkSpec network = NameLookup.network(specs, mode.equals("default") ? "bridge" : mode);
        if (network.configOnly()) {
            throw NetworkRefusals.connectToConfiguration();
        }
        return network;
    }

    private static SandboxSpec sandbox(
            Change.RunContainer asked,
            Id id,
            String name,
            LabImage image,
            NetworkMode mode,
            Specs specs,
            PlanContext context)
            throws RefusedException {
        for (String line : asked.environment()) {
            if (line.indexOf('=') < 1 || line.indexOf('\0') >= 0) {
                throw ContainerRefusals.badEnvironment(line);
            }
        }
        SequencedSet<ExposedPort> exposed = new LinkedHashSet<>(image.exposed());
        exposed.addAll(asked.exposed());
        for (PortMapping mapping : asked.ports()) {
            for (int port = mapping.containerPorts().first();
                    port <= mapping.containerPorts().last();
                    port++) {
                exposed.add(new ExposedPort(port, mapping.protocol()));
            }
        }
        Id run = context.ids().next();
        try {
            SandboxSpec stopped = new SandboxSpec(
                    id,
                    name,
                    context.now(),
                    asked.image(),
                    image.workload(),
                    image.command(),
                    mode.hostname(asked.hostname(), id, context),
                    mode.domainname(asked.domainname()),
                    asked.environment(),
                    List.copyOf(exposed),
                    asked.labels(),
                    asked.tty(),
                    asked.openStdin(),
                    mode.value(),
                    asked.settings(),
                    run,
                    run,
                    false,
                    false);
            return asked.start() ? specs.withNewRun(stopped, run) : stopped;
        } catch (IllegalArgumentException e) {
            throw ContainerRefusals.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static String randomName(Id id, Specs specs) {
        int attempt = 0;
        while (!specs.sandboxesByName(RandomNames.of(id, attempt)).isEmpty()) {
            attempt++;
        }
        return RandomNames.of(id, attempt);
    }
}
