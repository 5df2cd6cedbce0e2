package dev.patchbay.engine.protocol;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.container.ExtraHost;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.AdoptedBridge;
import dev.patchbay.engine.spec.DriverSettings;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Workload;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One value or two of every record below a sealed interface, found by reflection so that none is forgotten.
public final class Samples {
    private final boolean full;
    private int counter;

    private Samples(boolean full) {
        this.full = full;
    }

    /// Every permitted record twice: with everything set, and with nulls and empty lists wherever they are
    /// allowed.
    public static <T> Stream<T> of(Class<T> sealed) {
        return leaves(sealed)
                .flatMap(type -> Stream.of(new Samples(true), new Samples(false))
                        .map(samples -> sealed.cast(samples.value(type))));
    }

    public static NetworkSpec network() {
        return new Samples(true).networkSpec();
    }

    public static SandboxSpec sandbox() {
        return new Samples(true).sandboxSpec();
    }

    /// One in which this runs.
    public static SandboxSpec sandbox(Workload workload) {
        return new Samples(true).sandboxSpec(workload);
    }

    public static EndpointSpec endpoint(Id network, Id sandbox) {
        return new EndpointSpec(
                Id.random(),
                network,
                sandbox,
                "eth0",
                List.of(Cidr.of("172.18.0.2/16")),
                new MacAddress("02:42:ac:12:00:02"),
                List.of(),
                true,
                0,
                false,
                false,
                false);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Samples::leaves)
                : Stream.of(type);
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            if (generic.getRawType() == Map.class) {
                Type[] pair = generic.getActualTypeArguments();
                return full ? Map.of(value(pair[0]), value(pair[1])) : Map.of();
            }
            if (generic.getRawType() instanceof Class<?> raw && raw != List.class) {
                return value(raw);
            }
            Type element = generic.getActualTypeArguments()[0];
            if (element instanceof Class<?> sealed && sealed.isSealed()) {
                return leaves(sealed).map(this::value).toList();
            }
            return full ? List.of(value(element), value(element)) : List.of();
        }
        return value((Class<?>) type);
    }

    private Object value(Class<?> type) {
        counter++;
        if (type == long.class || type == Long.class) {
            return Long.MAX_VALUE - counter;
        } else if (type == int.class || type == Integer.class) {
            return counter;
        } else if (type == boolean.class) {
            return full;
        } else if (type == String.class) {
            return full ? "text " + counter + " \"\\\n\u0000é\uD83D\uDE00" : "";
        } else if (type.isEnum()) {
            return type.getEnumConstants()[counter % type.getEnumConstants().length];
        } else if (type == Instant.class) {
            return full ? Instant.parse("2026-02-03T04:05:06.789012345Z") : Instant.EPOCH;
        } else if (type == InetAddress.class) {
            return InetAddress.ofLiteral(full ? "172.18.0.2" : "fd00::2");
        } else if (type == Id.class) {
            return Id.random();
        } else if (type == MacAddress.class) {
            return new MacAddress("02:42:ac:12:00:02");
        } else if (type == Cidr.class) {
            return Cidr.of(full ? "172.18.0.2/16" : "fd00:0:0:0:0:0:0:2/64");
        } else if (type == StopMode.class) {
            return full ? new StopMode(StopMode.SIGTERM, 7) : StopMode.KILL;
        } else if (type == NetworkSpec.class) {
            return networkSpec();
        } else if (type == SandboxSpec.class) {
            return sandboxSpec();
        } else if (type == EndpointSpec.class) {
            return endpointSpec();
        } else if (type == PortSpec.class) {
            return portSpec();
        } else if (type == ExternalPublishSpec.class) {
            return new ExternalPublishSpec(
                    portSpec().withEndpoint(null),
                    "unix:///run/docker.sock",
                    full
                            ? new ExternalPublishSpec.Target(
                                    "br-1", List.of(Cidr.of("172.18.0.2/16"), Cidr.of("fd00::2/64")), true)
                            : null);
        } else if (type.isSealed()) {
            return leaves(type).map(this::value).findFirst().orElseThrow();
        }
        return record(type);
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException("no sample for " + type);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(
                    Arrays.stream(components).map(this::component).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no sample for " + type, e);
        }
    }

    private @Nullable Object component(RecordComponent component) {
        return !full && component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                ? null
                : value(component.getGenericType());
    }

    private NetworkSpec networkSpec() {
        Id id = Id.random();
        Pool pool = new Pool(
                Cidr.of("172.18.0.0/16"),
                InetAddress.ofLiteral("172.18.0.1"),
                full ? Cidr.of("172.18.5.0/24") : null,
                full ? Map.of("router", InetAddress.ofLiteral("172.18.0.9")) : Map.of(),
                full,
                full);
        return new NetworkSpec(
                id,
                "net",
                Instant.EPOCH,
                full ? Driver.BRIDGE : Driver.NULL,
                full ? Ownership.bridgeName(id) : "",
                full ? List.of(pool) : List.of(),
                full,
                full,
                full,
                driverSettings(),
                false,
                full
                        ? List.of(
                                PoolRequest.ANY,
                                new PoolRequest("10.9.0.0/24", "10.9.0.0/25", "10.9.0.9", Map.of("a", "10.9.0.3")))
                        : List.of(),
                full ? "base" : "",
                full ? Map.of("colour", "blue") : Map.of(),
                full ? Map.of("com.docker.network.bridge.name", "x") : Map.of(),
                full ? Map.of("a", "b") : Map.of(),
                full);
    }

    private DriverSettings driverSettings() {
        return full
                ? new DriverSettings(
                        false,
                        false,
                        InetAddress.ofLiteral("192.0.2.7"),
                        InetAddress.ofLiteral("127.0.0.1"),
                        1400,
                        "lan",
                        true,
                        new AdoptedBridge(
                                List.of(Cidr.of("192.0.2.1/24")),
                                true,
                                1500,
                                Map.of("net/ipv4/conf/br0/route_localnet", "0")),
                        "eth0")
                : DriverSettings.DEFAULT;
    }

    private SandboxSpec sandboxSpec() {
        return sandboxSpec(full ? new Workload.Command(List.of("sleep", "1")) : new Workload.Web());
    }

    private SandboxSpec sandboxSpec(Workload workload) {
        return new SandboxSpec(
                Id.random(),
                "web",
                Instant.EPOCH,
                "httpd:2.4",
                workload,
                full ? List.of("sleep", "1") : List.of(),
                "web",
                "",
                full ? List.of("A=b") : List.of(),
                full ? List.of(new ExposedPort(80, Protocol.TCP)) : List.of(),
                full ? Map.of("tier", "front") : Map.of(),
                full,
                full,
                "default",
                full ? settings() : HostSettings.DEFAULT,
                Id.random(),
                Id.random(),
                full,
                full);
    }

    private HostSettings settings() {
        return new HostSettings(
                new RestartPolicy(RestartPolicy.Name.ON_FAILURE, 3),
                true,
                true,
                List.of(InetAddress.ofLiteral("10.0.0.53")),
                List.of("example.org"),
                List.of("ndots:2"),
                List.of(new ExtraHost("db", InetAddress.ofLiteral("10.0.0.5")), new ExtraHost("outside", null)));
    }

    private EndpointSpec endpointSpec() {
        return new EndpointSpec(
                Id.random(),
                Id.random(),
                Id.random(),
                "eth0",
                full ? List.of(Cidr.of("172.18.0.2/16"), Cidr.of("2001:db8:1::2/64")) : List.of(),
                new MacAddress("02:42:ac:12:00:02"),
                full ? List.of("db") : List.of(),
                full,
                full ? -7 : 0,
                full,
                full,
                full);
    }

    private PortSpec portSpec() {
        return new PortSpec(
                Id.random(),
                Id.random(),
                full ? Id.random() : null,
                full ? Protocol.TCP : Protocol.UDP,
                full ? InetAddress.ofLiteral("127.0.0.1") : null,
                InetAddress.ofLiteral("0.0.0.0"),
                8080,
                full ? new PortRange(80, 89) : PortRange.single(80),
                full ? List.of(Cidr.of("192.0.2.0/24")) : List.of(),
                full,
                full ? new PortRange(8000, 8099) : null);
    }
}
